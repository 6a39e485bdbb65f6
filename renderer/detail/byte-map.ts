/** What each byte of a source belongs to, worked out once for all of them. */
import type { DetailNode } from "../../analyzer/protocol/index.js";
import type { FieldPath } from "../state/selection.js";
import { hueOf } from "./layer-hue.js";

interface Span {
  readonly path: FieldPath;
  readonly start: number;
  readonly end: number;
}

/**
 * The path of the deepest field of each byte; null where no field claims it. The same as `deepestAt` says of
 * each, but in one walk through the tree.
 */
export function deepestFields(
  tree: readonly DetailNode[],
  source: number,
  length: number,
): readonly (FieldPath | null)[] {
  const spans: Span[] = [];
  const visit = (nodes: readonly DetailNode[], above: FieldPath): void => {
    nodes.forEach((node, place) => {
      const path = [...above, place];
      if (node.source === source && !node.generated && node.mask === 0 && node.start < node.end)
        spans.push({ path, start: node.start, end: node.end });
      visit(node.children, path);
    });
  };
  visit(tree, []);
  // The shorter ones are laid over the longer ones; of those as long, the inner ones come later.
  spans.sort((a, b) => b.end - b.start - (a.end - a.start));
  const fields = new Array<FieldPath | null>(length).fill(null);
  for (const { path, start, end } of spans) fields.fill(path, start, end);
  return fields;
}

/** The hue of each byte: that of the layer of its innermost field. */
export function huesOf(
  tree: readonly DetailNode[],
  source: number,
  length: number,
): readonly string[] {
  const hues = new Array<string>(length).fill("var(--text)");
  const visit = (nodes: readonly DetailNode[]): void => {
    for (const node of nodes) {
      if (node.source === source && !node.generated)
        hues.fill(hueOf(node.field), node.start, Math.min(node.end, length));
      visit(node.children);
    }
  };
  visit(tree);
  return hues;
}
