/** Lines of JSON that hold frames: `{"n":0,"hex":"7ea0...","dir":"C"}`. */

import type { Direction, Timestamp } from "../../decoder/chunk.js";
import { NOWHERE, placesOfHex, unknownPlaces } from "./byte-places.js";
import { skipBlanks } from "./characters.js";
import { directionOfWord } from "./direction.js";
import { readHexRun } from "./hex-run.js";
import { type JsonPlace, placeJson, placesInString } from "./json-places.js";
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
 * `placed`: with the places of the bytes.
 */
export function readJsonLine(text: string, placed: boolean): LinePiece[] | null {
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
  // The items of a list of bytes lie two levels below the object.
  const place = placed ? { text, value: placeJson(text, start, DEEPEST + 2) } : null;
  collect(value, place, 0, null, pieces);
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

/** Where a value stands. */
interface Placed {
  readonly text: string;
  readonly value: JsonPlace | undefined;
}

function memberOf(place: Placed | null, key: string): Placed | null {
  return place === null ? null : { text: place.text, value: place.value?.members?.get(key) };
}

function collect(
  value: unknown,
  place: Placed | null,
  depth: number,
  timeAround: Timestamp | null,
  pieces: LinePiece[],
): void {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return;
  if (pieces.length >= MOST_PIECES) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const inner = place && { text: place.text, value: place.value?.items?.[index] };
      collect(item, inner, depth + 1, timeAround, pieces);
    }
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
      places: place && placesOf(found, memberOf(place, found.key)),
      time,
      direction,
      oddDigit: found.oddDigit,
    });
    return;
  }
  for (const [key, inner] of entries) {
    collect(inner, memberOf(place, key), depth + 1, time, pieces);
  }
}

interface ValueBytes {
  readonly bytes: Uint8Array;
  readonly oddDigit: number | null;
  /** The string that holds them; null for a list of numbers. */
  readonly string: string | null;
}

interface KeyedBytes extends ValueBytes {
  readonly key: string;
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

function asBytes(value: unknown, known: boolean): ValueBytes | null {
  if (typeof value === "string") {
    const start = skipBlanks(value, 0);
    const run = readHexRun(value, start);
    if (run === null || !/^[\s.…]*$/.test(value.slice(run.end))) return null;
    const doubtful = run.decimalOnly || run.lettersOnly;
    if (run.bytes.length < (known ? 1 : doubtful ? 8 : 4)) return null;
    if (known && doubtful && run.bytes.length < 2) return null;
    return { bytes: run.bytes, oddDigit: run.oddDigit, string: value };
  }
  if (!known || !Array.isArray(value) || value.length === 0) return null;
  const bytes = new Uint8Array(value.length);
  for (const [index, item] of value.entries()) {
    if (!Number.isInteger(item) || item < -128 || item > 255) return null;
    bytes[index] = item;
  }
  return { bytes, oddDigit: null, string: null };
}

function placesOf({ bytes, string }: ValueBytes, place: Placed | null): Uint32Array {
  const value = place?.value;
  if (place === null || value === undefined) return unknownPlaces(bytes.length);
  if (string === null) {
    return Uint32Array.from((value.items ?? []).flatMap(({ start, end }) => [start, end]));
  }
  const characters = placesInString(place.text, value.start);
  const inString = placesOfHex(string, 0, string.length, bytes);
  return inString.map((at) => characters[at] ?? NOWHERE);
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
