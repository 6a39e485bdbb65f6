import type { CaptureSource } from "../captures/open.js";
import { captureFault } from "../decoder/capture-faults.js";
import { FrameCutter, type FramingOptions } from "../decoder/frame-cutter.js";
import type { LinkFrame } from "../decoder/link/link-frame.js";
import type { CaptureIndex } from "./capture-index.js";
import { type ReadCaptureOptions, readCapture } from "./read-capture.js";

export interface IndexCaptureOptions extends FramingOptions, ReadCaptureOptions {}

/**
 * Reads a capture from its first byte to its last into an index, and comes back after every group of
 * rows. Rows have the numbers that decoding gives the frames. Throws `CaptureOpenError` where there
 * is nothing to read at all.
 */
export async function* indexCapture(
  index: CaptureIndex,
  source: CaptureSource,
  options: IndexCaptureOptions = {},
): AsyncGenerator<void> {
  const cutter = new FrameCutter(options);
  let hasLastWords = false;
  for await (const entries of readCapture(source, options)) {
    for (const entry of entries) {
      if (entry.kind === "chunk") addAll(index, cutter.push(entry.chunk));
      else if (entry.kind === "problem") index.addRemark(captureFault(entry.code));
      else hasLastWords = true;
    }
    yield;
  }
  addAll(index, cutter.finish());
  index.finish();
  if (hasLastWords) index.addRemark(undefined);
}

function addAll(index: CaptureIndex, links: readonly LinkFrame[]): void {
  for (const link of links) index.add(link);
}
