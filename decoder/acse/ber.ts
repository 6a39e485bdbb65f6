/**
 * BER (ISO/IEC 8825-1) as ACSE uses it: elements of tag, length and contents. An element that is
 * broken does not keep its neighbours from being read.
 */
import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field } from "../core/fields.js";
import { readPart } from "../core/layer.js";
import type { SpanValue } from "../core/recorder.js";

const clause = "ISO/IEC 8825-1, Basic encoding rules";

const F = defineFields("acse", {
  tag: { name: "Tag", base: "hex", clause },
  length: { name: "Length", clause },
  contents: { name: "Contents", type: "bytes", clause },
  unusedBits: { name: "Unused bits", clause, meaning: "Bits at the end that do not count" },
});

const D = defineDiagnostics("acse", {
  "tag-form": {
    severity: "error",
    group: "malformed",
    message: "The tag takes more than one byte, which ACSE never needs",
    clause,
    check: "Are bytes missing or changed on the way, or in the log?",
  },
  "length-form": {
    severity: "error",
    group: "malformed",
    message: "The length is not in a form that BER allows",
    clause,
    check: "Are bytes missing or changed on the way, or in the log?",
  },
  "indefinite-length": {
    severity: "warning",
    group: "malformed",
    message: "The length is not given; all that follows is taken as the contents",
    clause,
    check: "DLMS uses definite lengths alone; other receivers may refuse the APDU",
  },
  tagging: {
    severity: "note",
    group: "protocol",
    message: "The element is not tagged as ACSE says",
    clause: "IEC 62056-5-3, ACSE APDUs",
    check: "The contents are read all the same",
  },
  "unexpected-type": {
    severity: "note",
    group: "protocol",
    message: "The element has another type than ACSE says",
    clause: "IEC 62056-5-3, ACSE APDUs",
    check: "The contents are read all the same",
  },
  integer: {
    severity: "error",
    group: "malformed",
    message: "An integer has 1 to 4 bytes here",
    clause,
    check: "Are bytes missing or changed on the way, or in the log?",
  },
  "bit-string": {
    severity: "error",
    group: "malformed",
    message: "A bit string begins with the number of its unused bits, 0 to 7",
    clause,
    check: "Which firmware sends it, and does a receiver accept it?",
  },
  "empty-object-identifier": {
    severity: "error",
    group: "malformed",
    message: "The object identifier is empty",
    clause,
    check: "Which firmware sends it, and does a receiver accept it?",
  },
  "object-identifier": {
    severity: "warning",
    group: "malformed",
    message: "The last part of the object identifier does not end",
    clause,
    check: "Its last byte has bit 7 set, which says that more follows; it is read without that bit",
  },
});

/** Universal types. */
export const integerType = 0x02;
export const bitStringType = 0x03;
export const octetStringType = 0x04;
export const objectIdentifierType = 0x06;

/** An element whose tag and length have been read. */
export interface Element {
  readonly tag: number;
  readonly content: Cursor;
}

/** Reads tag and length; see `readContent`. */
function readHeader(c: Cursor): Element {
  const tag = c.u8(F.tag);
  if ((tag & 0x1f) === 0x1f) c.fail(D["tag-form"], c.offset - 1, c.offset);
  return { tag, content: readContent(c) };
}

/**
 * Reads a length. Contents that are cut off are reported, and what is there of them is the content.
 */
export function readContent(c: Cursor): Cursor {
  const at = c.offset;
  const length = readLength(c);
  if (length > c.remaining) {
    const detail = `${length} bytes are needed at offset ${c.offset}, ${c.remaining} left`;
    c.report(coreDiagnostics.truncated, at, c.end, detail);
  }
  return c.take(Math.min(length, c.remaining));
}

/** Reads an element as one node; `read` reads its contents. Undefined where they are broken. */
export function readElement<Value>(
  c: Cursor,
  field: Field,
  read: (element: Element) => Value,
): Value | undefined {
  c.open(field);
  const element = readHeader(c);
  const value = readPart(element.content, () => read(element));
  c.close();
  return value;
}

/**
 * The contents of a value that ACSE tags explicitly: another element, of the universal type, stands
 * in the element. Senders that leave the inner one out are met, and understood.
 */
export function unwrapExplicit({ tag, content }: Element, type: number): Cursor {
  if ((tag & 0x20) === 0) {
    reportTag(content, D.tagging, tag);
    return content;
  }
  return unwrapUniversal(content, type);
}

/** The contents of a value that ACSE tags implicitly: they stand in the element itself. */
export function unwrapImplicit({ tag, content }: Element, type: number): Cursor {
  if ((tag & 0x20) === 0) return content;
  reportTag(content, D.tagging, tag);
  return unwrapUniversal(content, type);
}

/**
 * Reads a choice whose alternatives are explicitly tagged; `read` gets the number of the tag and
 * the contents. Undefined where they are broken.
 */
export function readChoice<Value>(
  c: Cursor,
  type: number,
  read: (choice: number, value: Cursor) => Value,
): Value | undefined {
  const element = readHeader(c);
  return readPart(element.content, () => read(element.tag & 0x1f, unwrapExplicit(element, type)));
}

function unwrapUniversal(content: Cursor, type: number): Cursor {
  const inner = readHeader(content);
  if (inner.tag !== type) reportTag(inner.content, D["unexpected-type"], inner.tag);
  return inner.content;
}

function reportTag(c: Cursor, definition: (typeof D)["tagging"], tag: number): void {
  c.report(definition, c.offset, c.end, `tag 0x${tag.toString(16).padStart(2, "0")}`);
}

/** Contents as bytes; they become the value of the element's node. */
export function readOctets(c: Cursor): Uint8Array {
  const bytes = c.octets(F.contents, c.remaining);
  describe(c, bytes);
  return bytes;
}

/** Contents as a number of 1 to 4 bytes, two's complement. */
export function readInteger(c: Cursor): number {
  const start = c.offset;
  const bytes = c.octets(F.contents, c.remaining);
  if (bytes.length < 1 || bytes.length > 4) {
    c.fail(D.integer, start, c.offset, `${bytes.length} here`);
  }
  let value = (bytes[0] ?? 0) >= 0x80 ? -1 : 0;
  for (const byte of bytes) value = value * 256 + byte;
  describe(c, value);
  return value;
}

/** Contents as a bit string: the bits as `0` and `1`, bit 0 first. */
export function readBitString(c: Cursor): string {
  const start = c.offset;
  const unused = c.remaining > 0 ? c.u8(F.unusedBits) : 8;
  const bytes = c.octets(F.contents, c.remaining);
  if (unused > 7 || (unused > 0 && bytes.length === 0)) c.fail(D["bit-string"], start, c.offset);
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  bits = bits.slice(0, bits.length - unused);
  describe(c, bits);
  return bits;
}

/** Contents as an object identifier: its parts. A last part that does not end is reported. */
export function readObjectIdentifier(c: Cursor): number[] {
  const start = c.offset;
  const bytes = c.octets(F.contents, c.remaining);
  if (bytes.length === 0) c.fail(D["empty-object-identifier"], start, start);
  const parts: number[] = [];
  let part = 0;
  for (const [i, byte] of bytes.entries()) {
    part = part * 128 + (byte & 0x7f);
    if (byte >= 0x80 && i < bytes.length - 1) continue;
    if (byte >= 0x80) {
      c.report(D["object-identifier"], start + i, c.offset, `byte 0x${byte.toString(16)}`);
    }
    if (parts.length === 0) {
      const root = Math.min(2, Math.floor(part / 40));
      parts.push(root, part - 40 * root);
    } else parts.push(part);
    part = 0;
  }
  return parts;
}

/** Contents that must not be shown: recorded by their length alone. */
export function readHidden(c: Cursor): number {
  const length = c.remaining;
  c.leaf(F.contents, length, undefined);
  return length;
}

/** Gives the node of the element that is being read its value, with a remark. */
export function describe(c: Cursor, value: SpanValue, note?: string): void {
  c.dissection.recorder.describe(value, note);
}

function readLength(c: Cursor): number {
  const first = c.peek() ?? 0;
  if (first < 0x80) return c.u8(F.length);
  const size = first & 0x7f;
  if (size === 0) {
    c.report(D["indefinite-length"], c.offset, c.offset + 1);
    c.leaf(F.length, 1, undefined);
    return c.remaining;
  }
  if (size > 4) c.fail(D["length-form"], c.offset, c.offset + 1, `0x${first.toString(16)}`);
  c.need(1 + size);
  let length = 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (c.peek(i) ?? 0);
  c.leaf(F.length, 1 + size, length);
  return length;
}

/** The contents of the first element of that tag among those at the cursor; records nothing. */
export function findElement(c: Cursor, tag: number): Uint8Array | undefined {
  const scan = c.bytes.subarray(c.offset, c.end);
  let at = 0;
  while (at + 1 < scan.length) {
    const first = scan[at + 1] ?? 0;
    const size = first < 0x80 ? 0 : first & 0x7f;
    if (size > 4 || first === 0x80) return undefined;
    let length = size === 0 ? first : 0;
    for (let i = 0; i < size; i++) length = length * 256 + (scan[at + 2 + i] ?? 0);
    const start = at + 2 + size;
    if (scan[at] === tag) return scan.subarray(start, start + length);
    at = start + length;
  }
  return undefined;
}
