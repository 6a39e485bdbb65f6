/** Rows of a document as they were fetched, in blocks; those of before stay until others have come. */
import type { Row, RowWindow } from "../../analyzer/protocol/index.js";

const blockLength = 64;
const keptBlocks = 200;

export interface RowRequest {
  readonly start: number;
  readonly count: number;
  readonly signal: AbortSignal;
}

interface Block {
  rows: readonly Row[];
  /** Of the rows; 0 before the first ones are here. */
  generation: number;
  /** What is being fetched: the generation and the count that it was asked for. */
  fetching: {
    readonly generation: number;
    readonly count: number;
    readonly abort: AbortController;
  } | null;
  lastUse: number;
}

export class RowCache {
  readonly #fetch: (request: RowRequest) => Promise<RowWindow>;
  readonly #onChange: () => void;
  readonly #blocks = new Map<number, Block>();
  #generation = 0;
  #total = 0;
  #clock = 0;

  /** `onChange`: rows have come. */
  constructor(fetch: (request: RowRequest) => Promise<RowWindow>, onChange: () => void) {
    this.#fetch = fetch;
    this.#onChange = onChange;
  }

  /** How the list is now: rows of another generation are fetched again when they are looked at. */
  update(generation: number, total: number): void {
    this.#generation = generation;
    this.#total = total;
  }

  /** The row at a place as it was fetched last; undefined where it never was. */
  get(place: number): Row | undefined {
    return this.#blocks.get(Math.floor(place / blockLength))?.rows[place % blockLength];
  }

  /** Sees to it that the rows from `first` to before `last` are here, or on their way. */
  want(first: number, last: number): void {
    const from = Math.floor(Math.max(0, first) / blockLength);
    const to = Math.floor(Math.max(0, last - 1) / blockLength);
    for (const [number, block] of this.#blocks) {
      // What has been scrolled past is not waited for.
      if ((number < from - 1 || number > to + 1) && block.fetching !== null) {
        block.fetching.abort.abort();
        block.fetching = null;
      }
    }
    for (let number = from; number <= to; number++) this.#wantBlock(number);
  }

  #wantBlock(number: number): void {
    const start = number * blockLength;
    const count = Math.min(blockLength, this.#total - start);
    if (count <= 0) return;
    let block = this.#blocks.get(number);
    if (block === undefined) {
      block = { rows: [], generation: 0, fetching: null, lastUse: 0 };
      this.#blocks.set(number, block);
      this.#forgetOldest();
    }
    this.#clock += 1;
    block.lastUse = this.#clock;
    const generation = this.#generation;
    const { fetching } = block;
    if (block.generation === generation && block.rows.length >= count) return;
    if (fetching !== null && fetching.generation === generation && fetching.count >= count) return;
    // A request that is on its way answers with the rows of its moment: the next one comes behind it.
    if (fetching !== null && fetching.generation === generation) return;
    fetching?.abort.abort();
    const abort = new AbortController();
    block.fetching = { generation, count, abort };
    this.#load(block, start, count, abort);
  }

  #load(block: Block, start: number, count: number, abort: AbortController): void {
    this.#fetch({ start, count, signal: abort.signal }).then(
      (window) => {
        if (block.fetching?.abort !== abort) return;
        block.fetching = null;
        block.rows = window.rows;
        block.generation = window.generation;
        this.#onChange();
      },
      () => {
        // Cancelled, or the line has ended: it is asked for again when it is looked at.
        if (block.fetching?.abort === abort) block.fetching = null;
      },
    );
  }

  #forgetOldest(): void {
    if (this.#blocks.size <= keptBlocks) return;
    let oldest: number | undefined;
    let use = Number.POSITIVE_INFINITY;
    for (const [number, { lastUse, fetching }] of this.#blocks) {
      if (lastUse < use && lastUse > 0 && fetching === null) {
        oldest = number;
        use = lastUse;
      }
    }
    if (oldest !== undefined) this.#blocks.delete(oldest);
  }
}
