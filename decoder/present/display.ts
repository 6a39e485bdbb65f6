import { toHex } from "../core/bytes.js";
import type { Field } from "../core/fields.js";
import type { SpanNode, SpanValue } from "../core/recorder.js";

/** Bytes shown of a long byte string; the rest is counted. */
const shownBytes = 32;

/** The value of a node as people read it, with its remark: `0x04d2 [wrong, expected 0x1234]`. */
export function displayNode(node: SpanNode): string {
  const value = displayValue(node.field, node.value);
  if (node.note === undefined) return value;
  return value === "" ? node.note : `${value} [${node.note}]`;
}

/** A value of a field in words: enumerations by name and number, hex where the field asks for it. */
export function displayValue(field: Field, value: SpanValue): string {
  if (value === undefined) return "";
  if (value instanceof Uint8Array) return displayBytes(value);
  if (typeof value === "number") return displayNumber(field, value);
  if (typeof value === "string") return field.type === "string" ? JSON.stringify(value) : value;
  return String(value);
}

function displayBytes(bytes: Uint8Array): string {
  if (bytes.length <= shownBytes) return toHex(bytes);
  return `${toHex(bytes, 0, shownBytes)}... (${bytes.length} bytes)`;
}

function displayNumber(field: Field, value: number): string {
  const digits = field.base === "hex" ? `0x${value.toString(16).padStart(2, "0")}` : String(value);
  const word = field.values?.[value];
  return word === undefined ? digits : `${word} (${digits})`;
}
