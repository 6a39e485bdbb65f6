/**
 * Signs in the bytes of a line that it is not set as its sender is: parity bits that were read as
 * data, an inverted signal. They are told, never acted upon: what was heard is what is recorded.
 */
import { countFrames, findFrames } from "./frame-checks.js";
import { formatCharacterFormat } from "./line-settings.js";
import type { LineSettings } from "./tap-settings.js";

/** Bytes that are looked at behind each opening: what a line is, it shows soon. */
const observedBytes = 256 * 1024;
const windowBytes = 1024;
/** Enough in a row that chance cannot be it: every second byte has even parity. */
const sevenBitRun = 24;
const parityBitsNeeded = 6;
const invertedTextRun = 32;
const leastVariety = 8;
/** New bytes before the last ones are looked at once more. */
const inversionStep = 128;

/** Watches one port. */
export class LineSigns {
  readonly #line: LineSettings;
  readonly #window = new Uint8Array(windowBytes * 2);
  #filled = 0;
  #unseen = 0;
  #left = observedBytes;
  #run = 0;
  #parityBits = 0;

  constructor(line: LineSettings) {
    this.#line = line;
  }

  /** Takes the next bytes; says what they show, each thing once. */
  hear(bytes: Uint8Array): string[] {
    if (this.#left <= 0) return [];
    this.#left -= bytes.length;
    const signs: string[] = [];
    if (this.#showsParityBits(bytes)) {
      const format = formatCharacterFormat(this.#line);
      signs.push(
        `The bytes are characters of 7 data bits and even parity (7E1), read with ${format}: bit 7 is their parity. Set the line to 7E1, or leave it where HDLC follows`,
      );
    }
    const inverted = this.#showsInversion(bytes);
    if (inverted !== undefined) {
      signs.push(
        `The line is inverted, as it seems: ${inverted}. Turn the signal round at the adapter; the bytes are recorded as they come`,
      );
    }
    return signs;
  }

  #showsParityBits(bytes: Uint8Array): boolean {
    if (this.#line.dataBits !== 8 || this.#line.parity !== "none" || this.#run < 0) return false;
    for (const byte of bytes) {
      if (!hasEvenParity(byte) || !isTextCharacter(byte & 0x7f)) {
        this.#run = 0;
        this.#parityBits = 0;
        continue;
      }
      this.#run += 1;
      if (byte >= 0x80) this.#parityBits += 1;
      if (this.#run < sevenBitRun || this.#parityBits < parityBitsNeeded) continue;
      this.#run = -1;
      return true;
    }
    return false;
  }

  /** Looks at the last bytes each time that enough new ones have come. */
  #showsInversion(bytes: Uint8Array): string | undefined {
    if (this.#filled < 0) return undefined;
    for (let at = 0; at < bytes.length; at += windowBytes) {
      const piece = bytes.subarray(at, at + windowBytes);
      if (this.#filled + piece.length > this.#window.length) {
        this.#window.copyWithin(0, this.#filled - windowBytes, this.#filled);
        this.#filled = windowBytes;
      }
      this.#window.set(piece, this.#filled);
      this.#filled += piece.length;
      this.#unseen += piece.length;
      if (this.#unseen < inversionStep) continue;
      this.#unseen = 0;
      const found = findInversion(this.#window.subarray(0, this.#filled));
      if (found === undefined) continue;
      this.#filled = -1;
      return found;
    }
    return undefined;
  }
}

/** Whether all are characters of 7 data bits with even parity in bit 7, and some have it set. */
export function carriesParityBits(bytes: Uint8Array): boolean {
  let isSet = false;
  for (const byte of bytes) {
    if (!hasEvenParity(byte)) return false;
    if (byte >= 0x80) isSet = true;
  }
  return isSet;
}

/**
 * What shows that the bytes are those of an inverted line; undefined where nothing does. The bits
 * may be turned round behind the receiver, so that the complement of each byte is what was sent; or
 * on the wire: then a receiver takes the turned stop bit for a start bit and the turned start bit
 * for data, so that it gets the complement moved up by one bit with a 1 below it. The highest bit
 * sent is lost there, which leaves text.
 */
export function findInversion(bytes: Uint8Array): string | undefined {
  if (countFrames(findFrames(bytes)) > 0) return undefined;
  const frames = findFrames(bytes.map((byte) => ~byte));
  if (countFrames(frames) > 0) return "turned round, the bytes are frames with right checksums";
  // Of one character over and over, such as a ruled line, nothing can be said.
  let run = new Set<number>();
  let length = 0;
  for (const byte of bytes) {
    if ((byte & 1) === 1 && isTextCharacter((~byte >> 1) & 0x7f)) {
      length += 1;
      run.add(byte);
    } else if (length > 0) {
      length = 0;
      run = new Set();
    }
    if (length >= invertedTextRun && run.size >= leastVariety) {
      return "turned round, the signal is text";
    }
  }
  return undefined;
}

function hasEvenParity(byte: number): boolean {
  let ones = byte ^ (byte >> 4);
  ones ^= ones >> 2;
  ones ^= ones >> 1;
  return (ones & 1) === 0;
}

/** Printable, a line end, or a control character of IEC 62056-21. */
function isTextCharacter(character: number): boolean {
  if (character >= 0x20) return character < 0x7f;
  return character === 0x0d || character === 0x0a || character === 0x09 || isControl(character);
}

function isControl(character: number): boolean {
  return (character >= 1 && character <= 3) || character === 0x06 || character === 0x15;
}
