import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import { displayNode } from "./display.js";
import { writeJson } from "./json-writer.js";

// A field's name and label are the same in every node: written once.
const heads = new Map<Field, string>();

/** Field trees as JSON text: the `tree` of the contract. */
export function writeTree(nodes: readonly SpanNode[]): string {
  let text = "[";
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node !== undefined) text += i === 0 ? writeNode(node) : `,${writeNode(node)}`;
  }
  return `${text}]`;
}

function writeNode(node: SpanNode): string {
  let text = headOf(node.field);
  const { value, children } = node;
  if (value !== undefined) text += `,"value":${writeJson(value)}`;
  if (needsDisplay(node)) text += `,"display":${JSON.stringify(displayNode(node))}`;
  if (node.generated) text += ',"generated":true';
  text += `,"source":${node.source},"start":${node.start},"end":${node.end}`;
  if (children !== undefined && children.length > 0) text += `,"children":${writeTree(children)}`;
  return `${text}}`;
}

/** A plain number or text says the same in `value`; only more than that is worth a `display`. */
function needsDisplay(node: SpanNode): boolean {
  const { field, value, note } = node;
  if (note !== undefined) return true;
  if (typeof value !== "number") return false;
  return field.base === "hex" || field.values !== undefined;
}

function headOf(field: Field): string {
  let head = heads.get(field);
  if (head === undefined) {
    head = `{"field":${JSON.stringify(field.id)},"name":${JSON.stringify(field.name)}`;
    if (field.mask !== undefined) head += `,"mask":${field.mask}`;
    heads.set(field, head);
  }
  return head;
}
