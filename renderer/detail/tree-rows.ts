/** The rows of the tree that are seen, out of what is open. */
import type { DetailNode } from "../../analyzer/protocol/index.js";
import type { FieldPath } from "../state/selection.js";

export interface TreeRow {
  readonly node: DetailNode;
  readonly path: FieldPath;
  /** `0.2.1`: the same for the same place. */
  readonly key: string;
  readonly depth: number;
  readonly isOpen: boolean;
  /** Among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}

/** Whether a group is open: remembered by its field, for that is what one looks for in the next frame. */
export type IsOpen = (node: DetailNode, depth: number) => boolean;

export function keyOf(path: FieldPath): string {
  return path.join(".");
}

/** All rows that are seen, from top to bottom. */
export function visibleTree(tree: readonly DetailNode[], isOpen: IsOpen): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (nodes: readonly DetailNode[], above: FieldPath): void => {
    nodes.forEach((node, place) => {
      const path = [...above, place];
      const open = node.children.length > 0 && isOpen(node, above.length);
      rows.push({
        node,
        path,
        key: keyOf(path),
        depth: above.length,
        isOpen: open,
        position: place + 1,
        siblings: nodes.length,
      });
      if (open) visit(node.children, path);
    });
  };
  visit(tree, []);
  return rows;
}

/** Fields of all groups in a node, itself included. */
export function groupsIn(node: DetailNode): string[] {
  if (node.children.length === 0) return [];
  return [node.field, ...node.children.flatMap(groupsIn)];
}
