/**
 * Looks for frames that prove themselves by a checksum, in bytes that may be anything: enough to
 * tell whether a line is set right. What is in frames is the decoder's to say.
 */

/** What was found. */
export interface FoundFrames {
  /** With a right frame check sequence (IEC 62056-46). */
  readonly hdlc: number;
  /** With a right checksum (EN 13757-2). */
  readonly mbus: number;
  /** Whole telegrams, their CRC right where they have one (DSMR P1). */
  readonly p1: number;
  /** Messages of IEC 62056-21: requests, identifications, option selects, blocks with a right BCC. */
  readonly iec6205621: number;
}

const hdlcFlag = 0x7e;
const shortestHdlc = 7;

/** Finds frames in `bytes`. Those that are cut off at its ends are not seen. */
export function findFrames(bytes: Uint8Array): FoundFrames {
  let hdlc = 0;
  let mbus = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case hdlcFlag: {
        const length = hdlcLength(bytes, at);
        if (length > 0) hdlc += 1;
        // The closing flag may open the next frame.
        at += Math.max(0, length - 2);
        break;
      }
      case 0x68: {
        const length = mbusLength(bytes, at);
        if (length > 0) mbus += 1;
        at += Math.max(0, length - 1);
        break;
      }
      default:
    }
  }
  const text = toSevenBits(bytes);
  return {
    hdlc,
    mbus,
    p1: countTelegrams(bytes, text),
    iec6205621: countMessages(bytes, text),
  };
}

/** All of them together. */
export function countFrames({ hdlc, mbus, p1, iec6205621 }: FoundFrames): number {
  return hdlc + mbus + p1 + iec6205621;
}

/** With both flags; 0 where there is no whole frame with a right check. */
function hdlcLength(bytes: Uint8Array, at: number): number {
  const high = bytes[at + 1] ?? 0;
  const length = ((high & 0x07) << 8) | (bytes[at + 2] ?? 0);
  const end = at + 1 + length;
  if (high >> 4 !== 0x0a || length < shortestHdlc || bytes[end] !== hdlcFlag) return 0;
  const check = (bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8);
  return frameCheckSequence(bytes, at + 1, end - 2) === check ? length + 2 : 0;
}

/** CRC-16 of ISO/IEC 13239, as HDLC sends it: low byte first. */
export function frameCheckSequence(bytes: Uint8Array, start: number, end: number): number {
  return crc(bytes, start, end, 0xffff, 0x8408) ^ 0xffff;
}

/** Bit by bit: a line's bytes are few. */
function crc(bytes: Uint8Array, start: number, end: number, initial: number, polynomial: number) {
  let remainder = initial;
  for (let at = start; at < end; at++) {
    remainder ^= bytes[at] as number;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >> 1) ^ polynomial : remainder >> 1;
    }
  }
  return remainder;
}

/** 68 L L 68 ... checksum 16. */
function mbusLength(bytes: Uint8Array, at: number): number {
  const length = bytes[at + 1] ?? 0;
  const end = at + 4 + length;
  if (length < 3 || bytes[at + 2] !== length || bytes[at + 3] !== 0x68) return 0;
  if (bytes[end + 1] !== 0x16) return 0;
  let sum = 0;
  for (let i = at + 4; i < end; i++) sum += bytes[i] as number;
  return (sum & 0xff) === bytes[end] ? length + 6 : 0;
}

/**
 * From `/` to `!`: with digits behind it, four or without leading zeros, the CRC-16 (ARC) over all
 * before them must be right; older telegrams have none.
 */
function countTelegrams(bytes: Uint8Array, text: string): number {
  const telegram = /\/[A-Za-z]{3}[^\r\n/!]+\r\n\r\n[^/!]{8,8192}!([\dA-Fa-f]{1,4})?\r\n/g;
  let count = 0;
  for (const { 0: whole, 1: check, index } of text.matchAll(telegram)) {
    const end = index + whole.length - (check?.length ?? 0) - 2;
    if (check === undefined || crc(bytes, index, end, 0, 0xa001) === Number.parseInt(check, 16)) {
      count += 1;
    }
  }
  return count;
}

// Requests, identifications (a P1 telegram has an empty line behind its own), option selects.
const lines =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ACK begins a message.
  /\/\?[\dA-Za-z ]{0,32}!\r\n|\/[A-Za-z]{3}[\dA-I][^\r\n/!]{1,24}\r\n(?!\r)|\x06\d{3}\r\n/g;
// Blocks from SOH or STX to ETX; the check is the byte behind it.
const blocks =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are the protocol.
  /[\x01\x02][^\x01-\x03]{2,8192}(?:\x02[^\x01-\x03]{0,2048})?\x03/g;

function countMessages(bytes: Uint8Array, text: string): number {
  let count = [...text.matchAll(lines)].length;
  for (const { 0: block, index } of text.matchAll(blocks)) {
    if (hasRightBlockCheck(bytes, index, index + block.length)) count += 1;
  }
  return count;
}

/** Every bit of the check behind `end` makes its column even, from behind the start (ISO 1155). */
function hasRightBlockCheck(bytes: Uint8Array, start: number, end: number): boolean {
  let sum = 0;
  for (let at = start + 1; at < end; at++) sum ^= (bytes[at] as number) & 0x7f;
  const check = bytes[end];
  return check !== undefined && (check & 0x7f) === sum;
}

/** The characters without bit 7, one for each byte. */
function toSevenBits(bytes: Uint8Array): string {
  return Buffer.from(bytes.map((byte) => byte & 0x7f)).toString("latin1");
}
