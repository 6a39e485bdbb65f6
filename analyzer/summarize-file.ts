import type { FrameDecoderOptions } from "../decoder/index.js";
import { CaptureIndex } from "./capture-index.js";
import { indexCapture } from "./index-capture.js";
import type { ReadCaptureOptions } from "./read-capture.js";
import type { CaptureInput } from "./read-merged.js";
import { type CaptureSummary, SummaryCounter } from "./summary.js";

export interface SummarizeFileOptions extends FrameDecoderOptions, ReadCaptureOptions {
  /** Rows that are kept at least before they are counted; default 65,536. */
  readonly kept?: number;
}

/**
 * Reads a capture and sums it up. Rows are counted when later ones will hardly show more of them,
 * and let go: memory stays small, however long the capture is. Throws `CaptureOpenError` where there
 * is nothing to read at all.
 */
export async function summarizeFile(
  input: CaptureInput,
  options: SummarizeFileOptions = {},
): Promise<CaptureSummary> {
  const { kept = 65_536 } = options;
  const index = new CaptureIndex(undefined, options);
  const counter = new SummaryCounter(index);
  const amend = () => {
    for (const amendment of index.takeLate()) counter.amend(amendment);
  };
  for await (const _ of indexCapture(index, input, options)) {
    amend();
    if (index.length - counter.counted < 2 * kept) continue;
    counter.countTo(index.length - kept);
    index.release(counter.counted);
  }
  amend();
  counter.countTo(index.length);
  return counter.summary;
}
