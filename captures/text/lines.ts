/** A line of a log: its words, and where they stand in the file. */
export interface LogLine {
  readonly text: string;
  /** Offset of the line's first byte in the file. */
  readonly offset: number;
  /** The line was too long and cut; this is what follows on the piece before it. */
  readonly continued: boolean;
}

/** Room for 16 MiB written as `7E A0 ...`. Longer lines are cut, between two bytes. */
export const LONGEST_LINE = 48 * 1024 * 1024;

/** How far back from the cut a separator is looked for. */
const CUT_SEARCH = 64;

const LF = 0x0a;
const CR = 0x0d;

const nothing = new Uint8Array(0);

type Encoding = "single" | "utf-16le" | "utf-16be";

/**
 * Cuts bytes into lines (LF, CR LF or CR) and decodes them: UTF-16 where a byte order mark says so,
 * else UTF-8, and line by line Latin-1 where the bytes are not UTF-8. Memory is bounded by the
 * longest line; any chunking of the bytes gives the same lines.
 */
export class LineSplitter {
  readonly #longest: number;
  #utf16: InstanceType<typeof TextDecoder> | null = null;
  #encoding: Encoding | null = null;
  #pieces: Uint8Array[] = [];
  /** Of the pieces. */
  #length = 0;
  /** Where the pieces begin in the file. */
  #offset = 0;
  #half: Uint8Array = nothing;
  /** The last line ended with CR: an LF that follows belongs to it. */
  #afterCr = false;
  #continued = false;

  /** `longest` in bytes, at least 128. */
  constructor(longest = LONGEST_LINE) {
    this.#longest = longest & ~1;
  }

  push(bytes: Uint8Array): LogLine[] {
    const lines: LogLine[] = [];
    if (this.#encoding !== null) {
      this.#scan(bytes, lines);
      return lines;
    }
    this.#keep(bytes);
    if (this.#length >= 3) this.#scan(this.#begin(), lines);
    return lines;
  }

  /** What stands behind the last line end is a line, too. */
  finish(): LogLine[] {
    const lines: LogLine[] = [];
    if (this.#encoding === null) this.#scan(this.#begin(), lines);
    this.#keep(this.#half);
    this.#half = nothing;
    if (this.#length > 0) this.#emit(this.#join(), lines);
    return lines;
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes.slice());
    this.#length += bytes.length;
  }

  #join(): Uint8Array {
    const first = this.#pieces[0];
    let joined = first ?? nothing;
    if (this.#pieces.length > 1) {
      joined = new Uint8Array(this.#length);
      let at = 0;
      for (const piece of this.#pieces) {
        joined.set(piece, at);
        at += piece.length;
      }
    }
    this.#pieces = [];
    this.#length = 0;
    return joined;
  }

  /** Reads the byte order mark; returns what follows it. */
  #begin(): Uint8Array {
    const head = this.#join();
    const [a, b, c] = head;
    let mark = 0;
    this.#encoding = "single";
    if (a === 0xef && b === 0xbb && c === 0xbf) mark = 3;
    else if (a === 0xff && b === 0xfe) {
      this.#encoding = "utf-16le";
      mark = 2;
    } else if (a === 0xfe && b === 0xff) {
      this.#encoding = "utf-16be";
      mark = 2;
    }
    if (this.#encoding !== "single") this.#utf16 = new TextDecoder(this.#encoding);
    this.#offset = mark;
    return head.subarray(mark);
  }

  #scan(bytes: Uint8Array, lines: LogLine[]): void {
    const wide = this.#encoding !== "single";
    const units = wide ? this.#wholeUnits(bytes) : bytes;
    const step = wide ? 2 : 1;
    const low = this.#encoding === "utf-16be" ? 1 : 0;
    let start = 0;
    for (let at = 0; at < units.length; at += step) {
      const unit = units[at + low];
      if (unit !== LF && unit !== CR) continue;
      if (wide && units[at + 1 - low] !== 0) continue;
      const endsCr = unit === LF && this.#afterCr && at === start && this.#length === 0;
      if (!endsCr) this.#finishLine(units.subarray(start, at), lines);
      this.#offset += step;
      this.#afterCr = unit === CR;
      start = at + step;
    }
    this.#keep(units.subarray(start));
    while (this.#length > this.#longest) this.#keep(this.#cut(this.#join(), lines));
  }

  /** Keeps back the first half of a unit of UTF-16 whose second half is still to come. */
  #wholeUnits(bytes: Uint8Array): Uint8Array {
    const joined = new Uint8Array(this.#half.length + bytes.length);
    joined.set(this.#half);
    joined.set(bytes, this.#half.length);
    const whole = joined.length & ~1;
    this.#half = joined.subarray(whole);
    return joined.subarray(0, whole);
  }

  #finishLine(tail: Uint8Array, lines: LogLine[]): void {
    if (this.#length === 0) {
      this.#emit(tail, lines);
      return;
    }
    this.#keep(tail);
    this.#emit(this.#join(), lines);
  }

  /** Hands out a whole line, in pieces where it is too long. */
  #emit(line: Uint8Array, lines: LogLine[]): void {
    let rest = line;
    while (rest.length > this.#longest) rest = this.#cut(rest, lines);
    lines.push({ text: this.#decode(rest), offset: this.#offset, continued: this.#continued });
    this.#offset += rest.length;
    this.#continued = false;
  }

  /** Hands out the beginning of a line that is too long; returns the rest. */
  #cut(line: Uint8Array, lines: LogLine[]): Uint8Array {
    const at = this.#cutPosition(line);
    const text = this.#decode(line.subarray(0, at));
    lines.push({ text, offset: this.#offset, continued: this.#continued });
    this.#offset += at;
    this.#continued = true;
    return line.subarray(at);
  }

  #cutPosition(line: Uint8Array): number {
    const step = this.#encoding === "single" ? 1 : 2;
    const low = this.#encoding === "utf-16be" ? 1 : 0;
    const limit = this.#longest;
    for (let at = limit; at > limit - CUT_SEARCH; at -= step) {
      const unit = line[at - step + low];
      if (unit === 0x20 || unit === 0x2c || unit === 0x09) return at;
    }
    let digits = 0;
    while (digits * step < limit && isHexDigit(line[limit - (digits + 1) * step + low]))
      digits += 1;
    return digits % 2 === 0 ? limit : limit - step;
  }

  #decode(bytes: Uint8Array): string {
    if (this.#utf16 !== null) return this.#utf16.decode(bytes);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let high = 0;
    for (let at = 0; at < bytes.length; at += 1) high |= bytes[at] ?? 0;
    if (high < 0x80) return buffer.toString("latin1");
    const text = buffer.toString("utf8");
    return text.includes("\ufffd") ? buffer.toString("latin1") : text;
  }
}

/**
 * The lines of a text that is there as a whole, cut where `LineSplitter` cuts them. Offsets count
 * UTF-16 units; a byte order mark belongs to no line.
 */
export function* splitText(text: string): Generator<LogLine> {
  const end = /\r\n|[\r\n]/g;
  let start = text.startsWith("\ufeff") ? 1 : 0;
  end.lastIndex = start;
  for (let found = end.exec(text); found !== null; found = end.exec(text)) {
    yield { text: text.slice(start, found.index), offset: start, continued: false };
    start = end.lastIndex;
  }
  if (start < text.length) yield { text: text.slice(start), offset: start, continued: false };
}

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
