/** Checks of link layers, whose trailers stand behind the bytes that they hand over. */
import { expect } from "vitest";
import type { SpanNode } from "../../../decoder/core/recorder.js";
import { type DissectedBytes, expectInBounds } from "../dissect-bytes.js";

/**
 * The leaves of source 0, the handed-over bytes among them, cover every byte exactly once, and
 * every span and diagnostic lies in bounds.
 */
export function expectCovered(dissected: DissectedBytes<unknown>, length: number): void {
  expectInBounds(dissected);
  const leaves = collectLeaves(dissected.tree).sort((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const leaf of leaves) {
    expect(leaf.start, `start of ${leaf.field.id}`).toBe(end);
    end = leaf.end;
  }
  expect(end).toBe(length);
}

function collectLeaves(nodes: readonly SpanNode[]): SpanNode[] {
  return nodes.flatMap((node) => {
    if (node.generated || node.source !== 0) return [];
    const inner = (node.children ?? []).filter(({ field }) => field.mask === undefined);
    if (inner.length > 0) return collectLeaves(inner);
    return node.field.type === "group" ? [] : [node];
  });
}
