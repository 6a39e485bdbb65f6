/** The data types that hold no others. IEC 62056-6-2, Common data types; A-XDR, IEC 61334-6. */
import { type Cursor, readBigUnsigned, readUnsigned } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import type { Field } from "../core/fields.js";
import type { Data, NumberType } from "./data.js";
import { dataFields as F } from "./data-fields.js";
import { decodeDate, decodeDateTime, decodeTime } from "./date-time.js";
import { peekLength, sizeOfLength } from "./length.js";
import { describeOctetString } from "./octet-string.js";
import { decodeUtf8 } from "./utf8.js";

const clause = "IEC 62056-6-2, Common data types";

const D = defineDiagnostics("data", {
  "unknown-type": {
    severity: "error",
    group: "malformed",
    message: "The tag is not that of a COSEM data type",
    clause,
    check: "Is a length or count before it wrong, or are the bytes not plain data?",
  },
  "bcd-digits": {
    severity: "warning",
    group: "malformed",
    message: "The byte is not binary coded decimal; its value is the byte itself",
    clause,
    check: "Does the meter send a plain unsigned number in place of BCD?",
  },
  utf8: {
    severity: "warning",
    group: "malformed",
    message: "The text is not UTF-8; what cannot be read is U+FFFD",
    clause,
    check: "Does the meter send another character set?",
  },
});

const nullData: Data = { type: "null-data", value: null };
const dontCare: Data = { type: "dont-care", value: null };

/**
 * Reads a value of the simple type `tag`, which stands `ahead` bytes (0 or 1) behind its tag: 1 where
 * the tag is the next byte to read, 0 in a compact array, whose tags were sent before. The value is
 * one leaf, date and time types are groups. Throws `data.unknown-type` for a tag of no simple type.
 */
export function decodeSimpleData(c: Cursor, tag: number, ahead: 0 | 1): Data {
  switch (tag) {
    case 0:
      c.leaf(F.nullData, ahead, undefined);
      return nullData;
    case 3: {
      c.need(ahead + 1);
      const value = c.bytes[c.offset + ahead] !== 0;
      c.leaf(F.boolean, ahead + 1, value);
      return { type: "boolean", value };
    }
    case 4:
      return decodeBitString(c, ahead);
    case 5:
      return decodeSigned(c, F.doubleLong, "double-long", ahead, 4);
    case 6:
      return decodeUnsigned(c, F.doubleLongUnsigned, "double-long-unsigned", ahead, 4);
    case 7:
      return decodeFloat(c, F.floatingPoint, "floating-point", ahead, 4);
    case 9:
      return decodeOctetString(c, ahead);
    case 10:
      return decodeVisibleString(c, ahead);
    case 12:
      return decodeUtf8String(c, ahead);
    case 13:
      return decodeBcd(c, ahead);
    case 15:
      return decodeSigned(c, F.integer, "integer", ahead, 1);
    case 16:
      return decodeSigned(c, F.long, "long", ahead, 2);
    case 17:
      return decodeUnsigned(c, F.unsigned, "unsigned", ahead, 1);
    case 18:
      return decodeUnsigned(c, F.longUnsigned, "long-unsigned", ahead, 2);
    case 20: {
      c.need(ahead + 8);
      const value = BigInt.asIntN(64, readBigUnsigned(c.bytes, c.offset + ahead));
      c.leaf(F.long64, ahead + 8, value);
      return { type: "long64", value };
    }
    case 21: {
      c.need(ahead + 8);
      const value = readBigUnsigned(c.bytes, c.offset + ahead);
      c.leaf(F.long64Unsigned, ahead + 8, value);
      return { type: "long64-unsigned", value };
    }
    case 22:
      return decodeUnsigned(c, F.enum, "enum", ahead, 1);
    case 23:
      return decodeFloat(c, F.float32, "float32", ahead, 4);
    case 24:
      return decodeFloat(c, F.float64, "float64", ahead, 8);
    case 25:
      return { type: "date-time", value: decodeParts(c, F.dateTime, ahead, decodeDateTime) };
    case 26:
      return { type: "date", value: decodeParts(c, F.date, ahead, decodeDate) };
    case 27:
      return { type: "time", value: decodeParts(c, F.time, ahead, decodeTime) };
    case 28:
      return decodeSigned(c, F.deltaInteger, "delta-integer", ahead, 1);
    case 29:
      return decodeSigned(c, F.deltaLong, "delta-long", ahead, 2);
    case 30:
      return decodeSigned(c, F.deltaDoubleLong, "delta-double-long", ahead, 4);
    case 31:
      return decodeUnsigned(c, F.deltaUnsigned, "delta-unsigned", ahead, 1);
    case 32:
      return decodeUnsigned(c, F.deltaLongUnsigned, "delta-long-unsigned", ahead, 2);
    case 33:
      return decodeUnsigned(c, F.deltaDoubleLongUnsigned, "delta-double-long-unsigned", ahead, 4);
    case 255:
      c.leaf(F.dontCare, ahead, undefined);
      return dontCare;
    default:
      return failUnknownType(c, tag, ahead);
  }
}

/** Throws `data.unknown-type`; the tag is the byte at the cursor, or with `ahead` 0 the one before. */
export function failUnknownType(c: Cursor, tag: number, ahead: 0 | 1): never {
  const at = c.offset + ahead - 1;
  c.fail(D["unknown-type"], at, at + 1, `0x${tag.toString(16).padStart(2, "0")}`);
}

/** Counts elements against the limit of the message; throws `core.node-limit` beyond it. */
export function countElements(c: Cursor, count: number): void {
  const { dissection } = c;
  dissection.elements += count;
  if (dissection.elements > dissection.context.limits.nodes) {
    c.fail(
      coreDiagnostics["node-limit"],
      c.offset,
      c.offset,
      `over ${dissection.context.limits.nodes}`,
    );
  }
}

function decodeUnsigned(
  c: Cursor,
  field: Field,
  type: NumberType,
  ahead: number,
  length: number,
): Data {
  c.need(ahead + length);
  const value = readUnsigned(c.bytes, c.offset + ahead, length);
  c.leaf(field, ahead + length, value);
  return { type, value };
}

function decodeSigned(
  c: Cursor,
  field: Field,
  type: NumberType,
  ahead: number,
  length: number,
): Data {
  c.need(ahead + length);
  const shift = 32 - 8 * length;
  const value = (readUnsigned(c.bytes, c.offset + ahead, length) << shift) >> shift;
  c.leaf(field, ahead + length, value);
  return { type, value };
}

const scratch = new DataView(new ArrayBuffer(8));

/** IEEE 754, big-endian: IEC 62056-6-2, Floating point number formats. */
function decodeFloat(
  c: Cursor,
  field: Field,
  type: NumberType,
  ahead: number,
  length: 4 | 8,
): Data {
  c.need(ahead + length);
  const at = c.offset + ahead;
  for (let i = 0; i < length; i++) scratch.setUint8(i, c.bytes[at + i] ?? 0);
  const value = length === 4 ? scratch.getFloat32(0) : scratch.getFloat64(0);
  c.leaf(field, ahead + length, value);
  return { type, value };
}

function decodeBcd(c: Cursor, ahead: number): Data {
  c.need(ahead + 1);
  const byte = c.bytes[c.offset + ahead] ?? 0;
  const [tens, units] = [byte >> 4, byte & 0x0f];
  const decimal = tens < 10 && units < 10;
  const value = decimal ? 10 * tens + units : byte;
  c.leaf(F.bcd, ahead + 1, value);
  if (!decimal) c.report(D["bcd-digits"], c.offset - 1, c.offset, `0x${byte.toString(16)}`);
  return { type: "bcd", value };
}

/** The length counts bits; the first bit is the highest of the first byte. Spare bits are ignored. */
function decodeBitString(c: Cursor, ahead: number): Data {
  const bits = peekLength(c, ahead);
  const head = ahead + sizeOfLength(c, ahead);
  const length = head + Math.ceil(bits / 8);
  c.need(length);
  const at = c.offset + head;
  let value = "";
  for (let i = 0; i < bits; i++) {
    value += (((c.bytes[at + (i >> 3)] ?? 0) >> (7 - (i & 7))) & 1) === 0 ? "0" : "1";
  }
  c.leaf(F.bitString, length, value);
  return { type: "bit-string", value };
}

function decodeOctetString(c: Cursor, ahead: number): Data {
  const value = peekContents(c, ahead);
  c.leaf(F.octetString, ahead + sizeOfLength(c, ahead) + value.length, value);
  if (c.recording) {
    const meaning = describeOctetString(value);
    if (meaning !== undefined) c.note(meaning);
  }
  return { type: "octet-string", value };
}

/** One character a byte, so that what meters send beyond ASCII stays exact. */
function decodeVisibleString(c: Cursor, ahead: number): Data {
  const length = peekLength(c, ahead);
  const head = ahead + sizeOfLength(c, ahead);
  c.need(head + length);
  const at = c.offset + head;
  let value = "";
  for (let i = at; i < at + length; i++) value += String.fromCharCode(c.bytes[i] ?? 0);
  c.leaf(F.visibleString, head + length, value);
  return { type: "visible-string", value };
}

function decodeUtf8String(c: Cursor, ahead: number): Data {
  const contents = peekContents(c, ahead);
  const { text, faults } = decodeUtf8(contents);
  c.leaf(F.utf8String, ahead + sizeOfLength(c, ahead) + contents.length, text);
  if (faults > 0) {
    const places = `${faults} ${faults === 1 ? "place" : "places"}`;
    c.report(D.utf8, c.offset - contents.length, c.offset, places);
  }
  return { type: "utf8-string", value: text };
}

/** A view of the bytes behind a length that stands `ahead` bytes from here. */
function peekContents(c: Cursor, ahead: number): Uint8Array {
  const length = peekLength(c, ahead);
  const head = ahead + sizeOfLength(c, ahead);
  c.need(head + length);
  return c.bytes.subarray(c.offset + head, c.offset + head + length);
}

function decodeParts(
  c: Cursor,
  field: Field,
  ahead: number,
  decode: (c: Cursor) => string,
): string {
  c.open(field);
  if (ahead > 0) c.u8(F.type);
  const value = decode(c);
  c.dissection.recorder.describe(value, undefined);
  c.close();
  return value;
}
