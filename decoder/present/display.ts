import { toHex } from "../core/bytes.js";
import type { Field } from "../core/fields.js";
import type { SpanNode, SpanValue } from "../core/recorder.js";
import { toAscii } from "./text-buffer.js";

/** Bytes shown of a long byte string; the rest is counted. */
export const shownBytes = 32;

/** The value of a node as people read it, with its remark: `0x04d2 [wrong, expected 0x1234]`. */
export function displayNode(node: SpanNode): string {
  const value = displayValue(node.field, node.value);
  if (node.note === undefined) return value;
  return value === "" ? node.note : `${value} [${node.note}]`;
}

/** Whether `displayNode` says more than the value itself: a word, a remark, hex. */
export function needsDisplay({ field, value, note }: SpanNode): boolean {
  if (note !== undefined) return true;
  return typeof value === "number" && (field.base === "hex" || field.values !== undefined);
}

/** The value alone, as people read it. */
export function displayValue(field: Field, value: SpanValue): string {
  switch (typeof value) {
    case "undefined":
      return "";
    case "number":
      return needsWord(field) ? displayNumber(field, value) : String(value);
    case "string":
      return isPlain(value) ? value : JSON.stringify(value);
    case "object":
      return displayBytes(value);
    default:
      return String(value);
  }
}

/** Quotes are for texts that would be misread without them. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return false;
  }
  return text !== "" && !text.startsWith(" ") && !text.endsWith(" ");
}

function displayBytes(bytes: Uint8Array): string {
  if (bytes.length <= shownBytes) return toHex(bytes);
  return `${toHex(bytes, 0, shownBytes)}... (${bytes.length} bytes)`;
}

/** Whether a number of this field says more than its digits. */
export function needsWord(field: Field): boolean {
  return field.base === "hex" || field.values !== undefined;
}

// Most numbers that need words are codes, and repeat in every frame.
const displays: ((Uint8Array | undefined)[] | undefined)[] = [];
const cachedValues = 256;

/**
 * The display of a number that is a code, as prepared text; undefined for all others. It holds no
 * character that JSON would escape.
 */
export function displayOfCode(field: Field, value: number): Uint8Array | undefined {
  if (value >= cachedValues || !needsWord(field)) return undefined;
  return displays[field.index]?.[value] ?? prepareDisplay(field, value);
}

function prepareDisplay(field: Field, value: number): Uint8Array | undefined {
  const text = displayNumber(field, value);
  if (JSON.stringify(text) !== `"${text}"`) return undefined;
  const prepared = toAscii(text);
  let texts = displays[field.index];
  if (texts === undefined) {
    texts = [];
    displays[field.index] = texts;
  }
  texts[value] = prepared;
  return prepared;
}

/** A number in words, or in hex where the field asks for it. */
export function displayNumber(field: Field, value: number): string {
  const hex = value.toString(16);
  const digits =
    field.base === "hex" ? `0x${hex.length % 2 === 0 ? hex : `0${hex}`}` : String(value);
  const word = field.values?.[value];
  return word === undefined ? digits : `${word} (${digits})`;
}
