/** Rows of tables: time, direction and hex in columns that tabs, `|`, `;` or commas divide. */

import type { Direction, Timestamp } from "../../decoder/chunk.js";
import { placesOfHex, unknownPlaces } from "./byte-places.js";
import { skipBlanks } from "./characters.js";
import { directionOfWord } from "./direction.js";
import { type HexRun, readHexRun } from "./hex-run.js";
import type { LinePiece } from "./line-content.js";
import { isTextColumn } from "./text-column.js";
import { readWholeTime } from "./time.js";

const delimiters = ["\t", "|", ";", ","] as const;
const MOST_CELLS = 40;
/** Longer cells than this are no time, no direction and no date. */
const SHORT_CELL = 48;

interface Row {
  time: Timestamp | null;
  direction: Direction | null;
  byArrow: boolean;
  /** Cells that are hex from end to end. */
  readonly hex: { readonly index: number; readonly run: HexRun }[];
  readonly words: string[];
  counter: number | null;
}

/**
 * Reads a row; null where the line is no row of a table that holds bytes. `placed`: with the places
 * of the bytes.
 */
export function readTableRow(text: string, placed: boolean): LinePiece | null {
  const delimiter = delimiterOf(text);
  const cells = delimiter === null ? null : splitCells(text, delimiter);
  if (cells === null) return null;
  const row = readCells(cells);
  const chosen = chooseRun(row);
  if (chosen === null) return null;
  const { run } = chosen;
  const known = row.time !== null || row.direction !== null;
  if (!known && (delimiter === "," || row.counter === null)) return null;
  if (!isBelievable(run, row)) return null;
  const words = row.words.filter((word) => !isTextOf(word, run.bytes));
  return {
    bytes: run.bytes,
    places: placed ? placesOf(text, delimiter ?? "", chosen) : null,
    time: row.time,
    direction: row.direction,
    arrow: row.byArrow ? "mark" : null,
    comment: words.length === 0 ? null : words.join(" "),
    bare: false,
    separator: run.separator,
    leadingDigit: null,
    oddDigit: run.oddDigit,
    goesOn: null,
    row: run.bytes.length === 1 && row.time !== null,
    counter: row.counter,
  };
}

function delimiterOf(text: string): string | null {
  for (const mark of delimiters) if (text.includes(mark)) return mark;
  return null;
}

/** Null where there are too many: bytes with commas between them. */
function splitCells(text: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let start = 0;
  for (let end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
    if (cells.length >= MOST_CELLS) return null;
    cells.push(unquote(text.slice(start, end)));
    start = end + 1;
  }
  cells.push(unquote(text.slice(start)));
  return cells;
}

function unquote(cell: string): string {
  const trimmed = cell.trim();
  const first = trimmed[0];
  if (first !== '"' && first !== "'") return trimmed;
  return trimmed.length > 1 && trimmed.endsWith(first) ? trimmed.slice(1, -1) : trimmed;
}

function readCells(cells: readonly string[]): Row {
  const row: Row = {
    time: null,
    direction: null,
    byArrow: false,
    hex: [],
    words: [],
    counter: null,
  };
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? "";
    if (cell === "") continue;
    if (cell.length <= SHORT_CELL && row.time === null) {
      const withDate = isDate(cell) ? readWholeTime(`${cell} ${cells[index + 1] ?? ""}`) : null;
      row.time = withDate ?? readCellTime(cell);
      if (withDate !== null) index += 1;
      if (row.time !== null) continue;
    }
    readCell(cell, index, row);
  }
  return row;
}

function isDate(cell: string): boolean {
  return /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(cell);
}

function readCellTime(cell: string): Timestamp | null {
  const time = readWholeTime(cell.replace(/^\[(.*)\]$/, "$1"));
  if (time !== null) return time;
  return /^\d{1,9},\d{3,12}$/.test(cell) ? readWholeTime(cell.replace(",", ".")) : null;
}

/** `~ (0x7E)` */
const shownByte = /^.{0,8}\((0x[0-9A-Fa-f]{2})\)$/;

function readCell(cell: string, index: number, row: Row): void {
  const direction = cell.length <= SHORT_CELL ? directionOfWord(cell) : null;
  // The letter C in the text column is no direction once there is one.
  if (direction !== null && row.direction === null && row.hex.length === 0) {
    row.direction = direction;
    row.byArrow = /^\W+$/.test(cell);
    return;
  }
  if (
    /^#?\d{1,9}$/.test(cell) &&
    row.counter === null &&
    row.hex.length === 0 &&
    !/^\d\d$/.test(cell)
  ) {
    row.counter = Number(cell.replace("#", ""));
  }
  const hex = shownByte.exec(cell)?.[1] ?? cell;
  const run = readHexRun(hex, 0);
  if (run !== null && skipBlanks(hex, run.end) === hex.length) row.hex.push({ index, run });
  else if (/[A-Za-z]{2}/.test(cell)) row.words.push(cell);
}

/** Bytes of one cell or of several side by side. */
interface ChosenRun {
  readonly run: HexRun;
  /** The first cell. */
  readonly cell: number;
  readonly cells: number;
}

/** The longest; of cells with one byte each those that stand side by side. */
function chooseRun(row: Row): ChosenRun | null {
  let best: HexRun | null = null;
  let cell = 0;
  for (const { index, run } of row.hex) {
    const longer = best === null || run.bytes.length > best.bytes.length;
    const likelier =
      best?.bytes.length === run.bytes.length && best.decimalOnly && !run.decimalOnly;
    if (!longer && !likelier) continue;
    best = run;
    cell = index;
  }
  if (best === null) return null;
  const single: ChosenRun = { run: best, cell, cells: 1 };
  if (best.bytes.length > 1 || row.hex.length < 2) return single;
  const first = row.hex[0]?.index ?? 0;
  const bytes: number[] = [];
  let expected = first;
  for (const { index, run } of row.hex) {
    if (index !== expected) break;
    bytes.push(...run.bytes);
    expected += 1;
  }
  if (bytes.length < 2) return single;
  const run = { ...best, bytes: Uint8Array.from(bytes), groups: bytes.length, separator: "|" };
  return { run, cell: first, cells: expected - first };
}

/** Where the bytes stand: the cells are found again, for nobody asks for their places else. */
function placesOf(text: string, delimiter: string, { run, cell, cells }: ChosenRun): Uint32Array {
  const places = unknownPlaces(run.bytes.length);
  let start = 0;
  let filled = 0;
  for (let index = 0; index < cell + cells; index += 1) {
    const behind = text.indexOf(delimiter, start);
    const end = behind < 0 ? text.length : behind;
    if (index >= cell) {
      const hex = text.slice(start, end);
      const shown = shownByte.exec(unquote(hex))?.[1];
      const from = start + (shown === undefined ? 0 : hex.lastIndexOf(shown));
      const found = placesOfHex(text, from, end, run.bytes.subarray(filled));
      const wanted = cells === 1 ? found : found.subarray(0, 2);
      places.set(wanted, filled * 2);
      filled += wanted.length / 2;
    }
    start = end + 1;
  }
  return places;
}

function isBelievable(run: HexRun, row: Row): boolean {
  const { length } = run.bytes;
  if (run.marked) return length > 0;
  if (length === 1) return run.pairs && (row.time !== null || row.direction !== null);
  if (!run.decimalOnly && !run.lettersOnly) return true;
  if (row.direction !== null) return true;
  return run.groups > 1 ? length >= 3 : length >= 8;
}

/** Also the text column of a tool that shows some bytes in its own way. */
function isTextOf(word: string, bytes: Uint8Array): boolean {
  return isTextColumn(word, bytes) || word.includes("..");
}
