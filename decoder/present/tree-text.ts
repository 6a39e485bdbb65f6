/** A field tree as text: offset, name, value; one line a field. */
import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import type { ByteSource } from "../core/source.js";
import {
  displayNode,
  displayNumber,
  displayOfCode,
  displayValue,
  needsWord,
  shownBytes,
} from "./display.js";
import type { Paint } from "./frame-text.js";
import { type TextBuffer, toAscii } from "./text-buffer.js";

/** Column at which values stand, from the name's on. */
const valueColumn = 46;
const margin = toAscii("       ");
const lineEnd = 0x0a;

// The beginnings of lines, by field and depth; the offset is put in.
type LineCache = (readonly Uint8Array[])[];
const lines: LineCache = [];
const bareLines: LineCache = [];

/** Writes the trees of one frame; a line of its own says where another byte source begins. */
export function writeTextTree(
  out: TextBuffer,
  nodes: readonly SpanNode[],
  sources: readonly ByteSource[],
  paint: Paint | undefined,
): void {
  let source = 0;
  for (const node of nodes) source = writeBranch(out, node, 0, source, sources, paint);
}

/** Writes a node and what is under it; `source` is the one of the line before. Returns the last. */
function writeBranch(
  out: TextBuffer,
  node: SpanNode,
  depth: number,
  source: number,
  sources: readonly ByteSource[],
  paint: Paint | undefined,
): number {
  if (node.source !== source) {
    const heading = describeSource(sources[node.source]);
    out.bytes(margin);
    out.text(paint === undefined ? heading : paint("quiet", heading));
    out.byte(lineEnd);
  }
  writeNode(out, node, depth, paint);
  const { children } = node;
  let last = node.source;
  if (children !== undefined) {
    for (let i = 0; i < children.length; i++) {
      last = writeBranch(out, children[i] as SpanNode, depth + 1, last, sources, paint);
    }
  }
  return last;
}

function describeSource(source: ByteSource | undefined): string {
  if (source === undefined) return "";
  return `--- ${source.kind === "frame" ? "the frame" : source.kind}, ${source.bytes.length} bytes`;
}

function writeNode(out: TextBuffer, node: SpanNode, depth: number, paint: Paint | undefined): void {
  const bare = node.value === undefined && node.note === undefined;
  const { field } = node;
  if (paint !== undefined || node.start > 0xffff) {
    writeLineStart(out, node, depth, bare, paint ?? plain);
  } else if (bare) {
    out.stamped(
      bareLines[field.index]?.[depth] ?? prepareLine(bareLines, field, depth),
      7,
      node.start,
    );
  } else {
    out.stamped(lines[field.index]?.[depth] ?? prepareLine(lines, field, depth), 7, node.start);
  }
  writeValue(out, node);
  out.byte(lineEnd);
}

/** The value and its remark, as `displayNode` has them, without making strings of them first. */
function writeValue(out: TextBuffer, node: SpanNode): void {
  const { field, value, note } = node;
  if (node.generated) {
    out.printable(`[${displayNode(node)}]`);
    return;
  }
  if (typeof value === "number") {
    const code = displayOfCode(field, value);
    if (code !== undefined) out.bytes(code);
    else if (needsWord(field)) out.text(displayNumber(field, value));
    else out.number(value);
  } else if (value instanceof Uint8Array && value.length <= shownBytes) {
    out.hex(value);
  } else if (value !== undefined) {
    out.printable(displayValue(field, value));
  }
  if (note === undefined) return;
  if (value !== undefined) out.bytes(noteStart);
  out.printable(note);
  if (value !== undefined) out.byte(noteEnd);
}

const noteStart = toAscii(" [");
const noteEnd = 0x5d;

const plain: Paint = (_role, text) => text;

function writeLineStart(
  out: TextBuffer,
  node: SpanNode,
  depth: number,
  bare: boolean,
  paint: Paint,
): void {
  const label = labelOf(node.field, depth, bare);
  out.bytes(margin);
  out.text(paint("quiet", node.start.toString(16).padStart(4, "0")));
  out.spaces(2);
  out.text(depth === 0 ? paint("layer", label) : label);
}

/** A name as deep as its node stands, with room up to the value unless there is none. */
function labelOf(field: Field, depth: number, bare: boolean): string {
  const text = `${"  ".repeat(depth)}${field.name}`;
  return bare ? text : text.padEnd(Math.max(valueColumn, text.length + 2));
}

function prepareLine(cache: LineCache, field: Field, depth: number): Uint8Array {
  const line = toAscii(`       0000  ${labelOf(field, depth, cache === bareLines)}`);
  const known = [...(cache[field.index] ?? [])];
  known[depth] = line;
  cache[field.index] = known;
  return line;
}
