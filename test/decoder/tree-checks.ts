import type { Frame, SpanNode } from "../../decoder/index.js";

/**
 * What breaks the promises that hold for every frame: leaves that do not tile a source, spans
 * outside of it, a frame without a layer or a meaning. Empty where all is well.
 */
export function findBrokenPromises(frame: Frame): string[] {
  const broken: string[] = [];
  if (frame.layers.length === 0) broken.push(`frame ${frame.number} has no layer`);
  for (const source of frame.sources) {
    let end = 0;
    // A layer's trailer stands in its tree before the layer inside it.
    const leaves = [...leavesOf(frame.tree ?? [], source.id)].sort(
      (a, b) => a.start - b.start || a.end - b.end,
    );
    for (const leaf of leaves) {
      if (leaf.start !== end) {
        broken.push(`frame ${frame.number}: ${leaf.field.id} begins at ${leaf.start}, not ${end}`);
      }
      end = leaf.end;
    }
    if (end !== source.bytes.length) {
      broken.push(
        `frame ${frame.number}: source ${source.id} (${source.kind}) ends at ${source.bytes.length}, its tree at ${end}`,
      );
    }
  }
  for (const { source, start, end, definition } of frame.diagnostics) {
    const length = frame.sources[source]?.bytes.length ?? -1;
    if (start < 0 || start > end || end > length) {
      broken.push(
        `frame ${frame.number}: ${definition.code} lies at ${start} to ${end} of ${length}`,
      );
    }
  }
  return broken;
}

/** Leaves of one source in order; a node with only bit fields or derived values under it is one. */
function* leavesOf(nodes: readonly SpanNode[], source: number): Generator<SpanNode> {
  for (const node of nodes) {
    if (node.generated) continue;
    const parts = (node.children ?? []).filter(
      (child) => !child.generated && child.field.mask === undefined,
    );
    if (parts.length > 0) yield* leavesOf(parts, source);
    else if (node.source === source && (node.children === undefined || node.children.length > 0)) {
      yield node;
    }
  }
}

/** Ids of diagnostics of those groups. */
export function codesOf(frames: readonly Frame[], groups: readonly string[]): string[] {
  return frames.flatMap(({ diagnostics }) =>
    diagnostics
      .filter(({ definition }) => groups.includes(definition.group))
      .map(({ definition }) => definition.code),
  );
}
