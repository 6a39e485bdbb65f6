/** Byte strings as programming languages write them: `b'~\xa0\x07'`, `"\x7e\xa0"`. */

import { isWordAt, nibbleAt, skipBlanks } from "./characters.js";
import type { FoundBytes } from "./found-bytes.js";
import { readHexRun } from "./hex-run.js";

interface Literal {
  readonly end: number;
  readonly bytes: number[];
  /** First character of each byte, and the one behind it; undefined where nobody asked. */
  readonly places: number[] | undefined;
  /** Of the kind that only bytes have: `\xHH` and octal. */
  readonly escapes: number;
}

const single = new Map([
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["a", 0x07],
  ["b", 0x08],
  ["f", 0x0c],
  ["v", 0x0b],
  ["e", 0x1b],
  ["\\", 0x5c],
  ["'", 0x27],
  ['"', 0x22],
]);

/**
 * Finds the first byte string of a line that is not empty. One without the prefix `b` must have
 * `\x` in it; neighbours with blanks between them are one. A string that is not closed reaches to
 * the end of the line. `placed`: with the places of the bytes.
 */
export function findByteLiteral(text: string, placed: boolean): FoundBytes | null {
  const escaped = text.indexOf("\\x") >= 0 || text.indexOf("\\u00") >= 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x22 && code !== 0x27) continue;
    const quote = text.charAt(at);
    const prefix = prefixLength(text, at);
    if (prefix === 0 && !escaped) continue;
    const found = readNeighbours(text, at, quote, placed);
    if (found === null) continue;
    const accepted = acceptLiteral(found, at - prefix, prefix > 0);
    if (accepted !== null) return accepted;
    at = found.end - 1;
  }
  return escaped ? findUnquoted(text, placed) : null;
}

/** Length of `b`, `B`, `rb` ... before the quote. */
function prefixLength(text: string, quote: number): number {
  let start = quote;
  while (start > 0 && quote - start < 2 && "bBrR".includes(text.charAt(start - 1))) start -= 1;
  if (start === quote || (start > 0 && isWordAt(text, start - 1))) return 0;
  return text.slice(start, quote).toLowerCase().includes("b") ? quote - start : 0;
}

function readNeighbours(text: string, at: number, quote: string, placed: boolean): Literal | null {
  const first = readLiteral(text, at + 1, quote, placed);
  if (first === null) return null;
  let { end, escapes } = first;
  for (;;) {
    let next = skipBlanks(text, end);
    if (text[next] === "b" && text[next + 1] === quote) next += 1;
    if (text[next] !== quote || text[next - 1] === ",") break;
    const neighbour = readLiteral(text, next + 1, quote, placed);
    if (neighbour === null || neighbour.escapes === 0) break;
    for (const byte of neighbour.bytes) first.bytes.push(byte);
    for (const place of neighbour.places ?? []) first.places?.push(place);
    escapes += neighbour.escapes;
    end = neighbour.end;
  }
  return { ...first, end, escapes };
}

/** Reads up to the closing quote or the end of the line; null where it is no byte string. */
function readLiteral(text: string, start: number, quote: string, placed: boolean): Literal | null {
  const bytes: number[] = [];
  const places: number[] | undefined = placed ? [] : undefined;
  let escapes = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      const escaped = readEscape(text, at + 1);
      if (escaped === null) {
        bytes.push(code);
        at += 1;
        places?.push(at - 1, at);
        continue;
      }
      bytes.push(escaped.byte);
      escapes += escaped.numeric ? 1 : 0;
      places?.push(at, escaped.end);
      at = escaped.end;
      continue;
    }
    at += 1;
    if (quote !== "" && text[at - 1] === quote) return { end: at, bytes, places, escapes };
    if (code > 0xff) return null;
    bytes.push(code);
    places?.push(at - 1, at);
  }
  return { end: at, bytes, places, escapes };
}

/** What follows a backslash; null where that is no escape (a backslash at the end, `\d`). */
function readEscape(
  text: string,
  at: number,
): { byte: number; end: number; numeric: boolean } | null {
  const letter = text.charAt(at);
  if (letter === "x" || letter === "u") {
    const digits = letter === "u" && text.startsWith("00", at + 1) ? at + 3 : at + 1;
    if (letter === "u" && digits === at + 1) return null;
    const high = nibbleAt(text, digits);
    const low = nibbleAt(text, digits + 1);
    if (high < 0 || low < 0) return null;
    return { byte: (high << 4) | low, end: digits + 2, numeric: true };
  }
  let end = at;
  let octal = 0;
  while (end < at + 3 && /[0-7]/.test(text.charAt(end))) {
    octal = octal * 8 + Number(text[end]);
    end += 1;
  }
  if (end > at) return octal > 255 ? null : { byte: octal, end, numeric: true };
  const byte = single.get(letter);
  return byte === undefined ? null : { byte, end: at + 1, numeric: false };
}

function acceptLiteral(literal: Literal, start: number, prefixed: boolean): FoundBytes | null {
  const { bytes, places, escapes, end } = literal;
  if (bytes.length === 0) return null;
  const hexlified = prefixed && escapes === 0 ? hexlifiedBytes(bytes) : null;
  if (!prefixed && escapes < 2) return null;
  // `b'OK'` may be prose about a program; with an escape or a flag it is what went over a line.
  if (prefixed && escapes === 0 && hexlified === null && bytes[0] !== 0x7e) return null;
  if (hexlified !== null) return found(start, end, hexlified, places?.filter(isOfWholeByte));
  return found(start, end, Uint8Array.from(bytes), places);
}

/** Of the places of two digits each: where the first begins and where the second ends. */
function isOfWholeByte(_: number, index: number): boolean {
  return index % 4 === 0 || index % 4 === 3;
}

/** `b'7ea007...'`: what `hexlify` returns. */
function hexlifiedBytes(characters: readonly number[]): Uint8Array | null {
  if (characters.length < 4 || characters.length % 2 === 1) return null;
  let text = "";
  for (const character of characters) text += String.fromCharCode(character);
  const run = readHexRun(text, 0);
  return run !== null && run.end === text.length && run.groups === 1 ? run.bytes : null;
}

/** `\x7e\xa0#\x03` without quotes; pure `\x` groups are left to the hex run. */
function findUnquoted(text: string, placed: boolean): FoundBytes | null {
  const start = text.indexOf("\\x");
  if (start < 0) return null;
  const end = text.trimEnd().length;
  const run = readHexRun(text, start);
  if (run !== null && skipBlanks(text, run.end) >= end) return null;
  if (/["']/.test(text.charAt(start - 1))) return null;
  const literal = readLiteral(text.slice(0, end), start, "", placed);
  if (literal === null || literal.escapes < 2) return null;
  if (literal.escapes * 8 < end - start) return null;
  return found(start, end, Uint8Array.from(literal.bytes), literal.places);
}

function found(
  start: number,
  end: number,
  bytes: Uint8Array,
  places: readonly number[] | undefined,
): FoundBytes {
  const shape = { groups: 1, pairs: false, separator: "quotes", oddDigit: null };
  const placed = places === undefined ? null : Uint32Array.from(places);
  return { start, end, bytes, nature: "certain", ...shape, openBase: null, places: placed };
}
