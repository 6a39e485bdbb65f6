/** What the exchanges of a capture are for: the business processes of IEC 62056-1-0. */
import type { BusinessProcess } from "../decoder/index.js";
import type { FrameColumns } from "./frame-columns.js";

/** One business process, and how much of the capture serves it. */
export interface ProcessSummary {
  readonly process: BusinessProcess;
  /** Requests, repeated ones included, and what the meter sends by itself. */
  readonly exchanges: number;
  readonly firstFrame: number;
}

export class ProcessCounter {
  readonly #columns: FrameColumns;
  readonly #tallies = new Map<BusinessProcess, { exchanges: number; firstFrame: number }>();

  constructor(columns: FrameColumns) {
    this.#columns = columns;
  }

  /** Takes a row; answers belong to the exchange that their request began. */
  add(row: number): void {
    const process = this.#columns.process(row);
    if (process === undefined || this.#columns.links(row).answers !== undefined) return;
    const tally = this.#tallies.get(process);
    if (tally === undefined) this.#tallies.set(process, { exchanges: 1, firstFrame: row + 1 });
    else tally.exchanges += 1;
  }

  /** The most frequent first. */
  get list(): readonly ProcessSummary[] {
    return Array.from(this.#tallies, ([process, tally]) => ({ process, ...tally })).sort(
      (a, b) => b.exchanges - a.exchanges || a.firstFrame - b.firstFrame,
    );
  }
}
