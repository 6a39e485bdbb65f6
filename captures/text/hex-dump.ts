/**
 * Hex dumps with an offset before each row: xxd, hexdump (also without -C), od, tcpdump -X,
 * Wireshark's, with or without the text column. The rows of one dump are one string of bytes.
 */

import { joinPlaces, movePlaces, NOWHERE, placesOfHex, unknownPlaces } from "./byte-places.js";
import { isBlankAt, nibbleAt, skipBlanks } from "./characters.js";
import { type HexRun, readHexRun } from "./hex-run.js";

/** A dump is handed out in parts beyond this. */
const LONGEST_DUMP = 16 * 1024 * 1024;
/** Wider rows are no rows of a dump. */
const WIDEST_ROW = 256;

interface Row {
  /** Blanks before the offset: Wireshark shifts the side that answers. */
  readonly indent: number;
  /** The offset as written. */
  readonly digits: string;
  /** The offset stands apart: a colon or two blanks follow it. */
  readonly apart: boolean;
  /** Null for the row that only ends the dump. */
  readonly run: HexRun | null;
}

/** Collects the rows of one dump after the other. */
export class HexDump {
  #parts: Uint8Array[] = [];
  /** Where they stand; empty where nobody asks. */
  #places: Uint32Array[] = [];
  readonly #placed: boolean;
  #length = 0;
  #first = 0;
  #base: 8 | 10 | 16 | null = null;
  #indent = 0;
  #open = false;
  /** A row of `*` stood here: the row before is repeated up to the next offset. */
  #repeats = false;
  #swapped = false;
  /** Offset that comes next on each side of a conversation, by its indent. */
  readonly #sides = new Map<number, number>();

  /** `placed`: it is asked where the bytes stand. */
  constructor(placed = false) {
    this.#placed = placed;
  }

  get open(): boolean {
    return this.#open;
  }

  /**
   * Begins a dump with this line, which stands at `offset`, if it is a first row. No dump may be
   * open.
   */
  begin(text: string, offset = 0): boolean {
    const row = readRow(text);
    if (row?.run == null || !this.#isFirst(row, row.run)) return false;
    this.#first = Number.parseInt(row.digits, 16);
    this.#base = this.#first === 0 ? null : 16;
    this.#indent = row.indent;
    this.#swapped = isSwapped(row, row.run);
    this.#repeats = false;
    this.#open = true;
    if (this.#first === 0 && row.indent === 0) this.#sides.clear();
    this.#append(row.run, text, offset);
    return true;
  }

  /** Takes the next line; false where it is no row of the open dump. */
  add(text: string, offset = 0): boolean {
    if (text.trim() === "*") {
      this.#repeats = true;
      return true;
    }
    const row = readRow(text);
    if (row === null || this.#length >= LONGEST_DUMP) return false;
    if (row.run === null) return this.#end(row);
    if (row.indent !== this.#indent || !this.#reaches(row.digits)) return false;
    this.#append(row.run, text, offset);
    return true;
  }

  /** The bytes of the open dump, which is closed by that, and where they stand. */
  take(): { bytes: Uint8Array; places: Uint32Array | null } {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part.subarray(0, this.#length - at), at);
      at += part.length;
    }
    if (this.#sides.size > 8) this.#sides.clear();
    this.#sides.set(this.#indent, this.#first + this.#length);
    const places = this.#placed ? joinPlaces(this.#places).subarray(0, bytes.length * 2) : null;
    this.#parts = [];
    this.#places = [];
    this.#length = 0;
    this.#open = false;
    return { bytes, places };
  }

  #append(run: HexRun, text: string, offset: number): void {
    const bytes = this.#swapped ? swapWords(run.bytes) : run.bytes;
    this.#parts.push(bytes);
    if (this.#placed) {
      const places = movePlaces(placesOfHex(text, run.start, run.end, run.bytes), offset);
      this.#places.push(this.#swapped ? swapPlaces(places) : places);
    }
    this.#length += bytes.length;
    this.#repeats = false;
  }

  #isFirst(row: Row, run: HexRun): boolean {
    if (run.bytes.length > WIDEST_ROW) return false;
    const offset = Number.parseInt(row.digits, 16);
    const regular = run.pairs || (run.groups > 1 && run.bytes.length === 2 * run.groups);
    if (offset === 0) {
      // `0000 0001 0010 0001` without a gap is data in groups of four digits.
      return row.apart || run.pairs || row.digits.length > 4;
    }
    if (this.#sides.get(row.indent) === offset && row.apart) return true;
    return row.apart && regular && offset % 8 === 0 && run.bytes.length >= 8 && row.digits !== "";
  }

  /** Whether the offset is the next one; after `*` the gap is filled. */
  #reaches(digits: string): boolean {
    const expected = this.#first + this.#length;
    for (const base of this.#base === null ? ([16, 8, 10] as const) : [this.#base]) {
      const offset = Number.parseInt(digits, base);
      if (offset === expected || (this.#repeats && this.#fill(offset - expected))) {
        if (Number.isNaN(offset) || !isOfBase(digits, base)) continue;
        if (expected > 9) this.#base = base;
        return true;
      }
    }
    return false;
  }

  /** Repeats the last row over so many bytes. */
  #fill(length: number): boolean {
    const last = this.#parts[this.#parts.length - 1];
    if (last === undefined || last.length === 0 || !(length > 0)) return false;
    if (length % last.length !== 0 || this.#length + length > LONGEST_DUMP) return false;
    for (let filled = 0; filled < length; filled += last.length) this.#parts.push(last);
    if (this.#placed) this.#places.push(unknownPlaces(length));
    this.#length += length;
    this.#repeats = false;
    return true;
  }

  /** The offset behind the last row; it tells whether the last word has one byte only. */
  #end(row: Row): boolean {
    if (this.#swapped) {
      for (const base of [16, 8]) {
        if (Number.parseInt(row.digits, base) !== this.#first + this.#length - 1) continue;
        this.#length -= 1;
        return true;
      }
    }
    return this.#reaches(row.digits);
  }
}

function isOfBase(digits: string, base: number): boolean {
  return base === 16 || (base === 10 ? /^\d+$/ : /^[0-7]+$/).test(digits);
}

function readRow(text: string): Row | null {
  const indent = skipBlanks(text, 0);
  let at = indent;
  if (text[at] === "0" && (text[at + 1] === "x" || text[at + 1] === "X")) at += 2;
  const start = at;
  while (at - start <= 16 && nibbleAt(text, at) >= 0) at += 1;
  const digits = text.slice(start, at);
  if (digits.length < 4 || digits.length > 16) return null;
  if (text[at] === "h") at += 1;
  const colon = text[at] === ":";
  if (colon) at += 1;
  const behind = skipBlanks(text, at);
  if (behind >= text.length) return { indent, digits, apart: colon, run: null };
  if (!isBlankAt(text, at)) return null;
  const run = readHexRun(text, behind);
  if (run === null || (run.groups > 1 && run.separator !== " ") || run.marked) return null;
  return { indent, digits, apart: colon || behind - at > 1 || text[at] === "\t", run };
}

/** hexdump and od -x show words of the machine: two bytes, the lower first. */
function isSwapped(row: Row, run: HexRun): boolean {
  return row.digits.length === 7 && !run.pairs && run.bytes.length === 2 * run.groups;
}

function swapWords(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) swapped[at] = bytes[at ^ 1] ?? 0;
  return swapped;
}

function swapPlaces(places: Uint32Array): Uint32Array {
  return places.map((_, at) => places[at ^ 2] ?? NOWHERE);
}
