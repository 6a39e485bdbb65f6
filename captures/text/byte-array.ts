/** Lists of numbers: `[162, 67, 65, 8]`, `{0x7E, 0xA0}`, `[7E A0]`, `<<126,160>>`, `[126 160]`. */

import { unknownPlaces } from "./byte-places.js";
import { isWordAt, nibbleAt, skipBlanks } from "./characters.js";
import type { FoundBytes } from "./found-bytes.js";

const closers = new Map([
  ["[", "]"],
  ["{", "}"],
  ["(", ")"],
  ["<", ">"],
]);

interface Items {
  /** As written, with their `0x`. */
  readonly items: string[];
  /** Where each of them begins. */
  readonly starts: number[];
  readonly end: number;
  readonly closed: boolean;
  readonly commas: boolean;
}

/**
 * Finds the first list in brackets that has at least two items, all of them bytes. `placed`: with
 * their places.
 */
export function findByteArray(text: string, placed: boolean): FoundBytes | null {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x5b && code !== 0x7b && code !== 0x28 && code !== 0x3c) continue;
    const closer = closers.get(text.charAt(at)) ?? "";
    const list = readItems(text, at + 1, closer);
    if (list === null) continue;
    const found = asBytes(list, at, closer, placed);
    if (found !== null) return found;
  }
  return null;
}

/** Reads what goes on with a list that an earlier line began; null where this line does not. */
export function continueByteArray(text: string, base: 10 | 16, placed: boolean): FoundBytes | null {
  const start = skipBlanks(text, 0);
  const list = readItems(text, start, "");
  if (list === null || list.items.length === 0) return null;
  const bytes = toBytes(list.items, base);
  return bytes === null ? null : found(list, start, bytes, list.closed ? null : base, placed);
}

/** Items up to the closer; with an empty closer any will do. Null where something else comes. */
function readItems(text: string, start: number, closer: string): Items | null {
  const items: string[] = [];
  const starts: number[] = [];
  let commas = false;
  let at = skipBlanks(text, start);
  let afterComma = true;
  while (at < text.length) {
    const mark = text.charAt(at);
    const closes = closer === "" ? "]})>;".includes(mark) : mark === closer;
    if (closes) return { items, starts, end: at + 1, closed: true, commas };
    if (mark === ",") {
      if (afterComma) return null;
      commas = true;
      afterComma = true;
      at = skipBlanks(text, at + 1);
      continue;
    }
    if (text.startsWith("//", at) || text.startsWith("/*", at)) break;
    if (commas && !afterComma) return null;
    const item = readItem(text, at);
    if (item === null) return null;
    items.push(item.text);
    starts.push(item.end - item.text.length);
    afterComma = false;
    at = skipBlanks(text, item.end);
  }
  if (!afterComma || items.length === 0) return null;
  return { items, starts, end: at, closed: false, commas };
}

/** A number; Java writes `(byte)0xA0` for those above 127. */
function readItem(text: string, start: number): { text: string; end: number } | null {
  const at = text.startsWith("(byte)", start) ? skipBlanks(text, start + 6) : start;
  let end = at;
  if (text[end] === "-") end += 1;
  if (text[end] === "0" && (text[end + 1] === "x" || text[end + 1] === "X")) end += 2;
  while (end < at + 5 && nibbleAt(text, end) >= 0) end += 1;
  if (end === at || isWordAt(text, end)) return null;
  return { text: text.slice(at, end), end };
}

function asBytes(list: Items, start: number, closer: string, placed: boolean): FoundBytes | null {
  const { items, commas, closed } = list;
  if (items.length < 2) return null;
  const marked = items.some((item) => /^0[xX]/.test(item));
  // Round and pointed brackets are common in prose and in code.
  if (closer === ")" && !marked) return null;
  if (closer === ">" && !marked && !commas && !items.some(isHexOnly)) return null;
  const base = marked || items.some(isHexOnly) || (!commas && items.every(isPair)) ? 16 : 10;
  const bytes = toBytes(items, base);
  if (bytes === null) return null;
  return found(list, start, bytes, closed ? null : base, placed);
}

/** `7E` and `07` are hex; `12` may be either. */
function isHexOnly(item: string): boolean {
  return /^(?:0[xX])?[0-9A-Fa-f]{2}$/.test(item) && /[A-Fa-fxX]|^0\d/.test(item);
}

function isPair(item: string): boolean {
  return /^[0-9A-Fa-f]{2}$/.test(item);
}

function toBytes(items: readonly string[], base: 10 | 16): Uint8Array | null {
  const bytes = new Uint8Array(items.length);
  for (const [index, item] of items.entries()) {
    const hex = /^(?:0[xX])?([0-9A-Fa-f]{1,2})$/.exec(item);
    const decimal = /^-?\d{1,3}$/.test(item) ? Number(item) : Number.NaN;
    const value = base === 16 ? Number.parseInt(hex?.[1] ?? "", 16) : decimal;
    if (!(value >= -128 && value <= 255)) return null;
    bytes[index] = value & 0xff;
  }
  return bytes;
}

function found(
  list: Items,
  start: number,
  bytes: Uint8Array,
  openBase: 10 | 16 | null,
  placed: boolean,
): FoundBytes {
  const marked = list.items.some((item) => /^0[xX]/.test(item));
  return {
    start,
    end: list.end,
    bytes,
    nature: marked ? "certain" : "plain",
    groups: bytes.length,
    pairs: false,
    separator: "brackets",
    oddDigit: null,
    openBase,
    places: placed ? placesOf(list) : null,
  };
}

function placesOf({ items, starts }: Items): Uint32Array {
  const places = unknownPlaces(items.length);
  for (const [index, start] of starts.entries()) {
    places[index * 2] = start;
    places[index * 2 + 1] = start + (items[index]?.length ?? 0);
  }
  return places;
}
