/** Several captures read as one, in the order of their times. */
import type { Timestamp } from "../decoder/index.js";
import type { CaptureEntry } from "./read-capture.js";

/** A capture on its way: the groups of it that are still to come, and what is left of the last one. */
interface Stream {
  readonly groups: AsyncIterator<readonly CaptureEntry[]>;
  readonly firstInterface: number;
  entries: readonly CaptureEntry[];
  next: number;
  /** Of the last entry that had a time: entries without one stay behind it. */
  time: Timestamp | null;
}

/** Interfaces of different captures never mix. */
const interfacesOfOne = 1 << 20;

const mergedAtOnce = 512;

/**
 * Merges captures by time. Entries of one capture keep their order, also where its times go back; those
 * without a time stay behind the entry before them.
 */
export async function* mergeCaptures(
  captures: readonly AsyncIterable<readonly CaptureEntry[]>[],
): AsyncGenerator<readonly CaptureEntry[]> {
  const streams: Stream[] = captures.map((capture, place) => ({
    groups: capture[Symbol.asyncIterator](),
    firstInterface: place * interfacesOfOne,
    entries: [],
    next: 0,
    time: null,
  }));
  try {
    let merged: CaptureEntry[] = [];
    const left = new Set<Stream>();
    for (const stream of streams) if (await fill(stream)) left.add(stream);
    while (left.size > 0) {
      const stream = earliest(left);
      merged.push(take(stream));
      if (merged.length === mergedAtOnce) {
        yield merged;
        merged = [];
      }
      if (!(await fill(stream))) left.delete(stream);
    }
    if (merged.length > 0) yield merged;
  } finally {
    for (const { groups } of streams) await groups.return?.();
  }
}

/** Whether there is a next entry: reads on where the group is used up. */
async function fill(stream: Stream): Promise<boolean> {
  while (stream.next >= stream.entries.length) {
    const group = await stream.groups.next();
    if (group.done === true) return false;
    stream.entries = group.value;
    stream.next = 0;
  }
  const entry = stream.entries[stream.next];
  if (entry?.kind === "chunk" && entry.chunk.time !== null) stream.time = entry.chunk.time;
  return true;
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

function take(stream: Stream): CaptureEntry {
  const entry = stream.entries[stream.next];
  stream.next += 1;
  if (entry === undefined) throw new Error("an entry was taken that is not there");
  if (entry.kind !== "chunk") return entry;
  const { chunk } = entry;
  return { ...entry, chunk: { ...chunk, interface: chunk.interface + stream.firstInterface } };
}
