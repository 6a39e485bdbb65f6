/** Rows of named cells as a table, CSV, a JSON object a line, or columns. */
import { type TextBuffer, toPrintable } from "../analyzer/index.js";

export type Cell = string | number | boolean | null;

export type RowFormat = "table" | "csv" | "ndjson" | "columns";

export interface ColumnDefinition {
  readonly name: string;
  /** Its width in a table; 0 for one that tables leave out, as narrow as its text for the last. */
  readonly width: number;
  /** To the right, as numbers stand. */
  readonly right?: boolean;
}

/** Rows of one group of columns: as many as a Parquet writer takes for a row group. */
const groupLength = 10_000;

/** Writes rows of the same columns one after the other; memory does not grow with them. */
export class RowWriter {
  readonly #out: TextBuffer;
  readonly #format: RowFormat;
  readonly #columns: readonly ColumnDefinition[];
  #rows: (readonly Cell[])[] = [];
  #begun = false;

  constructor(out: TextBuffer, format: RowFormat, columns: readonly ColumnDefinition[]) {
    this.#out = out;
    this.#format = format;
    this.#columns = columns;
  }

  /** Takes a cell for each column; null where there is nothing to say. */
  write(row: readonly Cell[]): void {
    if (!this.#begun) this.#begin();
    switch (this.#format) {
      case "table":
        this.#out.text(this.#tableLine(row.map(toText)));
        return;
      case "csv":
        this.#out.text(`${row.map((cell) => quote(toText(cell))).join(",")}\r\n`);
        return;
      case "ndjson": {
        const members = this.#columns.flatMap(({ name }, i) => {
          const cell = row[i] ?? null;
          return cell === null ? [] : [[name, cell] as const];
        });
        this.#out.text(`${JSON.stringify(Object.fromEntries(members))}\n`);
        return;
      }
      case "columns":
        this.#rows.push(row);
        if (this.#rows.length === groupLength) this.#writeGroup();
    }
  }

  /** Everything was written. */
  finish(): void {
    if (!this.#begun && this.#format === "csv") this.#begin();
    if (this.#rows.length > 0) this.#writeGroup();
  }

  #begin(): void {
    this.#begun = true;
    const names = this.#columns.map(({ name }) => name);
    if (this.#format === "table") this.#out.text(this.#tableLine(names));
    // RFC 4180: a header line, and CR LF at the ends of lines.
    if (this.#format === "csv") this.#out.text(`${names.join(",")}\r\n`);
  }

  /** Cells that are too long push the rest of their line on: nothing is cut off. */
  #tableLine(cells: readonly string[]): string {
    let line = "";
    for (const [i, { width, right }] of this.#columns.entries()) {
      if (width === 0) continue;
      const cell = toPrintable(cells[i] ?? "");
      const free = " ".repeat(Math.max(0, width - cell.length));
      line += `${right === true ? free + cell : cell + free}  `;
    }
    return `${line.trimEnd()}\n`;
  }

  /** One line: how many rows, and for each column its values. */
  #writeGroup(): void {
    const columns = this.#columns.map(({ name }, i) => [
      name,
      this.#rows.map((row) => row[i] ?? null),
    ]);
    const group = { rows: this.#rows.length, columns: Object.fromEntries(columns) };
    this.#out.text(`${JSON.stringify(group)}\n`);
    this.#rows = [];
  }
}

function toText(cell: Cell): string {
  return cell === null ? "" : String(cell);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
