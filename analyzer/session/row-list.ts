import { Column, words } from "../columns.js";

/** Rows of an index that are shown, ascending. */
export class RowList {
  readonly #rows = new Column(words);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(row: number): void {
    this.#rows.set(this.#length, row);
    this.#length += 1;
  }

  get(place: number): number {
    return this.#rows.get(place);
  }

  /** The place of the first row that is not before `row`; the length where there is none. */
  placeOf(row: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows.get(middle) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
