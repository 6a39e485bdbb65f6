import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { decodeLength } from "./length.js";
import { decodeCompactArray } from "./compact-array.js";
import { type Date, type DateTime, decodeDate, decodeDateTime, decodeTime, type Time } from "./date-time.js";

/** A COSEM value: its type by the standard's name, and what it holds. */
export type Data =
  | { readonly type: "null-data" | "dont-care"; readonly value: null }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: "long64" | "long64-unsigned"; readonly value: bigint }
  | { readonly type: "octet-string"; readonly value: Uint8Array }
  | { readonly type: "visible-string" | "utf8-string"; readonly value: string }
  | { readonly type: "bit-string"; readonly value: string }
  | { readonly type: "date-time"; readonly value: DateTime }
  | { readonly type: "date"; readonly value: Date }
  | { readonly type: "time"; readonly value: Time }
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

const clause = "IEC 62056-6-2, Common data types";

/** One field a type; a value is one leaf that covers its tag, its length and its contents. */
export const dataFields = defineFields("data", {
  nullData: { name: "null-data", type: "string", clause },
  array: { name: "array", type: "group", clause },
  structure: { name: "structure", type: "group", clause },
  boolean: { name: "boolean", type: "boolean", clause },
  bitString: { name: "bit-string", type: "string", clause },
  doubleLong: { name: "double-long", type: "int", clause },
  doubleLongUnsigned: { name: "double-long-unsigned", clause },
  octetString: { name: "octet-string", type: "bytes", clause },
  visibleString: { name: "visible-string", type: "string", clause },
  utf8String: { name: "utf8-string", type: "string", clause },
  bcd: { name: "bcd", type: "int", clause },
  integer: { name: "integer", type: "int", clause },
  long: { name: "long", type: "int", clause },
  unsigned: { name: "unsigned", clause },
  longUnsigned: { name: "long-unsigned", clause },
  compactArray: { name: "compact-array", type: "group", clause },
  long64: { name: "long64", type: "int", clause },
  long64Unsigned: { name: "long64-unsigned", clause },
  enum: { name: "enum", clause },
  float32: { name: "float32", type: "float", clause },
  float64: { name: "float64", type: "float", clause },
  floatingPoint: { name: "floating-point", type: "float", clause },
  dateTime: { name: "date-time", type: "group", clause },
  date: { name: "date", type: "group", clause },
  time: { name: "time", type: "group", clause },
  deltaInteger: { name: "delta-integer", type: "int", clause },
  deltaLong: { name: "delta-long", type: "int", clause },
  deltaDoubleLong: { name: "delta-double-long", type: "int", clause },
  deltaUnsigned: { name: "delta-unsigned", clause },
  deltaLongUnsigned: { name: "delta-long-unsigned", clause },
  deltaDoubleLongUnsigned: { name: "delta-double-long-unsigned", clause },
  dontCare: { name: "dont-care", type: "string", clause },
  type: { name: "Type", base: "hex", clause },
  count: { name: "Number of elements", clause },
});
