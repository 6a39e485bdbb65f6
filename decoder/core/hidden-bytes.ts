/** Takes a secret out of everything that was made from the captured bytes. */
import type { Cursor } from "./cursor.js";
import type { SpanNode } from "./recorder.js";
import type { ByteSource } from "./source.js";

/** Bytes of one source of a frame. */
export interface ByteRange {
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Blanks out the bytes from `start` to `end` of the cursor's source wherever they stand in clear: in
 * every derived source, in the plaintext of the frame's ciphering, and in the values of the tree so
 * far. The frame and its packets stay as they were captured. The cursor goes on reading what it read.
 */
export function hideBytes(c: Cursor, start: number, end: number): void {
  const { dissection } = c;
  const { sources, ciphering, recorder } = dissection;
  const ranges = traceClear(sources, { source: c.source, start, end });
  for (const range of ranges) {
    const source = sources[range.source];
    if (source === undefined || isCaptured(source)) continue;
    const blanked = blank(source, range);
    sources[range.source] = blanked;
    if (ciphering?.plaintext === source.bytes) ciphering.plaintext = blanked.bytes;
  }
  hideValues(recorder.nodes, ranges);
}

/** The range, and those of the clear bytes that it was made from. */
export function traceClear(sources: readonly ByteSource[], range: ByteRange): ByteRange[] {
  const source = sources[range.source];
  // What these were made from cannot be read.
  if (source === undefined || source.kind === "decrypted" || source.kind === "decompressed") {
    return [range];
  }
  const traced = [range];
  for (const piece of source.origin) {
    const start = Math.max(range.start, piece.start);
    const end = Math.min(range.end, piece.end);
    if (start >= end) continue;
    const shift = piece.offset - piece.start;
    traced.push(
      ...traceClear(sources, { source: piece.source, start: start + shift, end: end + shift }),
    );
  }
  return traced;
}

/** The sources with zeros in those ranges; frames and packets stay as they were captured. */
export function blankSources(
  sources: readonly ByteSource[],
  ranges: readonly ByteRange[],
): readonly ByteSource[] {
  return sources.map((source) => {
    if (isCaptured(source)) return source;
    return ranges.filter((range) => range.source === source.id).reduce(blank, source);
  });
}

/** Takes the values of the nodes away that show bytes of those ranges. */
export function hideValues(nodes: readonly SpanNode[], ranges: readonly ByteRange[]): void {
  for (const node of nodes) {
    if (node.children !== undefined) hideValues(node.children, ranges);
    if (showsBytes(node) && ranges.some((range) => overlaps(node, range))) hideValue(node);
  }
}

function isCaptured({ kind }: ByteSource): boolean {
  return kind === "frame" || kind === "packet";
}

function blank(source: ByteSource, { start, end }: ByteRange): ByteSource {
  // Not `slice`: a Buffer's shares its bytes, and these may still be to be read.
  return { ...source, bytes: Uint8Array.from(source.bytes).fill(0, start, end) };
}

function overlaps(node: SpanNode, { source, start, end }: ByteRange): boolean {
  return node.source === source && node.start < end && start < node.end;
}

/** Whether the value is one of the bytes themselves: of data any value is, elsewhere the strings. */
function showsBytes({ field, value, generated }: SpanNode): boolean {
  if (value === undefined || generated) return false;
  if (value instanceof Uint8Array || typeof value === "string") return true;
  return field.id.startsWith("data.") && field.id !== "data.type" && field.id !== "data.count";
}

function hideValue(node: SpanNode): void {
  const { value } = node;
  if (typeof value === "string") node.note = countHidden(value.length, "character");
  else node.note = countHidden(value instanceof Uint8Array ? value.length : 1, "byte");
  node.value = undefined;
}

/** `8 characters, hidden`: what stands in a tree for a secret. */
export function countHidden(count: number, unit: "byte" | "character"): string {
  return `${count} ${count === 1 ? unit : `${unit}s`}, hidden`;
}
