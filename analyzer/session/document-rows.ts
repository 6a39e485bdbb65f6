/** Rows of a document, and one of them in full, as its list shows them. */
import type { ObjectNames } from "../../decoder/index.js";
import type { FrameDetail, Place, Row, RowWindow } from "../protocol/index.js";
import { viewDetail } from "./detail-view.js";
import { viewRow } from "./row-view.js";
import type { ShownRows } from "./shown-rows.js";
import type { Trace } from "./trace.js";

/** What a row has from elsewhere. */
export interface RowSurroundings {
  readonly names: ObjectNames;
  readonly colourOf: (row: number) => number | null;
  readonly cellsOf: (row: number, columns: readonly string[]) => readonly string[];
}

export class DocumentRows {
  readonly #trace: Trace;
  readonly #shown: ShownRows;
  readonly #surroundings: RowSurroundings;

  constructor(trace: Trace, shown: ShownRows, surroundings: RowSurroundings) {
    this.#trace = trace;
    this.#shown = shown;
    this.#surroundings = surroundings;
  }

  /** Rows of the list; fewer at its end. */
  window(start: number, count: number, columns: readonly string[]): RowWindow {
    const shown = this.#shown;
    const { references } = this.#trace.notes;
    const end = Math.min(start + count, shown.length);
    const rows: Row[] = [];
    for (let place = start; place < end; place++) {
      rows.push(this.#row(shown.row(place), place, references, columns));
    }
    return { generation: this.#trace.generation, total: shown.length, start, rows };
  }

  /** Undefined where there is no such frame. */
  detail(number: number): FrameDetail | undefined {
    const trace = this.#trace;
    if (number > trace.length) return undefined;
    const row = number - 1;
    const view = this.#row(row, this.#shown.placeOf(row), trace.notes.references, []);
    return viewDetail(trace.frame(row, { tree: true }), view, trace.generation);
  }

  /** The frame's place in the list, or that of the next one that is shown, or of the last one. */
  locate(number: number): Place | null {
    const shown = this.#shown;
    if (shown.length === 0) return null;
    const index = Math.min(shown.placeOf(number - 1), shown.length - 1);
    return { number: shown.row(index) + 1, index };
  }

  #row(row: number, place: number, references: readonly number[], columns: readonly string[]): Row {
    const { names, colourOf, cellsOf } = this.#surroundings;
    return viewRow(this.#trace, this.#trace.frame(row, { tree: false }), names, {
      before: place === 0 ? null : this.#shown.row(place - 1),
      reference: (lastUpTo(references, row + 1) ?? 1) - 1,
      colour: colourOf(row),
      cells: columns.length === 0 ? [] : cellsOf(row, columns),
    });
  }
}

/** The last of ascending numbers that is not greater. */
function lastUpTo(numbers: readonly number[], greatest: number): number | undefined {
  return numbers.findLast((number) => number <= greatest);
}
