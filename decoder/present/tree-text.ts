/** A field tree as text: offset, name, value; one line a field. */
import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import type { ByteSource } from "../core/source.js";
import { displayNode, displayOfCode, needsDisplay } from "./display.js";
import type { Paint } from "./frame-text.js";
import { type TextBuffer, toAscii } from "./text-buffer.js";

/** Column at which values stand, from the name's on. */
const valueColumn = 46;
const margin = toAscii("       ");
const lineEnd = 0x0a;

// The beginnings of lines, by field and depth; the offset is put in.
const lines: (readonly Uint8Array[])[] = [];

/** Writes the trees of one frame; a line of its own says where another byte source begins. */
export function writeTextTree(
  out: TextBuffer,
  nodes: readonly SpanNode[],
  sources: readonly ByteSource[],
  paint: Paint | undefined,
): void {
  let source = 0;
  const walk = (node: SpanNode, depth: number): void => {
    if (node.source !== source) {
      source = node.source;
      out.bytes(margin);
      const heading = describeSource(sources[source]);
      out.text(paint === undefined ? heading : paint("quiet", heading));
      out.byte(lineEnd);
    }
    writeNode(out, node, depth, paint);
    const { children } = node;
    if (children === undefined) return;
    for (const child of children) walk(child, depth + 1);
  };
  for (const node of nodes) walk(node, 0);
}

function describeSource(source: ByteSource | undefined): string {
  if (source === undefined) return "";
  return `--- ${source.kind === "frame" ? "the frame" : source.kind}, ${source.bytes.length} bytes`;
}

function writeNode(out: TextBuffer, node: SpanNode, depth: number, paint: Paint | undefined): void {
  if (paint === undefined && node.start <= 0xffff) {
    out.stamped(lines[node.field.index]?.[depth] ?? prepareLine(node.field, depth), 7, node.start);
  } else {
    writeLineStart(out, node, depth, paint ?? plain);
  }
  const { value } = node;
  const code = node.generated ? undefined : displayOfCode(node);
  if (code !== undefined) {
    out.bytes(code);
  } else if (typeof value === "number" && !node.generated && !needsDisplay(node)) {
    out.number(value);
  } else {
    const text = displayNode(node);
    out.text(node.generated ? `[${text}]` : text);
  }
  out.byte(lineEnd);
}

const plain: Paint = (_role, text) => text;

function writeLineStart(out: TextBuffer, node: SpanNode, depth: number, paint: Paint): void {
  const label = labelOf(node.field, depth);
  out.bytes(margin);
  out.text(paint("quiet", node.start.toString(16).padStart(4, "0")));
  out.spaces(2);
  out.text(depth === 0 ? paint("layer", label) : label);
}

function labelOf(field: Field, depth: number): string {
  const text = `${"  ".repeat(depth)}${field.name}`;
  return text.padEnd(Math.max(valueColumn, text.length + 2));
}

function prepareLine(field: Field, depth: number): Uint8Array {
  const line = toAscii(`       0000  ${labelOf(field, depth)}`);
  const known = [...(lines[field.index] ?? [])];
  known[depth] = line;
  lines[field.index] = known;
  return line;
}
