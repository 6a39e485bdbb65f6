import type { CaptureSource } from "../captures/open.js";
import { captureFault } from "../decoder/capture-faults.js";
import type { DiagnosticDefinition } from "../decoder/core/diagnostics.js";
import { FrameCutter, type FramingOptions } from "../decoder/frame-cutter.js";
import type { LinkFrame } from "../decoder/link/link-frame.js";
import { type CaptureEntry, type ReadCaptureOptions, readCapture } from "./read-capture.js";

export interface IndexCaptureOptions extends FramingOptions, ReadCaptureOptions {}

/** Takes the frames of a capture in their order: an index, or what keeps one. */
export interface FrameTaker {
  add(link: LinkFrame): unknown;
  /** A frame without bytes: a fault of the file, or its last words where there is no definition. */
  addRemark(definition: DiagnosticDefinition | undefined, text: string): void;
  finish(): void;
}

/**
 * Reads a capture from its first byte to its last into an index, and comes back after every few
 * rows. Rows have the numbers that decoding gives the frames. Throws `CaptureOpenError` where there
 * is nothing to read at all.
 */
export async function* indexCapture(
  taker: FrameTaker,
  source: CaptureSource,
  options: IndexCaptureOptions = {},
): AsyncGenerator<void> {
  yield* indexEntries(taker, readCapture(source, options), options);
}

/** Whoever looks at the index waits for no more than this many packets. */
const entriesAtOnce = 64;

/** The same of what a capture, or several, have brought. */
export async function* indexEntries(
  taker: FrameTaker,
  groups: AsyncIterable<readonly CaptureEntry[]>,
  options: FramingOptions = {},
): AsyncGenerator<void> {
  const cutter = new FrameCutter(options);
  const lastWords: string[] = [];
  for await (const entries of groups) {
    let added = 0;
    for (const entry of entries) {
      if (added === entriesAtOnce) {
        added = 0;
        yield;
      }
      added += 1;
      if (entry.kind === "chunk") addAll(taker, cutter.push(entry.chunk));
      else if (entry.kind === "problem") taker.addRemark(captureFault(entry.code), entry.message);
      else lastWords.push(entry.text);
    }
    yield;
  }
  addAll(taker, cutter.finish());
  taker.finish();
  for (const words of lastWords) taker.addRemark(undefined, words);
}

function addAll(taker: FrameTaker, links: readonly LinkFrame[]): void {
  for (const link of links) taker.add(link);
}
