/**
 * Decoded values as JSON text, written directly: building objects for JSON.stringify first costs
 * more than half of the time that a frame takes.
 */
import { toHex } from "../core/bytes.js";
import { interpretOctetString } from "../xdlms/octet-string.js";

/**
 * A decoded value as JSON in the contract's form: byte strings as lower-case hex, integers beyond
 * 2^53 as strings of digits, floats that JSON has no number for as words, absent members left out,
 * and octet-strings with what they are beside them (`obis`, `text`, `date-time`).
 */
export function writeJson(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case "string":
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "bigint":
      return writeInteger(value);
    case "object":
      return value === null ? "null" : writeObject(value);
    default:
      return "null";
  }
}

/** The members of an object, each as `,"key":value`; absent ones are left out. */
export function writeMembers(value: object): string {
  let text = "";
  const members = value as Readonly<Record<string, unknown>>;
  for (const key in members) {
    const member = members[key];
    // Keys are the standard's names: nothing in them needs escaping.
    if (member !== undefined) text += `,"${key}":${writeJson(member)}`;
  }
  return text;
}

function writeObject(value: object): string {
  if (value instanceof Uint8Array) return `"${toHex(value)}"`;
  if (Array.isArray(value)) return writeArray(value);
  let members = writeMembers(value);
  if ("type" in value && value.type === "octet-string" && "value" in value) {
    const meaning = value.value instanceof Uint8Array ? interpretOctetString(value.value) : undefined;
    if (meaning !== undefined) members += writeMembers(meaning);
  }
  return `{${members.slice(1)}}`;
}

function writeArray(values: readonly unknown[]): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) text += i === 0 ? writeJson(values[i]) : `,${writeJson(values[i])}`;
  return `${text}]`;
}

function writeInteger(value: bigint): string {
  const safe = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
  return safe ? value.toString() : `"${value}"`;
}
