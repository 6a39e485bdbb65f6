/**
 * What a value of an attribute, or the parameter of a method, may be: its type, and the names of what
 * is in it. IEC 62056-6-2, COSEM interface classes.
 */
import type { ValueTable } from "../core/fields.js";
import type { Data } from "../xdlms/data.js";

export type DataType = Data["type"];

/** How bytes or a number are to be read where their type does not say it. */
export type ValueForm =
  | "logical-name"
  | "text" // characters in an octet-string
  | "system-title"
  | "ipv4-address" // a double-long-unsigned, or 4 bytes
  | "ipv6-address"
  | "mac-address"
  | "class-id"
  | "hex"; // a number that people know in hex

/** One element of a structure, by the standard's name: `scaler`. */
export interface Member {
  readonly name: string;
  readonly rule: ValueRule;
}

/** What a value may be. `null-data` always may stand for it. */
export type ValueRule =
  | { readonly kind: "anything" }
  /** One of these types; with `length`, an octet-string of so many bytes. */
  | {
      readonly kind: "types";
      readonly types: readonly DataType[];
      readonly length?: number;
      readonly form?: ValueForm;
    }
  /** A number, nearly always an enum, whose values have names. */
  | { readonly kind: "enum"; readonly types: readonly DataType[]; readonly values: ValueTable }
  /**
   * Bits with names. In a bit-string bit 0 is the first of the string; in a number it is the one with
   * the value 1.
   */
  | { readonly kind: "bits"; readonly types: readonly DataType[]; readonly bits: ValueTable }
  /** A unit of the table of units. */
  | { readonly kind: "unit" }
  /** An octet-string of 12, 5 or 4 bytes, or the type of that name. */
  | { readonly kind: "date-time" | "date" | "time" }
  | { readonly kind: "array"; readonly element: ValueRule }
  /** These members; more may follow where a later version has added some. */
  | { readonly kind: "structure"; readonly members: readonly Member[]; readonly open: boolean }
  | { readonly kind: "choice"; readonly of: readonly ValueRule[] };

export const anything: ValueRule = { kind: "anything" };
export const dateTime: ValueRule = { kind: "date-time" };
export const date: ValueRule = { kind: "date" };
export const time: ValueRule = { kind: "time" };
export const unit: ValueRule = { kind: "unit" };

export const bitString = types("bit-string");
export const boolean = types("boolean");
export const doubleLong = types("double-long");
export const doubleLongUnsigned = types("double-long-unsigned");
export const enumerated = types("enum");
export const integer = types("integer");
export const long = types("long");
export const long64Unsigned = types("long64-unsigned");
export const longUnsigned = types("long-unsigned");
export const octetString = types("octet-string");
export const unsigned = types("unsigned");
export const utf8String = types("utf8-string");
export const visibleString = types("visible-string");

export const classId = formed("class-id", "long-unsigned");
export const ipv4Address = formed("ipv4-address", "double-long-unsigned");
export const systemTitle = formed("system-title", "octet-string");
/** An octet-string that holds characters. */
export const text = formed("text", "octet-string");
export const logicalName: ValueRule = {
  kind: "types",
  types: ["octet-string"],
  length: 6,
  form: "logical-name",
};

/** Every simple type: `CHOICE` of them all, as Data and thresholds have it. */
export const simpleTypes: readonly DataType[] = [
  "boolean",
  "bit-string",
  "double-long",
  "double-long-unsigned",
  "floating-point",
  "octet-string",
  "visible-string",
  "utf8-string",
  "bcd",
  "integer",
  "long",
  "unsigned",
  "long-unsigned",
  "long64",
  "long64-unsigned",
  "enum",
  "float32",
  "float64",
  "date-time",
  "date",
  "time",
];

/** One of these types. */
export function types(...allowed: readonly DataType[]): ValueRule {
  return { kind: "types", types: allowed };
}

/** One of these types, to be read in that form. */
export function formed(form: ValueForm, ...allowed: readonly DataType[]): ValueRule {
  return { kind: "types", types: allowed, form };
}

/** An octet-string of exactly so many bytes. */
export function octets(length: number): ValueRule {
  return { kind: "types", types: ["octet-string"], length };
}

/** An enum whose values have these names. */
export function enumOf(values: ValueTable): ValueRule {
  return { kind: "enum", types: ["enum"], values };
}

/** A number of another type than enum whose values have names. */
export function codeOf(type: DataType, values: ValueTable): ValueRule {
  return { kind: "enum", types: [type], values };
}

/** A bit-string, or a number of that type, whose bits have these names. */
export function bitsOf(type: DataType, bits: ValueTable): ValueRule {
  return { kind: "bits", types: [type], bits };
}

export function array(element: ValueRule): ValueRule {
  return { kind: "array", element };
}

/** Exactly these members, in this order: `structure({ scaler: integer, unit })`. */
export function structure(members: Readonly<Record<string, ValueRule>>): ValueRule {
  return { kind: "structure", members: listMembers(members), open: false };
}

/** At least these members: later versions of the class have added some. */
export function openStructure(members: Readonly<Record<string, ValueRule>>): ValueRule {
  return { kind: "structure", members: listMembers(members), open: true };
}

export function choice(...of: readonly ValueRule[]): ValueRule {
  return { kind: "choice", of };
}

function listMembers(members: Readonly<Record<string, ValueRule>>): readonly Member[] {
  return Object.entries(members).map(([name, rule]) => ({ name, rule }));
}

// Shapes that several classes share.

export const scalerUnit = structure({ scaler: integer, unit });
/** A capture object of class 7, and the like of others. */
export const captureObject = structure({
  class_id: classId,
  logical_name: logicalName,
  attribute_index: integer,
  data_index: longUnsigned,
});
export const monitoredValue = structure({
  class_id: classId,
  logical_name: logicalName,
  attribute_index: integer,
});
export const scriptReference = structure({
  script_logical_name: logicalName,
  script_selector: longUnsigned,
});
