import { captureFault } from "../decoder/capture-faults.js";
import type { DiagnosticDefinition } from "../decoder/core/diagnostics.js";
import { FrameCutter, type FramingOptions } from "../decoder/frame-cutter.js";
import type { LinkFrame } from "../decoder/link/link-frame.js";
import type { CaptureEntry, ReadCaptureOptions } from "./read-capture.js";
import { type CaptureInput, readInput } from "./read-merged.js";

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
  input: CaptureInput,
  options: IndexCaptureOptions = {},
): AsyncGenerator<void> {
  const indexer = new EntryIndexer(taker, options);
  for await (const entries of readInput(input, options)) yield* indexer.take(entries);
  indexer.finish();
}

/** Whoever looks at the index waits for no more than this many packets. */
const entriesAtOnce = 64;

/** The same for whoever hands the entries over as they come. */
export class EntryIndexer {
  readonly #taker: FrameTaker;
  readonly #cutter: FrameCutter;
  readonly #lastWords: string[] = [];

  constructor(taker: FrameTaker, options: FramingOptions = {}) {
    this.#taker = taker;
    this.#cutter = new FrameCutter(options);
  }

  /** To be run to its end; others may have their turn at each step. */
  *take(entries: readonly CaptureEntry[]): Generator<undefined> {
    let taken = 0;
    for (const entry of entries) {
      if (entry.kind === "chunk") this.#addAll(this.#cutter.push(entry.chunk));
      else if (entry.kind === "comment") this.#lastWords.push(entry.text);
      else this.#taker.addRemark(captureFault(entry.code), entry.message);
      taken += 1;
      if (taken % entriesAtOnce === 0) yield;
    }
    yield;
  }

  /** There are no more of them. */
  finish(): void {
    this.#addAll(this.#cutter.finish());
    this.#taker.finish();
    for (const words of this.#lastWords) this.#taker.addRemark(undefined, words);
  }

  #addAll(links: readonly LinkFrame[]): void {
    for (const link of links) this.#taker.add(link);
  }
}
