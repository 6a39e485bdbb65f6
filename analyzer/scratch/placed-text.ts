import { NOWHERE } from "../../captures/text/byte-places.js";

const noPlaces = new Uint32Array(0);

/** A byte of a row. */
export interface RowByte {
  readonly row: number;
  readonly byte: number;
}

/** Characters of a text, the last one not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A text and the bytes in it, found both ways. */
export class PlacedText {
  readonly text: string;
  readonly #places: readonly Uint32Array[];
  /** Numbers of the first bytes of the rows, all bytes counted; made when first asked for. */
  #firsts: Float64Array | undefined;
  /** For each character the number of the byte that it spells, or -1. */
  #numbers: Int32Array | undefined;

  /** `places`: those of each row. */
  constructor(text: string, places: readonly Uint32Array[]) {
    this.text = text;
    this.#places = places;
  }

  places(row: number): Uint32Array {
    return this.#places[row] ?? noPlaces;
  }

  /** The byte that the character at `offset` spells; the first of two frames that share it. */
  at(offset: number): RowByte | undefined {
    const number = this.#numberAt(offset);
    if (number < 0) return undefined;
    const row = this.#rowOf(number);
    return { row, byte: number - (this.#firsts?.[row] ?? 0) };
  }

  /** Whether the character at `offset` belongs to a byte. */
  isByteAt(offset: number): boolean {
    return this.#numberAt(offset) >= 0;
  }

  /**
   * The characters of bytes `start` to `end` of a row, with what stands between them: from the first
   * that is known to the last before bytes of another row. Undefined where no byte is known.
   * `places`: of other bytes that belong to the row.
   */
  range(
    row: number,
    start: number,
    end: number,
    places: Uint32Array = this.places(row),
  ): TextRange | undefined {
    let range: TextRange | undefined;
    for (let byte = start; byte < end && byte * 2 < places.length; byte += 1) {
      const from = places[byte * 2] ?? NOWHERE;
      const to = places[byte * 2 + 1] ?? NOWHERE;
      if (from === NOWHERE) continue;
      if (range === undefined) range = { start: from, end: to };
      else if (from >= range.end) {
        if (this.#isOfOther(row, range.end, from)) return range;
        range = { start: range.start, end: to };
      } else if (to <= range.start) {
        if (this.#isOfOther(row, to, range.start)) return range;
        range = { start: from, end: range.end };
      }
    }
    return range;
  }

  #isOfOther(row: number, start: number, end: number): boolean {
    for (let offset = start; offset < end; offset += 1) {
      const number = this.#numberAt(offset);
      if (number >= 0 && this.#rowOf(number) !== row) return true;
    }
    return false;
  }

  #numberAt(offset: number): number {
    this.#numbers ??= this.#count();
    return this.#numbers[offset] ?? -1;
  }

  #count(): Int32Array {
    const numbers = new Int32Array(this.text.length).fill(-1);
    const firsts = new Float64Array(this.#places.length);
    let number = 0;
    for (const [row, places] of this.#places.entries()) {
      firsts[row] = number;
      for (let at = 0; at < places.length; at += 2, number += 1) {
        const start = places[at] ?? NOWHERE;
        if (start === NOWHERE || numbers[start] !== -1) continue;
        numbers.fill(number, start, places[at + 1] ?? start);
      }
    }
    this.#firsts = firsts;
    return numbers;
  }

  /** The last row that begins at or before the byte of that number. */
  #rowOf(number: number): number {
    const firsts = this.#firsts ?? [];
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((firsts[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
