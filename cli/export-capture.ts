import type { Filter } from "../analyzer/filter/index.js";
import { decodeCapture, decodeLive, type FrameExporter } from "../analyzer/index.js";
import type { CaptureOptions } from "./capture-options.js";
import type { GivenCapture } from "./each-capture.js";
import type { ExportNotes } from "./export-notes.js";
import type { FrameRanges } from "./frames-option.js";
import type { Output } from "./output.js";

/** Which frames of each capture are exported. */
export interface FrameChoice extends CaptureOptions {
  /** Undefined: every frame. */
  readonly filter: Filter | undefined;
  readonly frames?: FrameRanges | undefined;
}

/**
 * How long a frame from a pipe waits for its answer, in milliseconds: a file that comes through a
 * pipe never pauses so long, a live capture does.
 */
const PATIENCE = 1000;

/**
 * Decodes a capture and exports the frames that are wanted of it, with the user's notes; `output` is what
 * `exporter` writes to.
 */
export async function exportCapture(
  exporter: FrameExporter,
  output: Output,
  { file, source, onProgress }: GivenCapture,
  { decoder, names, filter, frames }: FrameChoice,
  noted?: Pick<ExportNotes, "notes" | "rows">,
): Promise<void> {
  let isOpen = false;
  const options = { ...decoder, onProgress };
  const isLive = typeof source !== "string" && !("merged" in source);
  const groups = isLive
    ? decodeLive(source, { ...options, patience: PATIENCE })
    : decodeCapture(source, options);
  for await (const group of groups) {
    if (!isOpen) exporter.capture(file, noted?.notes);
    isOpen = true;
    for (const frame of group) {
      if (frames !== undefined) {
        if (frame.number > frames.last) return;
        if (!frames.has(frame.number)) continue;
      }
      if (filter?.matchesFrame(frame, names, noted?.rows) === false) continue;
      exporter.frame(frame);
      if (output.isFull) await output.flush();
    }
    if (isLive) await output.flush();
  }
}
