/** Which rows are shown: all, or those that a filter fits. */
import { RowList } from "./row-list.js";
import { TimeSlices } from "./slices.js";

/** Decides rows. */
export interface RowFilter {
  readonly text: string;
  matchesRow(row: number): boolean;
}

/** The rows that one filter fits, as far as they were looked at. */
class FilteredRows {
  readonly filter: RowFilter;
  readonly rows = new RowList();
  scanned = 0;
  isStopped = false;

  constructor(filter: RowFilter) {
    this.filter = filter;
  }
}

/** What the list shows of `length()` rows, which may grow. */
export class ShownRows {
  readonly #length: () => number;
  readonly #onChange: (isOther: boolean) => void;
  #shown: FilteredRows | null = null;
  #pending: FilteredRows | null = null;
  #isScanning = false;

  /** `onChange`: more rows are shown or looked at; `isOther`: others than before. */
  constructor(length: () => number, onChange: (isOther: boolean) => void) {
    this.#length = length;
    this.#onChange = onChange;
  }

  get length(): number {
    return this.#shown === null ? this.#length() : this.#shown.rows.length;
  }

  /** The text of the filter whose rows are shown; empty for all. */
  get filter(): string {
    return this.#shown?.filter.text ?? "";
  }

  /** The filter that is being evaluated in its place, and how many rows it has looked at. */
  get pending(): { readonly text: string; readonly scanned: number } | null {
    const pending = this.#pending;
    return pending === null ? null : { text: pending.filter.text, scanned: pending.scanned };
  }

  /** The row at a place. */
  row(place: number): number {
    return this.#shown === null ? place : this.#shown.rows.get(place);
  }

  /** The place of a row, or of the next one that is shown; `length` where there is none. */
  placeOf(row: number): number {
    return this.#shown === null ? Math.min(row, this.#length()) : this.#shown.rows.placeOf(row);
  }

  /** Shows the rows that a filter fits, once it has looked at all; null: all at once. */
  show(filter: RowFilter | null): void {
    this.cancel();
    if (filter === null) {
      if (this.#shown === null) return;
      this.#stop(this.#shown);
      this.#shown = null;
      this.#onChange(true);
      return;
    }
    this.#pending = new FilteredRows(filter);
    void this.#scan();
  }

  /** Goes on with the filter that is shown. */
  cancel(): void {
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    this.#stop(pending);
    this.#onChange(false);
  }

  /** Looks at all rows once more: they are not what they were. */
  evaluateAgain(): void {
    const filter = this.#pending?.filter ?? this.#shown?.filter;
    if (filter !== undefined) this.show(filter);
  }

  /** There are more rows. */
  grow(): void {
    if (this.#shown !== null || this.#pending !== null) void this.#scan();
  }

  close(): void {
    for (const rows of [this.#pending, this.#shown]) if (rows !== null) this.#stop(rows);
    this.#pending = null;
    this.#shown = null;
  }

  #stop(rows: FilteredRows): void {
    rows.isStopped = true;
  }

  /** One scan at a time: of the pending filter first, then of the one that is shown. */
  async #scan(): Promise<void> {
    if (this.#isScanning) return;
    this.#isScanning = true;
    try {
      const slices = new TimeSlices();
      for (;;) {
        const rows = this.#next();
        if (rows === null) return;
        this.#scanSlice(rows, slices);
        if (rows === this.#pending && rows.scanned >= this.#length()) {
          if (this.#shown !== null) this.#stop(this.#shown);
          this.#shown = rows;
          this.#pending = null;
          this.#onChange(true);
        } else this.#onChange(false);
        if (slices.isOver) await slices.pause();
      }
    } finally {
      this.#isScanning = false;
    }
  }

  #next(): FilteredRows | null {
    if (this.#pending !== null) return this.#pending;
    const shown = this.#shown;
    return shown !== null && shown.scanned < this.#length() ? shown : null;
  }

  #scanSlice(rows: FilteredRows, slices: TimeSlices): void {
    const { filter, rows: list } = rows;
    const end = this.#length();
    // The clock costs more than most rows do.
    for (let count = 0; rows.scanned < end && !rows.isStopped; count++) {
      if ((count & 63) === 63 && slices.isOver) return;
      const row = rows.scanned;
      if (filter.matchesRow(row)) list.push(row);
      rows.scanned = row + 1;
    }
  }
}
