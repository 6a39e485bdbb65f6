/** Decoded values as JSON text. */
import { interpretOctetString } from "../xdlms/octet-string.js";
import { type TextBuffer, toAscii } from "./text-buffer.js";

const comma = 0x2c;
const quote = 0x22;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const hiddenMember = toAscii(',"hidden":true');

// Keys are the standard's names: few, and nothing in them needs escaping.
const heads = new Map<string, Uint8Array>();
const dataHeads = new Map<string, Uint8Array>();

/**
 * A decoded value as JSON in the contract's form: byte strings as lower-case hex, logical names as
 * six dotted numbers, integers beyond 2^53 as strings of digits, floats that JSON has no number for
 * as words, absent members left out, octet-strings with what they are beside them (`obis`, `text`,
 * `date-time`), and secrets with `hidden`.
 */
export function writeJson(out: TextBuffer, value: unknown): void {
  switch (typeof value) {
    case "number":
      if (Number.isFinite(value)) out.number(value);
      else out.jsonString(String(value));
      break;
    case "string":
      out.jsonString(value);
      break;
    case "boolean":
      out.text(value ? "true" : "false");
      break;
    case "bigint":
      writeInteger(out, value);
      break;
    case "object":
      if (value === null) out.text("null");
      else writeObject(out, value);
      break;
    default:
      out.text("null");
  }
}

/** One member of an object, with the comma before it unless it is the `first`. */
export function writeMember(out: TextBuffer, key: string, value: unknown, first = false): void {
  if (!first) out.byte(comma);
  let head = heads.get(key);
  if (head === undefined) {
    head = toAscii(`"${key}":`);
    heads.set(key, head);
  }
  out.bytes(head);
  if (key === "instance-id" && value instanceof Uint8Array) writeLogicalName(out, value);
  else writeJson(out, value);
}

function writeObject(out: TextBuffer, value: object): void {
  if (value instanceof Uint8Array) {
    out.byte(quote);
    out.hex(value);
    out.byte(quote);
    return;
  }
  if (Array.isArray(value)) {
    writeArray(out, value);
    return;
  }
  const members = value as Readonly<Record<string, unknown>>;
  const { type, value: content } = members;
  if (typeof type === "string" && content !== undefined) {
    writeData(out, type, content, members.hidden === true);
    return;
  }
  out.byte(openBrace);
  let first = true;
  for (const key in members) {
    const member = members[key];
    if (member === undefined) continue;
    writeMember(out, key, member, first);
    first = false;
  }
  out.byte(closeBrace);
}

/** COSEM data: the bulk of what meters send. */
function writeData(out: TextBuffer, type: string, content: unknown, hidden: boolean): void {
  let head = dataHeads.get(type);
  if (head === undefined) {
    head = toAscii(`{"type":"${type}","value":`);
    dataHeads.set(type, head);
  }
  out.bytes(head);
  writeJson(out, content);
  if (type === "octet-string" && content instanceof Uint8Array) writeMeaning(out, content);
  if (hidden) out.bytes(hiddenMember);
  out.byte(closeBrace);
}

function writeMeaning(out: TextBuffer, bytes: Uint8Array): void {
  const meaning = interpretOctetString(bytes) as Readonly<Record<string, string>> | undefined;
  for (const key in meaning) writeMember(out, key, meaning[key]);
}

function writeArray(out: TextBuffer, values: readonly unknown[]): void {
  out.byte(openBracket);
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out.byte(comma);
    writeJson(out, values[i]);
  }
  out.byte(closeBracket);
}

function writeLogicalName(out: TextBuffer, name: Uint8Array): void {
  out.byte(quote);
  out.text(name.join("."));
  out.byte(quote);
}

const greatest = BigInt(Number.MAX_SAFE_INTEGER);

function writeInteger(out: TextBuffer, value: bigint): void {
  const safe = value <= greatest && value >= -greatest;
  out.text(safe ? value.toString() : `"${value}"`);
}
