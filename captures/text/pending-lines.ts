/** Bytes of lines that go on in the next one. */

import type { Direction, Timestamp } from "../../decoder/chunk.js";
import { joinPlaces, movePlaces, NOWHERE } from "./byte-places.js";
import { nibbleAt } from "./characters.js";
import type { LinePiece } from "./line-content.js";
import type { LogLine } from "./lines.js";

/** Lines that go on are handed out in parts beyond this. */
const LONGEST_JOINED = 16 * 1024 * 1024;

export interface PendingSource {
  readonly time: Timestamp | null;
  readonly direction: Direction | null;
  readonly arrow: LinePiece["arrow"];
  readonly comment: string | null;
  readonly linkType: number;
}

/** A piece of a line, and those that go on with it. */
export class PendingLines {
  readonly source: PendingSource;
  /** Offset of the first line. */
  readonly position: number;
  goesOn: LinePiece["goesOn"];
  oddDigit: number | null;
  /** Offset of the last line. */
  lastOffset: number;
  readonly #parts: Uint8Array[];
  readonly #places: Uint32Array[] = [];
  #length: number;
  #last: { readonly line: LogLine; readonly places: Uint32Array | null };

  constructor(line: LogLine, piece: LinePiece, source: PendingSource) {
    this.source = source;
    this.position = line.offset;
    this.lastOffset = line.offset;
    this.goesOn = piece.goesOn;
    this.oddDigit = piece.oddDigit;
    this.#parts = [piece.bytes];
    this.#length = piece.bytes.length;
    if (piece.places !== null) this.#places.push(movePlaces(piece.places, line.offset));
    this.#last = { line, places: piece.places };
  }

  /** Whether something is still to come. */
  get open(): boolean {
    return this.goesOn !== null || this.oddDigit !== null;
  }

  /** Joins the piece of the next line; false where it does not belong to those before. */
  join(line: LogLine, piece: LinePiece): boolean {
    if (!this.open || this.#length + piece.bytes.length > LONGEST_JOINED) return false;
    if (this.oddDigit !== null) {
      if (piece.leadingDigit === null) return false;
      this.#parts.push(Uint8Array.of((this.oddDigit << 4) | piece.leadingDigit));
      this.#length += 1;
      if (piece.places !== null) this.#places.push(this.#placeDigits(line, piece));
    }
    this.#parts.push(piece.bytes);
    this.#length += piece.bytes.length;
    if (piece.places !== null) this.#places.push(movePlaces(piece.places, line.offset));
    this.#last = { line, places: piece.places };
    this.goesOn = piece.goesOn;
    this.oddDigit = piece.oddDigit;
    this.lastOffset = line.offset;
    return true;
  }

  bytes(): Uint8Array {
    const [first] = this.#parts;
    if (first !== undefined && this.#parts.length === 1) return first;
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** Where the bytes stand; null where nobody asked. */
  places(): Uint32Array | null {
    const [first] = this.#places;
    if (first === undefined) return null;
    return this.#places.length === 1 ? first : joinPlaces(this.#places);
  }

  /** The byte whose digits end one line and begin the next: known where nothing lies between. */
  #placeDigits(line: LogLine, piece: LinePiece): Uint32Array {
    const before = this.#last;
    const rest = before.line.text.slice(before.places?.at(-1) ?? 0);
    const start = piece.places?.[0] ?? 0;
    const prefix = line.text.slice(0, start);
    const digit = /^\s*[0-9A-Fa-f]\s*$/.test(rest) && nibbleAt(rest.trim(), 0);
    const next = /^\s*[0-9A-Fa-f]\s*$/.test(prefix) && nibbleAt(prefix.trim(), 0);
    if (digit !== this.oddDigit || next !== piece.leadingDigit) {
      return Uint32Array.of(NOWHERE, NOWHERE);
    }
    return Uint32Array.of(
      before.line.offset + before.line.text.length - rest.trimStart().length,
      line.offset + prefix.trimEnd().length,
    );
  }
}
