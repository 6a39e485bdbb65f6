/**
 * Telegrams of the consumer port P1 (DSMR P1 companion standard): the data readout of
 * IEC 62056-21 mode D, with a CRC from DSMR 4 on.
 */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { markUndecoded, readLayer } from "../core/layer.js";
import { updateCrc16 } from "./crc16-arc.js";
import { type DataSet, type DataSetValue, decodeDataLine, toCharacters } from "./data-line.js";
import { probeIdentification } from "./identification-message.js";
import { hasEvenParity, isTextByte } from "./seven-bit.js";

const clause = "DSMR P1 companion standard, Representation of P1 telegram";

const F = defineFields("p1", {
  "": { name: "P1 telegram", type: "group", clause },
  identification: { name: "Identification", type: "string", clause },
  emptyLine: { name: "Empty line", type: "string", clause },
  object: { name: "Object", type: "group", clause },
  obis: { name: "OBIS code", type: "string", clause },
  value: { name: "Value", type: "string", clause },
  text: { name: "Text", type: "string", meaning: "Characters that fit no object line" },
  lineEnd: { name: "Line end", type: "string", clause },
  end: { name: "End of telegram", type: "string", clause },
  crc: {
    name: "CRC",
    type: "string",
    meaning: "CRC-16 over everything from / to !, in hex",
    clause,
  },
  padding: { name: "Padding", type: "bytes" },
});

const D = defineDiagnostics("p1", {
  identification: {
    severity: "error",
    group: "malformed",
    message: "The telegram does not begin with an identification line",
    clause,
    check: "Did the capture begin inside the telegram?",
  },
  incomplete: {
    severity: "error",
    group: "incomplete",
    message: "The telegram is cut off",
    clause,
    check: "Does the receiver's buffer hold a whole telegram?",
  },
  "not-text": {
    severity: "error",
    group: "malformed",
    message: "The telegram holds bytes that are no characters",
    clause,
    check: "A ciphered telegram whose beginning is lost, a wrong baud rate, or a damaged line",
  },
  line: {
    severity: "warning",
    group: "malformed",
    message: "The line is no object with its values",
    clause,
    check: "Is the line damaged, or the manufacturer's own?",
  },
  obis: {
    severity: "warning",
    group: "malformed",
    message: "The object's name is no OBIS code",
    clause,
    check: "Is the line damaged, or the manufacturer's own?",
  },
  "crc-mismatch": {
    severity: "error",
    group: "checksum",
    message: "The CRC is wrong",
    clause,
    check: "Characters were damaged or lost, or somebody edited the text",
  },
  "crc-line-ends": {
    severity: "note",
    group: "capture",
    message: "The CRC fits the telegram with CR LF line ends; the recording holds LF only",
  },
  "crc-absent": {
    severity: "info",
    group: "protocol",
    message: "The telegram has no CRC",
    clause,
    check: "DSMR 2.2 and 3.0 have none; later telegrams must have one",
  },
  "crc-short": {
    severity: "note",
    group: "protocol",
    message: "The CRC has less than four digits; leading zeros are missing",
    clause,
  },
  parity: {
    severity: "note",
    group: "capture",
    message: "The characters carry a parity bit, which was taken off",
    check: "Set the receiver to 7E1",
  },
});

/** The values of one telegram. */
export interface P1 {
  /** The first line without its `/`. */
  readonly identification: string;
  /** The version of the standard, of 1-3:0.2.8 or 0-0:96.1.4. */
  readonly version?: string;
  readonly objects: readonly P1Object[];
  /** As written behind the `!`. */
  readonly crc?: string;
  readonly "crc-ok"?: boolean;
}

export interface P1Object {
  /** Six dotted numbers; as written where it is no OBIS code. */
  readonly obis: string;
  readonly values: readonly DataSetValue[];
}

/** More than any telegram has; DSMR allows 1024 characters of text message in it. */
const longestTelegram = 16 * 1024;
const generalGlobalCiphering = 0xdb;
const endMark = 0x21;

/** Whether an identification line begins at `at`, as that of a telegram does. */
export function looksLikeP1(bytes: Uint8Array, at: number): boolean {
  return probeIdentification(bytes, at) > 0;
}

/**
 * Reads one telegram as a layer; nothing is handed over. The ciphered form is a
 * general-glo-ciphering APDU and is handed over as one, without a layer of its own.
 */
export function readP1(c: Cursor): void {
  if (c.peek() === generalGlobalCiphering) c.dissection.handOver(c.take(c.remaining), "apdu");
  else readLayer(c, "p1", F[""], decodeP1);
}

function decodeP1(c: Cursor): void {
  const start = c.offset;
  const bytes = c.bytes.subarray(0, c.end);
  const parity = c.peek() === 0xaf;
  const length = probeIdentification(bytes, start);
  if (length <= 0) c.fail(length < 0 ? D.identification : D.incomplete, start, c.end);
  if (parity) c.report(D.parity, start, c.end);
  const identification = toCharacters(bytes, start + 1, start + length, parity).trimEnd();
  c.leaf(F.identification, length, identification);
  const sets: DataSet[] = [];
  decodeLines(c, bytes, parity, sets);
  const crc = c.remaining > 0 ? decodeEnd(c, start, parity) : undefined;
  const version = findVersion(sets);
  const p1: P1 = {
    identification,
    ...(version === undefined ? {} : { version }),
    objects: sets.map(({ address, values }) => ({
      obis: toDottedObis(address) ?? address,
      values,
    })),
    ...crc,
  };
  c.dissection.link["p1"] = p1;
  if (c.remaining > 0 && isZero(bytes, c.offset)) c.octets(F.padding, c.remaining);
}

/** Everything up to the `!`, or up to what is no text. */
function decodeLines(c: Cursor, bytes: Uint8Array, parity: boolean, sets: DataSet[]): void {
  while (c.remaining > 0 && toCharacter(c.peek(), parity) !== endMark) {
    const end = findLine(bytes, c.offset, parity);
    if (end === c.offset) {
      c.report(D["not-text"], end, c.end);
      markUndecoded(c);
      return;
    }
    decodeLine(c, toCharacters(bytes, c.offset, end, parity), sets);
  }
  if (c.remaining === 0) c.report(D.incomplete, c.end, c.end, "its ! is missing");
}

/** Behind the line end of the line at `at`; at a byte that is no text, at a `!`, or the end. */
function findLine(bytes: Uint8Array, at: number, parity: boolean): number {
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (!isTelegramByte(byte, parity)) return i;
    const character = toCharacter(byte, parity);
    if (character === 0x0a) return i + 1;
    if (character === endMark) return i;
  }
  return bytes.length;
}

function decodeLine(c: Cursor, text: string, sets: DataSet[]): void {
  const line = text.replace(/\r?\n?$/, "");
  if (line === "") {
    c.leaf(F.emptyLine, text.length, text);
    return;
  }
  c.open(F.object);
  const start = c.offset;
  const known = sets.length;
  const rest = decodeDataLine(c, line, { address: F.obis, value: F.value, text: F.text }, sets);
  if (rest !== "") c.report(D.line, c.offset - rest.length, c.offset, JSON.stringify(rest));
  for (const { address } of sets.slice(known)) {
    if (toDottedObis(address) === undefined) {
      c.report(D.obis, start, start + address.length, JSON.stringify(address));
    }
  }
  if (text.length > line.length)
    c.leaf(F.lineEnd, text.length - line.length, text.slice(line.length));
  c.close();
}

/** `!`, the CRC and the line end. */
function decodeEnd(c: Cursor, start: number, parity: boolean): Partial<P1> {
  c.leaf(F.end, 1, "!");
  const from = c.offset;
  let length = 0;
  while (length < 4 && isHexDigit(toCharacter(c.peek(length), parity))) length += 1;
  const crc = toCharacters(c.bytes, from, from + length, parity);
  let correct: boolean | undefined;
  if (length === 0) c.report(D["crc-absent"], from - 1, from);
  else correct = decodeCrc(c, start, crc, parity);
  const first = toCharacter(c.peek(), parity);
  const second = toCharacter(c.peek(1), parity);
  const ending = first === 0x0d && second === 0x0a ? 2 : first === 0x0a ? 1 : 0;
  if (ending > 0) c.leaf(F.lineEnd, ending, ending === 2 ? "\r\n" : "\n");
  else if (c.remaining < 2) c.report(D.incomplete, c.offset, c.end, "its last line end is missing");
  return correct === undefined ? {} : { crc, "crc-ok": correct };
}

function decodeCrc(c: Cursor, start: number, crc: string, parity: boolean): boolean {
  const from = c.offset;
  const written = Number.parseInt(crc, 16);
  const expected = computeCrc(c.bytes, start, from, parity, false);
  c.leaf(F.crc, crc.length, crc);
  if (crc.length < 4) c.report(D["crc-short"], from, c.offset, crc);
  if (written === expected) return true;
  if (written === computeCrc(c.bytes, start, from, parity, true)) {
    c.report(D["crc-line-ends"], from, c.offset);
    return true;
  }
  const text = expected.toString(16).toUpperCase().padStart(4, "0");
  c.report(D["crc-mismatch"], from, c.offset, `${crc} there, ${text} computed`);
  if (c.recording) c.note(`wrong, expected ${text}`);
  return false;
}

/** The CRC of `/` to `!`; with `restore`, as if every LF had its CR. */
function computeCrc(
  bytes: Uint8Array,
  start: number,
  end: number,
  parity: boolean,
  restore: boolean,
): number {
  let crc = 0;
  let previous = 0;
  for (let i = start; i < end; i++) {
    const character = toCharacter(bytes[i], parity);
    if (restore && character === 0x0a && previous !== 0x0d) crc = updateCrc16(crc, 0x0d);
    crc = updateCrc16(crc, character);
    previous = character;
  }
  return crc;
}

function findVersion(sets: readonly DataSet[]): string | undefined {
  const set = sets.find(({ address }) => address === "1-3:0.2.8" || address === "0-0:96.1.4");
  return set?.values[0]?.value;
}

/** `1-0:1.8.1*255` as 1.0.1.8.1.255; what is not written is 255. */
function toDottedObis(address: string): string | undefined {
  const parts = /^(\d{1,3})-(\d{1,3}):(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[*.&](\d{1,3}))?$/.exec(
    address,
  );
  if (parts === null) return undefined;
  const numbers = parts.slice(1).map((part) => (part === undefined ? 255 : Number(part)));
  return numbers.every((number) => number <= 255) ? numbers.join(".") : undefined;
}

function isHexDigit(character: number): boolean {
  return (
    (character >= 0x30 && character <= 0x39) ||
    (character >= 0x41 && character <= 0x46) ||
    (character >= 0x61 && character <= 0x66)
  );
}

/** Without the parity bit; -1 where there is none. */
function toCharacter(byte: number | undefined, parity: boolean): number {
  if (byte === undefined) return -1;
  return parity ? byte & 0x7f : byte;
}

function isTelegramByte(byte: number, parity: boolean): boolean {
  return parity ? hasEvenParity(byte) && isTextByte(byte & 0x7f) : isTextByte(byte);
}

function isZero(bytes: Uint8Array, start: number): boolean {
  for (let i = start; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}

/**
 * Whether a telegram stands at `at`: its length in bytes, 0 where more bytes are needed to say so,
 * -1 where it cannot be one. A telegram that breaks off (another begins, or no text follows) has
 * the length up to there.
 */
export function probeP1(bytes: Uint8Array, at: number): number {
  const identification = probeIdentification(bytes, at);
  if (identification <= 0) return identification;
  const parity = bytes[at] === 0xaf;
  let i = at + identification;
  if (toCharacter(bytes[i], parity) === 0x0d) i += 1;
  if (i >= bytes.length) return 0;
  if (toCharacter(bytes[i], parity) !== 0x0a) return -1;
  const limit = Math.min(bytes.length, at + longestTelegram);
  for (i += 1; i < limit; i++) {
    const byte = bytes[i] as number;
    if (!isTelegramByte(byte, parity)) return i - at;
    const character = toCharacter(byte, parity);
    if (character === endMark) return probeEnd(bytes, at, i + 1, parity);
    if (character === 0x2f && toCharacter(bytes[i - 1], parity) === 0x0a) return i - at;
  }
  return limit < bytes.length ? limit - at : 0;
}

/** The length with the CRC and the line end, which begin at `i`. */
function probeEnd(bytes: Uint8Array, at: number, i: number, parity: boolean): number {
  let end = i;
  while (end < i + 4 && isHexDigit(toCharacter(bytes[end], parity))) end += 1;
  if (toCharacter(bytes[end], parity) === 0x0d) end += 1;
  if (end >= bytes.length) return 0;
  return (toCharacter(bytes[end], parity) === 0x0a ? end + 1 : end) - at;
}
