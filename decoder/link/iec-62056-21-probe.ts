/** Finds messages of IEC 62056-21 in a byte stream. Characters are compared without bit 7. */
import { probeIdentification } from "./identification-message.js";
import { hasEvenParity, isTextByte } from "./seven-bit.js";

export const soh = 0x01;
export const stx = 0x02;
const etx = 0x03;
const eot = 0x04;
export const ack = 0x06;
export const nak = 0x15;
export const slash = 0x2f;

const longestBlock = 64 * 1024;
const longestRequest = 40;

/**
 * Whether a message stands at `at`: its length in bytes, 0 where more bytes are needed to say so,
 * -1 where it cannot be one. An identification with an empty line behind it is a P1 telegram. ACK
 * and NAK alone have the length 1.
 */
export function probeIec6205621(bytes: Uint8Array, at: number, ended: boolean): number {
  const left = bytes.length - at;
  switch ((bytes[at] ?? 0) & 0x7f) {
    case slash: {
      if (left < 2) return 0;
      if (bytes[at + 1] === 0x3f) return probeRequest(bytes, at);
      const length = probeIdentification(bytes, at);
      if (length <= 0) return length;
      const behind = bytes[at + length];
      if (behind === undefined) return ended ? length : 0;
      return (behind & 0x7f) === 0x0d || behind === 0x0a ? -1 : length;
    }
    case ack:
      return probeOptionSelect(bytes, at, ended);
    case nak:
      return 1;
    case soh:
      if (!isCommand(bytes[at + 1], bytes[at + 2])) return -1;
      if (left < 4) return 0;
      if (isBlockEnd(bytes[at + 3] as number)) return left < 5 ? 0 : 5;
      if (((bytes[at + 3] as number) & 0x7f) !== stx) return -1;
      return probeBlock(bytes, at, at + 4);
    case stx:
      return probeBlock(bytes, at, at + 1);
    default:
      return -1;
  }
}

function probeRequest(bytes: Uint8Array, at: number): number {
  const limit = Math.min(bytes.length, at + longestRequest);
  for (let i = at + 2; i < limit; i++) {
    const character = (bytes[i] as number) & 0x7f;
    if (character === 0x0a) return i + 1 - at;
    if (!isTextByte(character)) return -1;
  }
  return limit < at + longestRequest ? 0 : -1;
}

/** ACK V Z Y CR LF; ACK alone where no digit follows. */
function probeOptionSelect(bytes: Uint8Array, at: number, ended: boolean): number {
  for (let i = 1; i < 6; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return ended && i === 1 ? 1 : 0;
    const character = byte & 0x7f;
    if (i === 1 && (character < 0x30 || character > 0x39)) return 1;
    if (i < 4 && (!isTextByte(character) || character < 0x30)) return -1;
    if (i === 4 && character === 0x0a) return 5;
    if (i === 4 && character !== 0x0d) return -1;
    if (i === 5 && character !== 0x0a) return -1;
  }
  return 6;
}

/** A letter and a digit, as far as they are there. */
function isCommand(letter: number | undefined, type: number | undefined): boolean {
  if (letter !== undefined && !"PWREB".includes(String.fromCharCode(letter & 0x7f))) return false;
  return type === undefined || ((type & 0x7f) >= 0x30 && (type & 0x7f) <= 0x39);
}

/** Text from `from` to ETX or EOT, and the BCC; short ones must have it right to be believed. */
function probeBlock(bytes: Uint8Array, at: number, from: number): number {
  const limit = Math.min(bytes.length, at + longestBlock);
  for (let i = from; i < limit; i++) {
    const byte = bytes[i] as number;
    if (isBlockEnd(byte)) {
      const check = bytes[i + 1];
      if (check === undefined) return 0;
      const correct = (check & 0x7f) === computeBlockCheck(bytes, at + 1, i + 1);
      return correct || i - from >= 8 ? i + 2 - at : -1;
    }
    if (!isTextByte(byte & 0x7f) || (byte >= 0x80 && !hasEvenParity(byte))) return -1;
  }
  return limit < at + longestBlock ? 0 : -1;
}

/** ETX or EOT. */
export function isBlockEnd(byte: number): boolean {
  const character = byte & 0x7f;
  return character === etx || character === eot;
}

/**
 * The block check character over `start` to `end`, parity bits left out: every bit makes its column
 * even (ISO 1155).
 */
export function computeBlockCheck(bytes: Uint8Array, start: number, end: number): number {
  let check = 0;
  for (let i = start; i < end; i++) check ^= (bytes[i] as number) & 0x7f;
  return check;
}
