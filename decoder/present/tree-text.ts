/** A field tree as text: offset, name, value; one line a field. */
import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import type { ByteSource } from "../core/source.js";
import { displayNode } from "./display.js";
import type { Paint } from "./frame-text.js";
import { type TextBuffer, toAscii } from "./text-buffer.js";

/** Column at which values stand, from the name's on. */
const valueColumn = 46;
const margin = toAscii("       ");
const lineEnd = 0x0a;

// Indented and padded names, by field and depth: they make up half of the text.
const labels: (readonly Uint8Array[])[] = [];

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
  out.bytes(margin);
  if (paint === undefined) out.hexNumber(node.start, 4);
  else out.text(paint("quiet", node.start.toString(16).padStart(4, "0")));
  out.spaces(2);
  if (paint !== undefined && depth === 0) {
    out.text(paint("layer", node.field.name));
    out.spaces(Math.max(2, valueColumn - node.field.name.length));
  } else {
    out.bytes(labels[node.field.index]?.[depth] ?? makeLabel(node.field, depth));
  }
  const { value } = node;
  if (
    typeof value === "number" &&
    node.note === undefined &&
    !node.generated &&
    isPlain(node.field)
  ) {
    out.number(value);
  } else {
    const text = displayNode(node);
    out.text(node.generated ? `[${text}]` : text);
  }
  out.byte(lineEnd);
}

function isPlain({ base, values }: Field): boolean {
  return base !== "hex" && values === undefined;
}

function makeLabel(field: Field, depth: number): Uint8Array {
  const text = `${"  ".repeat(depth)}${field.name}`;
  const label = toAscii(text.padEnd(Math.max(valueColumn, text.length + 2)));
  const known = [...(labels[field.index] ?? [])];
  known[depth] = label;
  labels[field.index] = known;
  return label;
}
