import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import { displayNode, needsDisplay } from "./display.js";
import { writeJson } from "./json-writer.js";
import { type TextBuffer, toAscii } from "./text-buffer.js";

// A field's name and label are the same in every node, and codes come with the same words.
const heads: (Uint8Array | undefined)[] = [];
const valueHeads: (Uint8Array | undefined)[] = [];
const places: (Uint8Array | undefined)[] = [];
/** Nodes up to their place, by value (a byte's) and field. */
const codes: (Uint8Array | undefined)[][] = Array.from({ length: 256 }, () => []);

const valueHead = toAscii(',"value":');
const displayHead = toAscii(',"display":');
const generatedMember = toAscii(',"generated":true');
const endHead = toAscii(',"end":');
const childrenHead = toAscii(',"children":');

/** Field trees as JSON: the `tree` of the contract. */
export function writeTree(out: TextBuffer, nodes: readonly SpanNode[]): void {
  out.byte(0x5b);
  for (let i = 0; i < nodes.length; i++) {
    if (i > 0) out.byte(0x2c);
    const node = nodes[i];
    if (node !== undefined) writeNode(out, node);
  }
  out.byte(0x5d);
}

function writeNode(out: TextBuffer, node: SpanNode): void {
  const { field, value, children } = node;
  if (typeof value === "number" && node.note === undefined) {
    const code = value < codes.length ? codes[value]?.[field.index] : undefined;
    if (code !== undefined) out.bytes(code);
    else writeNumber(out, node, value);
  } else {
    out.bytes(heads[field.index] ?? prepareHead(field));
    if (value !== undefined) {
      out.bytes(valueHead);
      writeJson(out, value);
    }
    if (needsDisplay(node)) writeDisplay(out, node);
  }
  if (node.generated) out.bytes(generatedMember);
  out.bytes(places[node.source] ?? preparePlace(node.source));
  out.number(node.start);
  out.bytes(endHead);
  out.number(node.end);
  if (children !== undefined && children.length > 0) {
    out.bytes(childrenHead);
    writeTree(out, children);
  }
  out.byte(0x7d);
}

/** A number whose node was not prepared: most are measured values, which do not repeat. */
function writeNumber(out: TextBuffer, node: SpanNode, value: number): void {
  const { field } = node;
  if (!needsDisplay(node)) {
    out.bytes(valueHeads[field.index] ?? prepareValueHead(field));
    writeJson(out, value);
    return;
  }
  const from = out.length;
  out.bytes(valueHeads[field.index] ?? prepareValueHead(field));
  writeJson(out, value);
  writeDisplay(out, node);
  const prepared = codes[value];
  if (prepared !== undefined) prepared[field.index] = out.copy(from);
}

function writeDisplay(out: TextBuffer, node: SpanNode): void {
  out.bytes(displayHead);
  out.jsonString(displayNode(node));
}

function prepareHead(field: Field): Uint8Array {
  let text = `{"field":${JSON.stringify(field.id)},"name":${JSON.stringify(field.name)}`;
  if (field.mask !== undefined) text += `,"mask":${field.mask}`;
  const head = toAscii(text);
  heads[field.index] = head;
  return head;
}

function prepareValueHead(field: Field): Uint8Array {
  const head = prepareHead(field);
  const whole = new Uint8Array(head.length + valueHead.length);
  whole.set(head);
  whole.set(valueHead, head.length);
  valueHeads[field.index] = whole;
  return whole;
}

function preparePlace(source: number): Uint8Array {
  const place = toAscii(`,"source":${source},"start":`);
  places[source] = place;
  return place;
}
