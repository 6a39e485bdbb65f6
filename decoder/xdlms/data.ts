import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics } from "../core/diagnostics.js";
import type { Field } from "../core/fields.js";
import { decodeCompactArray } from "./compact-array.js";
import { dataTypeNames, dataFields as F } from "./data-fields.js";
import type { CosemDate, CosemTime, DateTime } from "./date-time.js";
import { decodeLength } from "./length.js";
import { countElements, decodeSimpleData } from "./simple-data.js";
import {
  decodeUntaggedDescriptor,
  reportUntaggedDescriptor,
  startsWithUntaggedDescriptor,
} from "./untagged-descriptor.js";

/**
 * A COSEM value: its type by the standard's name, and what it holds.
 *
 * Of a secret (a password, a key) only type and length are there: it is `hidden`, and its value is an
 * asterisk for each byte of an octet-string and each character of a text, zeros or `false` for what
 * else it may be. So it has the form that its type always has, and nobody has to treat it apart.
 */
export type Data = PlainValue & { readonly hidden?: true };

type PlainValue =
  | { readonly type: "null-data" | "dont-care"; readonly value: null }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: "long64" | "long64-unsigned"; readonly value: bigint }
  | { readonly type: "octet-string"; readonly value: Uint8Array }
  | { readonly type: "visible-string" | "utf8-string"; readonly value: string }
  /** Digits 0 and 1, the first bit first. */
  | { readonly type: "bit-string"; readonly value: string }
  | { readonly type: "date-time"; readonly value: DateTime }
  | { readonly type: "date"; readonly value: CosemDate }
  | { readonly type: "time"; readonly value: CosemTime }
  | { readonly type: "array" | "structure" | "compact-array"; readonly value: readonly Data[] };

export type NumberType =
  | "double-long"
  | "double-long-unsigned"
  | "floating-point"
  | "bcd"
  | "integer"
  | "long"
  | "unsigned"
  | "long-unsigned"
  | "enum"
  | "float32"
  | "float64"
  | "delta-integer"
  | "delta-long"
  | "delta-double-long"
  | "delta-unsigned"
  | "delta-long-unsigned"
  | "delta-double-long-unsigned";

/** Whether a part of a decoded APDU is a value of Data. */
export function isData(part: object): part is Data {
  const { type, value } = part as Partial<Data>;
  return value !== undefined && typeof type === "string" && typeNames.has(type);
}

const typeNames: ReadonlySet<string> = new Set(Object.values(dataTypeNames));

/**
 * Reads one value of any type, its tag first (A-XDR, IEC 61334-6; types of IEC 62056-6-2, Common
 * data types). Byte strings are views. Throws `core.truncated`, `axdr.length-form`,
 * `data.unknown-type`, and the limits `core.depth-limit` and `core.node-limit`; what is odd and can
 * still be read is reported.
 */
export function decodeData(c: Cursor): Data {
  return decodeElement(c, c.dissection.context.limits.depth);
}

function decodeElement(c: Cursor, depth: number): Data {
  c.need(1);
  const tag = c.bytes[c.offset] as number;
  switch (tag) {
    case 1:
      return decodeGroup(c, F.array, "array", depth);
    case 2:
      return decodeGroup(c, F.structure, "structure", depth);
    case 19:
      return decodeCompactArray(c, depth);
    default:
      return decodeSimpleData(c, tag, 1);
  }
}

/** `depth` is how many groups may still nest. */
function decodeGroup(c: Cursor, field: Field, type: "array" | "structure", depth: number): Data {
  if (depth <= 0) c.fail(coreDiagnostics["depth-limit"], c.offset, c.offset + 1);
  c.open(field);
  c.u8(F.type);
  const count = decodeLength(c, F.count);
  // An element takes a byte at least, so that a false count is not what exceeds the limit.
  countElements(c, Math.min(count, c.remaining));
  const value: Data[] = [];
  for (let i = 0; i < count; i++) {
    if (type === "array" && startsWithUntaggedDescriptor(c)) {
      if (i === 0) reportUntaggedDescriptor(c);
      value.push(decodeDescribed(c, depth - 1));
    } else {
      value.push(decodeElement(c, depth - 1));
    }
  }
  c.close();
  return { type, value };
}

/** A structure of an untagged descriptor and the value that it describes. */
function decodeDescribed(c: Cursor, depth: number): Data {
  if (depth <= 0) c.fail(coreDiagnostics["depth-limit"], c.offset, c.offset + 1);
  c.open(F.structure);
  c.u8(F.type);
  c.u8(F.count);
  const value = [decodeUntaggedDescriptor(c), decodeElement(c, depth - 1)];
  c.close();
  return { type: "structure", value };
}
