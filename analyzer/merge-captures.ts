/** Several captures read as one, in the order of their times. */
import type { Direction, Timestamp } from "../decoder/index.js";
import { type MergedCapture, MergedInterfaces } from "./merged-interfaces.js";
import type { CaptureEntry } from "./read-capture.js";

const mergedAtOnce = 512;

/**
 * Merges captures by time. Entries of one capture keep their order, also where its times go back; those
 * without a time stay behind the entry before them. Times without a date come before those with one.
 * Which of their interfaces are the same merged-interfaces.ts says.
 */
export async function* mergeCaptures(
  captures: readonly AsyncIterable<readonly CaptureEntry[]>[],
): AsyncGenerator<readonly CaptureEntry[]> {
  const streams = captures.map((capture) => new Stream(capture));
  const interfaces = new MergedInterfaces();
  try {
    let merged: CaptureEntry[] = [];
    const left = new Set<Stream>();
    for (const stream of streams) if (await stream.fill()) left.add(stream);
    while (left.size > 0) {
      const stream = earliest(left);
      merged.push(stream.take(interfaces));
      if (merged.length === mergedAtOnce) {
        yield merged;
        merged = [];
      }
      if (!(await stream.fill())) left.delete(stream);
    }
    if (merged.length > 0) yield merged;
  } finally {
    for (const stream of streams) await stream.close();
  }
}

/** A capture on its way: the groups of it that are still to come, and what is left of the last one. */
class Stream implements MergedCapture {
  /** Of the last entry that had a time: entries without one stay behind it. */
  time: Timestamp | null = null;
  hasEnded = false;
  readonly #groups: AsyncIterator<readonly CaptureEntry[]>;
  #entries: readonly CaptureEntry[] = [];
  #next = 0;

  constructor(capture: AsyncIterable<readonly CaptureEntry[]>) {
    this.#groups = capture[Symbol.asyncIterator]();
  }

  /** Whether there is a next entry: reads on where the group is used up. */
  async fill(): Promise<boolean> {
    while (this.#next >= this.#entries.length) {
      const group = await this.#groups.next();
      if (group.done === true) {
        this.hasEnded = true;
        return false;
      }
      this.#entries = group.value;
      this.#next = 0;
    }
    const entry = this.#entries[this.#next];
    if (entry?.kind === "chunk" && entry.chunk.time !== null) this.time = entry.chunk.time;
    return true;
  }

  /** The next entry, its interface numbered as in the merge. */
  take(interfaces: MergedInterfaces): CaptureEntry {
    const entry = this.#entries[this.#next];
    if (entry === undefined) throw new Error("an entry was taken that is not there");
    const taken =
      entry.kind === "chunk"
        ? { ...entry, chunk: { ...entry.chunk, interface: interfaces.find(this, entry.chunk) } }
        : entry;
    this.#next += 1;
    return taken;
  }

  directionsOf(number: number): ReadonlySet<Direction | null> {
    const directions = new Set<Direction | null>();
    for (const entry of this.#entries.slice(this.#next)) {
      if (entry.kind !== "chunk" || entry.chunk.interface !== number) continue;
      directions.add(entry.chunk.direction);
    }
    return directions;
  }

  async close(): Promise<void> {
    await this.#groups.return?.();
  }
}

function earliest(streams: ReadonlySet<Stream>): Stream {
  let first: Stream | undefined;
  for (const stream of streams) {
    if (first === undefined || isBefore(stream.time, first.time)) first = stream;
  }
  if (first === undefined) throw new Error("there is nothing to merge");
  return first;
}

/** What has no time yet comes first. */
function isBefore(a: Timestamp | null, b: Timestamp | null): boolean {
  if (a === null || b === null) return a === null && b !== null;
  if (a.seconds !== b.seconds) return a.seconds < b.seconds;
  return a.nanoseconds < b.nanoseconds;
}
