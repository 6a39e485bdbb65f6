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

/**
 * What stands behind a list of items, found item by item: in place of a text of the whole list, which
 * takes longer to make than all the steps together.
 */
export class ListStep<Item> {
  /** Number of what stands here; undefined until it was given one. */
  number: number | undefined;
  #next: Map<Item, ListStep<Item>> | undefined;
  /** Most lists are like the one before them. */
  #lastItem: Item | undefined;
  #lastStep: ListStep<Item> | undefined;

  /** The step behind the next item; the same for the same item. */
  to(item: Item): ListStep<Item> {
    if (item === this.#lastItem && this.#lastStep !== undefined) return this.#lastStep;
    this.#next ??= new Map();
    let step = this.#next.get(item);
    if (step === undefined) {
      step = new ListStep();
      this.#next.set(item, step);
    }
    this.#lastItem = item;
    this.#lastStep = step;
    return step;
  }
}

/** Lists that repeat in many rows, each kept once; those with the same items are one. */
export class InternedLists<Item> {
  readonly #first = new ListStep<Item>();
  readonly #lists: (readonly Item[])[] = [];

  /** The number of a list, from 0. */
  add(list: readonly Item[]): number {
    let step = this.#first;
    for (const item of list) step = step.to(item);
    step.number ??= this.#lists.push(list) - 1;
    return step.number;
  }

  get(number: number): readonly Item[] | undefined {
    return this.#lists[number];
  }
}
