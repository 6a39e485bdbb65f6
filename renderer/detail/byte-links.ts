/** Which field a byte belongs to, and where the bytes of a field stand in each source. */
import type { ByteSourceView, DetailNode } from "../../analyzer/protocol/index.js";
import type { ByteRange, FieldPath } from "../state/selection.js";

/** The node at a path; undefined where there is none. */
export function nodeAt(tree: readonly DetailNode[], path: FieldPath): DetailNode | undefined {
  let nodes = tree;
  let node: DetailNode | undefined;
  for (const place of path) {
    node = nodes[place];
    if (node === undefined) return undefined;
    nodes = node.children;
  }
  return node;
}

/**
 * The path of the deepest field that holds a byte: the shortest one, and the innermost of those that are
 * as long. Fields that are derived or mere bits do not stand for their bytes where others do.
 */
export function deepestAt(
  tree: readonly DetailNode[],
  source: number,
  offset: number,
): FieldPath | null {
  let best: FieldPath | null = null;
  let bestLength = Number.POSITIVE_INFINITY;
  const visit = (nodes: readonly DetailNode[], above: FieldPath): void => {
    nodes.forEach((node, place) => {
      const path = [...above, place];
      const length = node.end - node.start;
      const holds = node.source === source && node.start <= offset && offset < node.end;
      if (holds && !node.generated && node.mask === 0 && length <= bestLength) {
        best = path;
        bestLength = length;
      }
      visit(node.children, path);
    });
  };
  visit(tree, []);
  return best;
}

/** Ranges of bytes in a source: where they stand themselves, or where others were made from them. */
export function rangesIn(
  sources: readonly ByteSourceView[],
  range: ByteRange,
  wanted: number,
): readonly ByteRange[] {
  if (range.source === wanted) return [range];
  const down = traceDown(sources, range).filter(({ source }) => source === wanted);
  if (down.length > 0) return joined(down);
  return joined(traceUp(sources, range, wanted));
}

/** What the bytes were made from, through all sources. */
function traceDown(sources: readonly ByteSourceView[], range: ByteRange): ByteRange[] {
  const source = sources[range.source];
  if (source === undefined) return [];
  return source.origin.flatMap((piece) => {
    const start = Math.max(range.start, piece.start);
    const end = Math.min(range.end, piece.end);
    if (start >= end || piece.source === range.source) return [];
    const shift = piece.offset - piece.start;
    const below = { source: piece.source, start: start + shift, end: end + shift };
    return [below, ...traceDown(sources, below)];
  });
}

/** Where bytes of a source went that was made from others. */
function traceUp(
  sources: readonly ByteSourceView[],
  range: ByteRange,
  wanted: number,
): ByteRange[] {
  const source = sources[wanted];
  if (source === undefined) return [];
  return source.origin.flatMap((piece) => {
    const below = {
      source: piece.source,
      start: piece.offset,
      end: piece.offset + piece.end - piece.start,
    };
    return rangesIn(sources, range, piece.source).flatMap((part) => {
      const start = Math.max(part.start, below.start);
      const end = Math.min(part.end, below.end);
      const shift = piece.start - piece.offset;
      return start < end && piece.source !== wanted
        ? [{ source: wanted, start: start + shift, end: end + shift }]
        : [];
    });
  });
}

/** Neighbours as one. */
function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const result: ByteRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last !== undefined && range.start <= last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    } else result.push(range);
  }
  return result;
}

/** Whether a field is another one, or stands in it. */
export function isPathWithin(path: FieldPath, outer: FieldPath): boolean {
  return outer.length <= path.length && outer.every((place, depth) => place === path[depth]);
}

/** The next field around one that has more bytes than it; the field itself where there is none. */
export function outerOf(tree: readonly DetailNode[], path: FieldPath): FieldPath {
  const inner = nodeAt(tree, path);
  for (let length = path.length - 1; length > 0; length--) {
    const outer = nodeAt(tree, path.slice(0, length));
    if (outer === undefined || inner === undefined) break;
    if (outer.source === inner.source && outer.end - outer.start > inner.end - inner.start)
      return path.slice(0, length);
  }
  return path;
}

/** The labels from the outermost group to the field. */
export function labelsOf(tree: readonly DetailNode[], path: FieldPath): readonly string[] {
  return path.map((_, depth) => nodeAt(tree, path.slice(0, depth + 1))?.name ?? "");
}

/** The bits of a mask over its bytes: `.... ..1.`. */
export function bitText(mask: number, value: number, bytes: number): string {
  let text = "";
  for (let bit = 8 * bytes - 1; bit >= 0; bit--) {
    const isIn = Math.floor(mask / 2 ** bit) % 2 === 1;
    text += isIn ? String(Math.floor(value / 2 ** bit) % 2) : ".";
    if (bit % 4 === 0 && bit > 0) text += " ";
  }
  return text;
}

/** The bytes of a source. */
export function bytesOf({ bytes }: ByteSourceView): Uint8Array {
  const result = new Uint8Array(bytes.length / 2);
  for (let i = 0; i < result.length; i++)
    result[i] = 16 * digitOf(bytes.charCodeAt(2 * i)) + digitOf(bytes.charCodeAt(2 * i + 1));
  return result;
}

/** The digits of hex, and its letters in lower or upper case. */
function digitOf(code: number): number {
  return code <= 0x39 ? code - 0x30 : (code & 0x0f) + 9;
}

/** `Decrypted`, `Fragment of frame 5`: how a source is called. */
export function sourceTitle({ kind, from }: ByteSourceView): string {
  switch (kind) {
    case "frame":
      return "Frame";
    case "packet":
      return "Packet";
    case "fragment":
      return from === null ? "Fragment" : `Fragment of frame ${from.frame}`;
    case "reassembled":
      return "Reassembled";
    case "decrypted":
      return "Decrypted";
    case "decompressed":
      return "Decompressed";
    default:
      return "Content";
  }
}
