/** What holds for every scratch capture, checked without code that made it. */
import { expect } from "vitest";
import { CaptureIndex } from "../../../analyzer/capture-index.js";
import { indexCapture } from "../../../analyzer/index-capture.js";
import {
  openScratch,
  type ScratchCapture,
  type ScratchOptions,
} from "../../../analyzer/scratch/scratch-capture.js";
import { presentFrame } from "../../../decoder/index.js";
import type { LinkFrame } from "../../../decoder/link/link-frame.js";
import { wrongPlaces } from "../../captures/text/spelled-bytes.js";

const NOWHERE = 0xffffffff;

/** Opens a text that is not refused. */
export function open(text: string, options: ScratchOptions = {}): ScratchCapture {
  const scratch = runToEnd(openScratch(text, options));
  if ("refused" in scratch) throw new Error(scratch.refused);
  return scratch;
}

/** All steps at once. */
export function runToEnd<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** What is wrong in an opened text. */
export function problemsOf(scratch: ScratchCapture, limit = 100) {
  return runToEnd(scratch.problems(limit));
}

/** Every row has its bytes where it says; returns how many bytes no characters spell. */
export function expectPlaced(text: string, scratch: ScratchCapture): number {
  let unknown = 0;
  for (let row = 0; row < scratch.index.length; row += 1) {
    const bytes = scratch.links.get(row)?.bytes ?? new Uint8Array(0);
    const places = scratch.places(row);
    expect(wrongPlaces(text, bytes, places), `row ${row}`).toEqual([]);
    for (let at = 0; at < places.length; at += 2) {
      const start = places[at] ?? NOWHERE;
      if (start === NOWHERE) {
        unknown += 1;
        continue;
      }
      const there = scratch.at(start);
      // A character of several bytes is found as the first of them, as is a flag of two frames.
      if (there?.row === row) expect(places[there.byte * 2]).toBe(start);
      else expect(scratch.links.get(there?.row ?? -1)?.bytes[there?.byte ?? -1]).toBe(0x7e);
    }
  }
  return unknown;
}

/** The frames are those of the same text as a file. */
export async function expectSameFrames(
  text: string,
  scratch: ScratchCapture,
  options: ScratchOptions = {},
): Promise<void> {
  const index = new KeepingIndex([], options);
  for await (const _ of indexCapture(index, file(text), options));
  expect(scratch.index.length).toBe(index.length);
  for (let row = 0; row < index.length; row += 1) {
    const [own, other] = [scratch.index, index].map((one) => one.frame(row, { tree: true }));
    expect(own && presentFrame(own), `row ${row}`).toEqual(other && presentFrame(other));
    expect(scratch.index.columns.definitions(row)).toEqual(index.columns.definitions(row));
  }
}

/** An index of a file that keeps its frames in memory. */
class KeepingIndex extends CaptureIndex {
  readonly #links: (LinkFrame | undefined)[];

  constructor(links: (LinkFrame | undefined)[], options: ScratchOptions) {
    super({ get: (row) => links[row] }, options);
    this.#links = links;
  }

  override add(link: LinkFrame) {
    this.#links[this.length] = link;
    return super.add(link);
  }
}

async function* file(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
