import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import { displayNode, needsDisplay } from "./display.js";
import { writeJson } from "./json-writer.js";
import { type TextBuffer, toAscii } from "./text-buffer.js";

// A field's name and label are the same in every node.
const heads: (Uint8Array | undefined)[] = [];

const valueHead = toAscii(',"value":');
const displayHead = toAscii(',"display":');
const generatedMember = toAscii(',"generated":true');
const sourceHead = toAscii(',"source":');
const startHead = toAscii(',"start":');
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
  out.bytes(heads[node.field.index] ?? makeHead(node.field));
  const { value, children } = node;
  if (value !== undefined) {
    out.bytes(valueHead);
    writeJson(out, value);
  }
  if (needsDisplay(node)) {
    out.bytes(displayHead);
    out.jsonString(displayNode(node));
  }
  if (node.generated) out.bytes(generatedMember);
  out.bytes(sourceHead);
  out.number(node.source);
  out.bytes(startHead);
  out.number(node.start);
  out.bytes(endHead);
  out.number(node.end);
  if (children !== undefined && children.length > 0) {
    out.bytes(childrenHead);
    writeTree(out, children);
  }
  out.byte(0x7d);
}

function makeHead(field: Field): Uint8Array {
  let text = `{"field":${JSON.stringify(field.id)},"name":${JSON.stringify(field.name)}`;
  if (field.mask !== undefined) text += `,"mask":${field.mask}`;
  const head = toAscii(text);
  heads[field.index] = head;
  return head;
}
