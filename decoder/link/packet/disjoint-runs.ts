/** Runs of bytes that came in any order, sorted and without overlap: what came first stays. */

export interface Run<Tag> {
  /** Positions; `end - start` is `bytes.length` and what was cut off behind it. */
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  readonly tag: Tag;
  /** Where the bytes begin in the packet's payload that brought them. */
  readonly offset: number;
}

/** What became of a run that was put among the others. */
export interface Insertion {
  /** Bytes that were new. */
  readonly added: number;
  /** Some of its bytes were there already; with other values, where `differs`. */
  readonly repeated: boolean;
  readonly differs: boolean;
}

/** Puts what is new of `run` among `runs`. */
export function insertRun<Tag>(runs: Run<Tag>[], run: Run<Tag>): Insertion {
  let from = run.start;
  let index = findFirstEndingAfter(runs, from);
  let added = 0;
  let repeated = false;
  let differs = false;
  while (from < run.end) {
    const other = runs[index];
    const to = Math.min(run.end, other?.start ?? run.end);
    if (to > from) {
      const part = cutRun(run, from, to);
      runs.splice(index, 0, part);
      added += part.bytes.length;
      index += 1;
    }
    if (other === undefined || other.start >= run.end) break;
    repeated = true;
    differs ||= differsIn(run, other, Math.max(from, other.start), Math.min(run.end, other.end));
    from = Math.max(from, other.end);
    index += 1;
  }
  return { added, repeated, differs };
}

/** The part of a run between two positions. */
export function cutRun<Tag>(run: Run<Tag>, start: number, end: number): Run<Tag> {
  const skipped = start - run.start;
  const bytes = run.bytes.subarray(skipped, end - run.start);
  return { start, end, bytes, tag: run.tag, offset: run.offset + skipped };
}

function differsIn<Tag>(a: Run<Tag>, b: Run<Tag>, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const mine = a.bytes[at - a.start];
    const theirs = b.bytes[at - b.start];
    if (mine !== undefined && theirs !== undefined && mine !== theirs) return true;
  }
  return false;
}

/** Runs mostly come in order: looked for from the end. */
function findFirstEndingAfter<Tag>(runs: readonly Run<Tag>[], position: number): number {
  let index = runs.length;
  while (index > 0 && (runs[index - 1]?.end ?? 0) > position) index -= 1;
  return index;
}
