/**
 * Rows of a list, fetched in windows around what is seen.
 *
 * Strategy. A window stays until a newer one takes its place, so that nothing flickers: when the rows
 * have changed, those of before are shown until the others are there. Windows that are seen are asked
 * for before their neighbours; a request whose window is not wanted any more is cancelled.
 */
import type { Row, RowWindow } from "../../analyzer/protocol/index.js";

/** What the list shows now: rows of another version are replaced. */
export interface RowVersion {
  readonly generation: number;
  readonly total: number;
  /** Fields whose values are shown beside. */
  readonly columns: readonly string[];
}

/** Asks for rows. */
export type FetchRows = (
  start: number,
  count: number,
  columns: readonly string[],
  signal: AbortSignal,
) => Promise<RowWindow>;

interface CachedWindow {
  readonly rows: readonly Row[];
  readonly generation: number;
  /** The version for which it was asked. */
  readonly version: RowVersion;
  /** Numbers of rows whose ciphering reads otherwise than in the window of before. */
  readonly deciphered: ReadonlySet<number>;
}

export const rowsOfWindow = 64;
const keptWindows = 64;
const requestsAtOnce = 2;

export class RowCache {
  readonly #fetch: FetchRows;
  readonly #onChange: () => void;
  readonly #onFault: (error: unknown) => void;
  /** In the order of their use, the latest last. */
  readonly #windows = new Map<number, CachedWindow>();
  readonly #asked = new Map<number, AbortController>();
  #version: RowVersion = { generation: -1, total: 0, columns: [] };
  #wanted: readonly number[] = [];
  #isClosed = false;

  /** `onChange`: other rows are there. Requests that were cancelled are no fault. */
  constructor(fetch: FetchRows, onChange: () => void, onFault: (error: unknown) => void) {
    this.#fetch = fetch;
    this.#onChange = onChange;
    this.#onFault = onFault;
  }

  /** The row at a place, maybe as it was before; undefined until it is there. */
  row(index: number): Row | undefined {
    return this.#windows.get(Math.floor(index / rowsOfWindow))?.rows[index % rowsOfWindow];
  }

  /** Whether the row reads otherwise since a key has come or gone. */
  isDeciphered(index: number): boolean {
    const window = this.#windows.get(Math.floor(index / rowsOfWindow));
    const row = window?.rows[index % rowsOfWindow];
    return row !== undefined && window?.deciphered.has(row.number) === true;
  }

  /** A row with that number among those that are there. */
  find(number: number): Row | undefined {
    for (const { rows } of this.#windows.values()) {
      const row = rows.find((one) => one.number === number);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  /** Says what is shown now, and which places are seen; fetches what is missing. */
  show(version: RowVersion, first: number, end: number): void {
    const before = this.#version;
    this.#version = version;
    if (before.generation !== version.generation || !hasSame(before.columns, version.columns)) {
      for (const abort of this.#asked.values()) abort.abort();
      this.#asked.clear();
    }
    this.#wanted = wantedWindows(first, end, version.total);
    for (const [place, abort] of this.#asked) {
      if (this.#wanted.includes(place)) continue;
      abort.abort();
      this.#asked.delete(place);
    }
    for (const place of this.#wanted) {
      const window = this.#windows.get(place);
      if (window === undefined) continue;
      this.#windows.delete(place);
      this.#windows.set(place, window);
    }
    this.#askNext();
  }

  /** Asks for nothing more. */
  close(): void {
    this.#isClosed = true;
    for (const abort of this.#asked.values()) abort.abort();
    this.#asked.clear();
  }

  #askNext(): void {
    for (const place of this.#wanted) {
      if (this.#isClosed || this.#asked.size >= requestsAtOnce) return;
      if (!this.#asked.has(place) && this.#isMissing(place)) void this.#ask(place);
    }
  }

  #isMissing(place: number): boolean {
    const window = this.#windows.get(place);
    if (window === undefined) return true;
    const { generation, total, columns } = this.#version;
    if (!hasSame(window.version.columns, columns)) return true;
    // What was asked for this version is the newest there is, whatever number came with it.
    if (window.generation !== generation && window.version.generation !== generation) return true;
    const isShort = window.rows.length < Math.min(rowsOfWindow, total - place * rowsOfWindow);
    // A list may have become shorter than is known here: asking again would bring the same.
    return isShort && window.version.total !== total;
  }

  async #ask(place: number): Promise<void> {
    const abort = new AbortController();
    const version = this.#version;
    this.#asked.set(place, abort);
    try {
      const start = place * rowsOfWindow;
      const answer = await this.#fetch(start, rowsOfWindow, version.columns, abort.signal);
      if (this.#asked.get(place) !== abort) return;
      this.#asked.delete(place);
      this.#keep(place, version, answer);
    } catch (error) {
      if (this.#asked.get(place) !== abort) return;
      this.#asked.delete(place);
      // Not asked again by itself: a fault would be repeated for ever.
      this.#wanted = this.#wanted.filter((one) => one !== place);
      this.#onFault(error);
    }
    this.#askNext();
  }

  #keep(place: number, version: RowVersion, { rows, generation }: RowWindow): void {
    const before = this.#windows.get(place);
    this.#windows.delete(place);
    this.#windows.set(place, {
      rows,
      generation,
      version,
      deciphered: before === undefined ? new Set() : otherwiseCiphered(before.rows, rows),
    });
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= keptWindows) break;
      if (!this.#wanted.includes(oldest)) this.#windows.delete(oldest);
    }
    this.#onChange();
  }
}

/** Windows that are seen, then those around them. */
function wantedWindows(first: number, end: number, total: number): readonly number[] {
  if (total === 0 || end <= first) return [];
  const last = Math.floor((total - 1) / rowsOfWindow);
  const from = Math.floor(first / rowsOfWindow);
  const to = Math.min(last, Math.floor((end - 1) / rowsOfWindow));
  const seen: number[] = [];
  for (let place = from; place <= to; place++) seen.push(place);
  const around = [to + 1, from - 1].filter((place) => place >= 0 && place <= last);
  return [...seen, ...around];
}

function otherwiseCiphered(before: readonly Row[], now: readonly Row[]): ReadonlySet<number> {
  const statuses = new Map(before.map(({ number, ciphering }) => [number, ciphering]));
  const changed = now.filter(
    ({ number, ciphering }) => statuses.has(number) && statuses.get(number) !== ciphering,
  );
  return new Set(changed.map(({ number }) => number));
}

function hasSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, place) => one === b[place]);
}
