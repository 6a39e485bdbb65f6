/** Columns of numbers that grow without copying what is there: for tables of millions of rows. */

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const segmentBits = 16;
const segmentLength = 1 << segmentBits;
const within = segmentLength - 1;

/** A column of one type of number. Rows that were never set are 0. */
export class Column {
  readonly #create: (length: number) => TypedArray;
  readonly #segments: (TypedArray | undefined)[] = [];
  /** Segments before it are forgotten. */
  #begin = 0;

  constructor(create: (length: number) => TypedArray) {
    this.#create = create;
  }

  get(row: number): number {
    return this.#segments[row >> segmentBits]?.[row & within] ?? 0;
  }

  set(row: number, value: number): void {
    const index = row >> segmentBits;
    let segment = this.#segments[index];
    if (segment === undefined) {
      // It is 0 already: a column that is never used takes no memory.
      if (value === 0 || index < this.#begin) return;
      segment = this.#create(segmentLength);
      while (this.#segments.length < index) this.#segments.push(undefined);
      this.#segments[index] = segment;
    }
    segment[row & within] = value;
  }

  /** Forgets the rows of all whole segments before `row`: they are 0 from now on. */
  release(row: number): void {
    const begin = Math.max(this.#begin, row >> segmentBits);
    this.#segments.fill(undefined, this.#begin, begin);
    this.#begin = begin;
  }
}

export const bytes = (length: number): Uint8Array => new Uint8Array(length);
export const halves = (length: number): Uint16Array => new Uint16Array(length);
export const words = (length: number): Uint32Array => new Uint32Array(length);
export const doubles = (length: number): Float64Array => new Float64Array(length);

/** Values that repeat in many rows, each kept once; a column holds their numbers. */
export class Interned<Value> {
  readonly #numbers = new Map<unknown, number>();
  readonly #values: Value[] = [];
  readonly #keyOf: (value: Value) => unknown;

  /** Values with the same key are one; default: the value itself. */
  constructor(keyOf: (value: Value) => unknown = (value) => value) {
    this.#keyOf = keyOf;
  }

  /** The number of a value, from 0. */
  add(value: Value): number {
    const key = this.#keyOf(value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#values.push(value) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  get(number: number): Value | undefined {
    return this.#values[number];
  }

  get size(): number {
    return this.#values.length;
  }
}
