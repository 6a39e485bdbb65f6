/** From a literal and the type of its field to a test of one value. Whatever does not fit is refused here. */

import { fromHex } from "../../decoder/core/bytes.js";
import { compareSeverity, type Severity } from "../../decoder/core/diagnostics.js";
import { nameKey } from "../../decoder/explain/name-key.js";
import type { Timestamp } from "../../decoder/index.js";
import { findCode, parseCode } from "./code-pattern.js";
import type { FilterField, FilterValue } from "./filter-field.js";
import { compileExpression } from "./regular-expression.js";
import { FilterError, type Literal, type Operator, type Slice } from "./syntax.js";

export type ValueTest = (value: FilterValue) => boolean;

type Order = "<" | "<=" | ">" | ">=";

/** Tests one value of the field against a literal. Throws `FilterError`. */
export function testOf(
  field: FilterField,
  slice: Slice | undefined,
  operator: Operator,
  literal: Literal,
): ValueTest {
  if (slice !== undefined) return sliceTest(field, slice, operator, literal);
  if (operator === "matches") return matchTest(field, literal);
  if (operator === "contains") return containTest(field, literal);
  if (operator === "!=") throw new Error("that none is equal is for the caller to say");
  switch (field.type) {
    case "number":
      return numberTest(field, operator, literal);
    case "duration":
      return comparison(operator, readDuration(literal));
    case "time":
      return timeTest(operator, literal);
    case "severity":
      return severityTest(operator, literal);
    case "boolean":
      return booleanTest(field, operator, literal);
    case "string":
      return stringTest(field, operator, literal);
    case "bytes":
      return bytesTest(field, operator, literal);
    case "code":
      return codeTest(field, operator, literal);
    case "any":
      return anyTest(operator, literal);
    case "group":
      throw new FilterError(`${field.id} has no value; it can only be there or not`, literal);
  }
}

/** Tests whether a value is one of a set: `{1, 2, 5..7}`. Throws `FilterError`. */
export function testOfSet(
  field: FilterField,
  slice: Slice | undefined,
  literals: readonly Literal[],
): ValueTest {
  const tests = literals.map((literal) => {
    const range = literal.isQuoted ? null : /^(.+)\.\.(.+)$/.exec(literal.text);
    const [, first, last] = range ?? [];
    if (first === undefined || last === undefined) return testOf(field, slice, "==", literal);
    const from = testOf(field, slice, ">=", { ...literal, text: first });
    const to = testOf(field, slice, "<=", { ...literal, text: last });
    return (value: FilterValue) => from(value) && to(value);
  });
  return (value) => tests.some((test) => test(value));
}

function comparison(operator: Operator, wanted: number | bigint): ValueTest {
  const test = (compare: (value: number | bigint) => boolean): ValueTest => {
    return (value) => (typeof value === "number" || typeof value === "bigint") && compare(value);
  };
  switch (operator) {
    case "<":
      return test((value) => value < wanted);
    case "<=":
      return test((value) => value <= wanted);
    case ">":
      return test((value) => value > wanted);
    case ">=":
      return test((value) => value >= wanted);
    default:
      // Of a number and one beyond 2^53 only the looser comparison sees that they are the same.
      // biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n
      return test((value) => value == wanted);
  }
}

function numberTest(field: FilterField, operator: Operator, literal: Literal): ValueTest {
  const number = literal.isQuoted ? undefined : readNumber(literal.text);
  if (number !== undefined) return comparison(operator, number);
  const numbers = numbersOfWord(field, literal.text);
  if (numbers.length === 0) {
    const isWord = field.values ? "neither a number nor one of its words" : "no number";
    const near = wordsLike(field, literal.text);
    const hint =
      near.length === 0 ? "" : `; there is ${near.map((word) => `"${word}"`).join(", ")}`;
    throw new FilterError(
      `${field.id} is a number, and ${shown(literal)} is ${isWord}${hint}`,
      literal,
    );
  }
  if (operator !== "==") throw new FilterError(`words of ${field.id} have no order`, literal);
  return (value) => numbers.some((number) => number === value);
}

/** The numbers that a word stands for: `the only or last segment`, `get_request`, `Get-Request`. */
function numbersOfWord({ values }: FilterField, word: string): number[] {
  const wanted = nameKey(word);
  const entries = Object.entries(values ?? {});
  return entries.filter(([, one]) => nameKey(one) === wanted).map(([number]) => Number(number));
}

function wordsLike({ values }: FilterField, part: string): string[] {
  const wanted = nameKey(part);
  if (wanted === "") return [];
  return Object.values(values ?? {})
    .filter((word) => nameKey(word).includes(wanted))
    .slice(0, 3);
}

/** `12`, `-3`, `1.5`, `0x1f`, and whole numbers of any size. */
export function readNumber(text: string): number | bigint | undefined {
  if (/^-?0x[0-9a-f]+$/i.test(text)) {
    const size = BigInt(text.replace("-", ""));
    return narrowed(text.startsWith("-") ? -size : size);
  }
  if (/^-?\d+$/.test(text)) return narrowed(BigInt(text));
  if (/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text)) return Number(text);
  return undefined;
}

function narrowed(number: bigint): number | bigint {
  const plain = Number(number);
  return Number.isSafeInteger(plain) ? plain : number;
}

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3600e9,
};

/** In nanoseconds; a number alone is milliseconds. */
function readDuration(literal: Literal): number {
  const [, number, unit = "ms"] =
    /^(\d+(?:\.\d+)?) ?(ns|us|µs|ms|s|min|h)?$/.exec(literal.text) ?? [];
  const factor = nanoseconds[unit];
  if (number === undefined || factor === undefined) {
    throw new FilterError(`${shown(literal)} is no duration: 200ms, 1.5s, 2min are`, literal);
  }
  return Number(number) * factor;
}

function timeTest(operator: Operator, literal: Literal): ValueTest {
  const wanted = readTime(literal);
  return (value) => {
    if (!isTime(value) || value.dated !== wanted.dated) return false;
    const order = value.seconds - wanted.seconds || value.nanoseconds - wanted.nanoseconds;
    return isInOrder(operator, order);
  };
}

function isTime(value: FilterValue): value is Timestamp {
  return typeof value === "object" && !(value instanceof Uint8Array);
}

/** ISO 8601 in UTC, or a time of day. */
function readTime(literal: Literal): Timestamp {
  const [, date, clock = "00:00:00", fraction = "", zone] =
    /^(?:(\d{4}-\d{2}-\d{2})(?:[T ]|$))?(\d{2}:\d{2}(?::\d{2})?)?(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/.exec(
      literal.text,
    ) ?? [];
  const whole = /^\d{2}:\d{2}$/.test(clock) ? `${clock}:00` : clock;
  const parsed = Date.parse(`${date ?? "1970-01-01"}T${whole}${zone ?? "Z"}`);
  if ((date === undefined && !literal.text.includes(":")) || Number.isNaN(parsed)) {
    throw new FilterError(
      `${shown(literal)} is no time: 2026-01-02T03:04:05Z or 03:04:05 is`,
      literal,
    );
  }
  return {
    seconds: parsed / 1000,
    nanoseconds: Number(fraction.slice(1).padEnd(9, "0")),
    dated: date !== undefined,
  };
}

const severities: readonly Severity[] = ["info", "note", "warning", "error"];

function severityTest(operator: Operator, literal: Literal): ValueTest {
  const wanted = severities.find((severity) => severity === literal.text.toLowerCase());
  if (wanted === undefined) {
    throw new FilterError(`${shown(literal)} is none of ${severities.join(", ")}`, literal);
  }
  return (value) => isInOrder(operator, compareSeverity(value as Severity, wanted));
}

function isInOrder(operator: Operator, order: number): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return order === 0;
  }
}

function booleanTest(field: FilterField, operator: Operator, literal: Literal): ValueTest {
  const wanted = { true: true, false: false, "1": true, "0": false }[literal.text.toLowerCase()];
  if (wanted === undefined) {
    throw new FilterError(`${field.id} is true or false, not ${shown(literal)}`, literal);
  }
  refuseOrder(field, operator, literal);
  return (value) => value === wanted;
}

function stringTest(field: FilterField, operator: Operator, literal: Literal): ValueTest {
  // A string that is named after a number of the bytes: `xdlms.service == 0xc4`.
  const number = literal.isQuoted ? undefined : readNumber(literal.text);
  const text = (typeof number === "number" ? field.values?.[number] : undefined) ?? literal.text;
  if (field.words !== undefined && operator === "==" && !field.words.includes(text)) {
    const near = field.words.filter((word) => word.includes(text)).slice(0, 3);
    const hint = near.length > 0 ? `; there are ${near.join(", ")}` : "";
    throw new FilterError(`${field.id} is never ${shown(literal)}${hint}`, literal);
  }
  switch (operator) {
    case "<":
      return (value) => typeof value === "string" && value < text;
    case "<=":
      return (value) => typeof value === "string" && value <= text;
    case ">":
      return (value) => typeof value === "string" && value > text;
    case ">=":
      return (value) => typeof value === "string" && value >= text;
    default:
      return (value) => value === text;
  }
}

function bytesTest(field: FilterField, operator: Operator, literal: Literal): ValueTest {
  // Logical names stand in data, too.
  const isCode = operator === "==" ? findCode(literal) : undefined;
  if (isCode !== undefined) return (value) => value instanceof Uint8Array && isCode(value);
  const wanted = readBytes(field, literal);
  return (value) => value instanceof Uint8Array && isInOrder(operator, compareBytes(value, wanted));
}

/** `7e:a0`, `7e-a0`, `7ea0`; a text in quotes is its characters. */
function readBytes(field: FilterField, literal: Literal): Uint8Array {
  if (literal.isQuoted) return new TextEncoder().encode(literal.text);
  const hex = literal.text.replace(/^0x/i, "");
  const bytes = /^[0-9a-f]{2}([:-][0-9a-f]{2})*$/i.test(hex)
    ? fromHex(hex.replaceAll(/[:-]/g, ""))
    : fromHex(hex);
  if (bytes === undefined || bytes.length === 0) {
    throw new FilterError(
      `${field.id} is bytes, and ${shown(literal)} is none: 7e:a0 or 7ea0 is`,
      literal,
    );
  }
  return bytes;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function codeTest(field: FilterField, operator: Operator, literal: Literal): ValueTest {
  refuseOrder(field, operator, literal);
  const pattern = parseCode(literal);
  return (value) => value instanceof Uint8Array && pattern(value);
}

/** A value of a COSEM object: a number, a text, truth, as the literal is. */
function anyTest(operator: Operator, literal: Literal): ValueTest {
  const { text, isQuoted } = literal;
  const number = isQuoted ? undefined : readNumber(text);
  if (number !== undefined) return comparison(operator, number);
  const truth = { true: true, false: false }[isQuoted ? "" : text.toLowerCase()];
  if (truth !== undefined) return (value) => value === truth;
  return (value) =>
    typeof value === "string" && isInOrder(operator, value < text ? -1 : value > text ? 1 : 0);
}

function refuseOrder(field: FilterField, operator: Operator, literal: Literal): void {
  if (isOrder(operator)) throw new FilterError(`values of ${field.id} have no order`, literal);
}

function isOrder(operator: Operator): operator is Order {
  return operator === "<" || operator === "<=" || operator === ">" || operator === ">=";
}

function containTest(field: FilterField, literal: Literal): ValueTest {
  const { type } = field;
  if (type === "bytes" || type === "code") {
    const wanted = readBytes(field, literal);
    return (value) => value instanceof Uint8Array && holds(value, wanted);
  }
  const wanted = literal.text.toLowerCase();
  return textTest(
    field,
    (text) => text.toLowerCase().includes(wanted),
    () => {
      throw new FilterError(`${field.id} is no text and no bytes: nothing can be in it`, literal);
    },
  );
}

function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  for (let start = 0; start + wanted.length <= bytes.length; start++) {
    if (compareBytes(bytes.subarray(start, start + wanted.length), wanted) === 0) return true;
  }
  return false;
}

function matchTest(field: FilterField, literal: Literal): ValueTest {
  return textTest(field, compileExpression(literal), () => {
    throw new FilterError(`${field.id} is no text: only texts can match an expression`, literal);
  });
}

/** Tests texts, and the words of numbers that have some; `refuse` where there are neither. */
function textTest(
  { type, values }: FilterField,
  test: (text: string) => boolean,
  refuse: () => never,
): ValueTest {
  if (type === "string" || type === "any") {
    return (value) => typeof value === "string" && test(value);
  }
  if (type !== "number" || values === undefined) return refuse();
  const words = new Map(
    Object.entries(values).map(([number, word]) => [Number(number), test(word)]),
  );
  return (value) => typeof value === "number" && words.get(value) === true;
}

function sliceTest(
  field: FilterField,
  slice: Slice,
  operator: Operator,
  literal: Literal,
): ValueTest {
  if (field.type !== "bytes" && field.type !== "code" && field.type !== "string") {
    throw new FilterError(`${field.id} has no parts: only bytes and texts have`, slice);
  }
  const type = field.type === "code" ? "bytes" : field.type;
  const test = testOf({ ...field, type, words: undefined }, undefined, operator, literal);
  return (value) => {
    if (typeof value !== "string" && !(value instanceof Uint8Array)) return false;
    const start = slice.offset < 0 ? value.length + slice.offset : slice.offset;
    const end = slice.length === undefined ? value.length : start + slice.length;
    if (start < 0 || end > value.length) return false;
    return test(typeof value === "string" ? value.slice(start, end) : value.subarray(start, end));
  };
}

function shown({ text, isQuoted }: Literal): string {
  return isQuoted ? JSON.stringify(text) : `'${text}'`;
}
