const firstRoom = 8;
const greatest = 0xffff_ffff;

/** Whole numbers from 0, in four bytes each but for the very great ones: for millions of them. */
export class NumberList {
  #numbers = new Uint32Array(firstRoom);
  #length = 0;
  /** Those that four bytes do not hold. */
  readonly #great: number[] = [];

  get length(): number {
    return this.#length + this.#great.length;
  }

  /** Numbers beyond four bytes. */
  get great(): readonly number[] {
    return this.#great;
  }

  push(number: number): void {
    if (number > greatest) {
      this.#great.push(number);
      return;
    }
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length + (this.#length >> 1));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  /** Puts the numbers in order. */
  sort(): void {
    this.#numbers.subarray(0, this.#length).sort();
  }

  /** How many are not greater than `number`, which has four bytes. The list must be in order. */
  countUpTo(number: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The number of that rank, from 1, among those of all lists, each of them in order; copies none. */
export function findRank(lists: readonly NumberList[], rank: number): number {
  const upTo = (number: number) => lists.reduce((sum, list) => sum + list.countUpTo(number), 0);
  const small = upTo(greatest);
  if (rank > small) {
    const great = lists.flatMap((list) => list.great).sort((a, b) => a - b);
    return great[rank - small - 1] ?? 0;
  }
  let low = 0;
  let high = greatest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (upTo(middle) >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}
