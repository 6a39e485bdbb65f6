/**
 * Text that is built as UTF-8 bytes, at once. Frames as JSON or as a tree are kilobytes each, made
 * of small pieces; as strings they would be joined, flattened and encoded one after the other.
 */

import { decodeUtf8 } from "../xdlms/utf8.js";
import { toPrintable } from "./printable.js";

const initialSize = 1 << 16;
/** Below this a loop is faster than the engine's own copy. */
const shortCopy = 12;

const hexDigits = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Both digits of every byte, to be stored at once. */
const hexPairs = Uint16Array.from(
  { length: 256 },
  (_, byte) => ((hexDigits[byte >> 4] as number) << 8) | (hexDigits[byte & 15] as number),
);

/** The bytes of an ASCII text, to be written many times. */
export function toAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export class TextBuffer {
  #bytes = new Uint8Array(initialSize);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** What was written, as a view that the next write may change; the buffer is empty afterwards. */
  take(): Uint8Array {
    const text = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return text;
  }

  /** A copy of what was written from `start` on. */
  copy(start: number): Uint8Array {
    return this.#bytes.slice(start, this.#length);
  }

  /** What was written, as a string; the buffer is empty afterwards. */
  takeString(): string {
    return decodeUtf8(this.take()).text;
  }

  /** Prepared bytes of text. */
  bytes(chunk: Uint8Array): void {
    const size = chunk.length;
    const at = this.#claim(size);
    if (size > shortCopy) {
      this.#bytes.set(chunk, at);
      return;
    }
    const bytes = this.#bytes;
    for (let i = 0; i < size; i++) bytes[at + i] = chunk[i] as number;
  }

  /** Any text. */
  text(text: string): void {
    const size = text.length;
    const at = this.#claim(3 * size);
    const bytes = this.#bytes;
    let end = at;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        this.#length = end;
        this.#wide(text, i);
        return;
      }
      bytes[end++] = code;
    }
    this.#length = end;
  }

  /** Text of a capture, for a terminal: without characters that it would obey. */
  printable(text: string): void {
    const size = text.length;
    const at = this.#claim(size);
    const bytes = this.#bytes;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code >= 0x7f) {
        this.#length = at;
        this.text(toPrintable(text));
        return;
      }
      bytes[at + i] = code;
    }
  }

  /** A text as a JSON string, quoted. */
  jsonString(text: string): void {
    const size = text.length;
    const at = this.#claim(size + 2);
    const bytes = this.#bytes;
    let end = at;
    bytes[end++] = 0x22;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0x7f) {
        this.#length = at;
        this.text(JSON.stringify(text));
        return;
      }
      bytes[end++] = code;
    }
    bytes[end] = 0x22;
  }

  /** Prepared bytes with the last four hex digits of `value` put in at `place`. */
  stamped(chunk: Uint8Array, place: number, value: number): void {
    const at = this.#claim(chunk.length);
    const bytes = this.#bytes;
    bytes.set(chunk, at);
    bytes[at + place] = hexDigits[(value >> 12) & 15] as number;
    bytes[at + place + 1] = hexDigits[(value >> 8) & 15] as number;
    bytes[at + place + 2] = hexDigits[(value >> 4) & 15] as number;
    bytes[at + place + 3] = hexDigits[value & 15] as number;
  }

  /** One ASCII character. */
  byte(code: number): void {
    const at = this.#claim(1);
    this.#bytes[at] = code;
  }

  /** Lower-case hex without spaces. */
  hex(source: Uint8Array, start = 0, end = source.length): void {
    let at = this.#claim(2 * (end - start));
    const view = this.#view;
    for (let i = start; i < end; i++) {
      view.setUint16(at, hexPairs[source[i] as number] as number);
      at += 2;
    }
  }

  /** A whole number below 2^32 in hex, padded with zeros to `width` digits. */
  hexNumber(value: number, width: number): void {
    let digits = width;
    while (digits < 8 && value >= 16 ** digits) digits++;
    const at = this.#claim(digits);
    let rest = value;
    for (let i = digits - 1; i >= 0; i--) {
      this.#bytes[at + i] = hexDigits[rest & 15] as number;
      rest = rest >>> 4;
    }
  }

  /** A number in decimal. */
  number(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
      this.text(String(value));
      return;
    }
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits++;
    let at = this.#claim(digits) + digits;
    let rest = value | 0;
    for (let i = 0; i < digits; i++) {
      const quotient = (rest / 10) | 0;
      this.#bytes[--at] = 0x30 + rest - 10 * quotient;
      rest = quotient;
    }
  }

  /** A whole number of 0 or more in exactly `width` decimal digits, with zeros in front. */
  digits(value: number, width: number): void {
    let at = this.#claim(width) + width;
    const bytes = this.#bytes;
    let rest = value | 0;
    for (let i = 0; i < width; i++) {
      const quotient = (rest / 10) | 0;
      bytes[--at] = 0x30 + rest - 10 * quotient;
      rest = quotient;
    }
  }

  spaces(count: number): void {
    const at = this.#claim(count);
    for (let i = 0; i < count; i++) this.#bytes[at + i] = 0x20;
  }

  /** Spaces until `width` bytes stand behind `start`; none where it is wider already. */
  pad(start: number, width: number): void {
    const missing = start + width - this.#length;
    if (missing > 0) this.spaces(missing);
  }

  /** Puts another text in place of what was written from `start` on. */
  replace(start: number, change: (text: string) => string): void {
    const { text } = decodeUtf8(this.copy(start));
    this.#length = start;
    this.text(change(text));
  }

  /** The rest of a text from its first character beyond ASCII on, as UTF-8. */
  #wide(text: string, from: number): void {
    for (const character of text.slice(from)) {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x80) this.byte(code);
      else if (code < 0x800) this.#sequence(0xc0 | (code >> 6), code, 1);
      else if (code >= 0xd800 && code < 0xe000) this.#sequence(0xef, 0xfffd, 2);
      else if (code < 0x10000) this.#sequence(0xe0 | (code >> 12), code, 2);
      else this.#sequence(0xf0 | (code >> 18), code, 3);
    }
  }

  #sequence(lead: number, code: number, continuations: number): void {
    this.byte(lead);
    for (let i = continuations - 1; i >= 0; i--) this.byte(0x80 | ((code >> (6 * i)) & 0x3f));
  }

  /** Makes room for `size` bytes and returns where they begin. */
  #claim(size: number): number {
    const at = this.#length;
    const end = at + size;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#length = end;
    return at;
  }
}
