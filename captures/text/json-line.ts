/** Lines of JSON that hold frames: `{"n":0,"hex":"7ea0...","dir":"C"}`. */

import type { Direction, Timestamp } from "../../decoder/chunk.js";
import { skipBlanks } from "./characters.js";
import { directionOfWord } from "./direction.js";
import { readHexRun } from "./hex-run.js";
import { type LinePiece, plainPiece } from "./line-content.js";
import { readWholeTime } from "./time.js";

/** Keys that mean frames, the likeliest first. */
const byteKeys = [
  "hex",
  "bytes",
  "frame",
  "apdu",
  "pdu",
  "payload",
  "raw",
  "data",
  "telegram",
  "packet",
  "message",
  "msg",
  "buffer",
  "serialreceived",
  "serialsend",
  "received",
  "sent",
  "rx",
  "tx",
  "value",
];
const directionKeys = /^(?:dir|direction|way|side|from|type|mark|flow)$/i;
const timeKeys = /^(?:@?timestamp|time|ts|t|date|datetime|date-time|epoch|at|when)$/i;
const otherKeys =
  /key|password|secret|title|serial(?!received|send)|mac|nonce|hash|uuid|id$|tag$|fcs|crc|obis|version|address|addr$/i;

/** Objects may lie in objects, so deep. */
const DEEPEST = 6;
/** Objects in one line beyond this are cut off, so that a line cannot make endless items. */
const MOST_PIECES = 100_000;

/**
 * Reads the JSON of a line: an object, or an array of objects. Null where the line holds no JSON,
 * or JSON without bytes. Where an object has several hex strings, the likeliest key is taken.
 */
export function readJsonLine(text: string): LinePiece[] | null {
  const start = jsonStart(text);
  if (start < 0) return null;
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  if (end < start) return null;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end + 1));
  } catch {
    return null;
  }
  const pieces: LinePiece[] = [];
  collect(value, 0, null, pieces);
  return pieces.length === 0 ? null : pieces;
}

function jsonStart(text: string): number {
  const brace = text.indexOf("{");
  if (brace < 0) return -1;
  const next = skipBlanks(text, brace + 1);
  if (text[next] !== '"') return -1;
  const first = skipBlanks(text, 0);
  return text[first] === "[" && skipBlanks(text, first + 1) === brace ? first : brace;
}

function collect(
  value: unknown,
  depth: number,
  timeAround: Timestamp | null,
  pieces: LinePiece[],
): void {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return;
  if (pieces.length >= MOST_PIECES) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, depth + 1, timeAround, pieces);
    return;
  }
  const entries = Object.entries(value);
  const time = findTime(entries) ?? timeAround;
  const found = findBytes(entries);
  if (found !== null) {
    const direction = findDirection(entries) ?? directionOfKey(found.key);
    pieces.push({
      ...plainPiece,
      separator: "json",
      bytes: found.bytes,
      time,
      direction,
      oddDigit: found.oddDigit,
    });
    return;
  }
  for (const [, inner] of entries) collect(inner, depth + 1, time, pieces);
}

interface KeyedBytes {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly oddDigit: number | null;
}

function findBytes(entries: readonly (readonly [string, unknown])[]): KeyedBytes | null {
  let best: KeyedBytes | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const [key, value] of entries) {
    const plain = key.toLowerCase().replace(/[^a-z]/g, "");
    const known = byteKeys.indexOf(plain);
    if (known < 0 && otherKeys.test(key)) continue;
    const rank = known < 0 ? byteKeys.length : known;
    if (rank >= bestRank) continue;
    const found = asBytes(value, known >= 0);
    if (found === null) continue;
    best = { key, ...found };
    bestRank = rank;
  }
  return best;
}

function asBytes(
  value: unknown,
  known: boolean,
): { bytes: Uint8Array; oddDigit: number | null } | null {
  if (typeof value === "string") {
    const start = skipBlanks(value, 0);
    const run = readHexRun(value, start);
    if (run === null || !/^[\s.…]*$/.test(value.slice(run.end))) return null;
    const doubtful = run.decimalOnly || run.lettersOnly;
    if (run.bytes.length < (known ? 1 : doubtful ? 8 : 4)) return null;
    if (known && doubtful && run.bytes.length < 2) return null;
    return { bytes: run.bytes, oddDigit: run.oddDigit };
  }
  if (!known || !Array.isArray(value) || value.length === 0) return null;
  const bytes = new Uint8Array(value.length);
  for (const [index, item] of value.entries()) {
    if (!Number.isInteger(item) || item < -128 || item > 255) return null;
    bytes[index] = item;
  }
  return { bytes, oddDigit: null };
}

function findDirection(entries: readonly (readonly [string, unknown])[]): Direction | null {
  for (const [key, value] of entries) {
    if (!directionKeys.test(key) || typeof value !== "string") continue;
    const direction = directionOfWord(value);
    if (direction !== null) return direction;
  }
  return null;
}

/** `SerialReceived`, `tx_hex` */
function directionOfKey(key: string): Direction | null {
  for (const word of key.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/)) {
    if (word.length < 2) continue;
    const direction = directionOfWord(word);
    if (direction !== null) return direction;
  }
  return null;
}

function findTime(entries: readonly (readonly [string, unknown])[]): Timestamp | null {
  for (const [key, value] of entries) {
    if (!timeKeys.test(key)) continue;
    const time =
      typeof value === "string"
        ? readWholeTime(value.trim())
        : typeof value === "number"
          ? timeOfNumber(value)
          : null;
    if (time !== null) return time;
  }
  return null;
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970; small numbers are not dated. */
function timeOfNumber(value: number): Timestamp | null {
  if (!(value >= 0 && value < 1e20)) return null;
  const digits = Number.isInteger(value) && value >= 1e9 ? BigInt(value).toString() : null;
  if (digits !== null) return readWholeTime(digits);
  const seconds = Math.floor(value);
  const nanoseconds = Math.min(999_999_999, Math.round((value - seconds) * 1e6) * 1000);
  return { seconds, nanoseconds, dated: seconds >= 946_684_800 };
}
