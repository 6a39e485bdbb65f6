import type { CaptureItem, CaptureProblem } from "../captures/capture.js";
import { type CaptureSource, openCapture } from "../captures/open.js";
import { type Frame, FrameDecoder, type FrameDecoderOptions } from "../decoder/index.js";

/** How far a capture has been read. */
export interface CaptureProgress {
  readonly bytesRead: number;
  /** Null where only the end will tell. */
  readonly size: number | null;
}

export interface DecodeCaptureOptions extends FrameDecoderOptions {
  /** What messages call a stream that has no path. */
  readonly name?: string;
  /** Told after every batch. */
  readonly onProgress?: (progress: CaptureProgress) => void;
}

/**
 * Decodes a capture from its first byte to its last, in batches, in memory that does not grow with
 * it. Faults of the file come out as frames of their own (layer `capture`) with a diagnostic that
 * names the offset. Throws `CaptureOpenError` where there is nothing to read at all.
 */
export async function* decodeCapture(
  source: CaptureSource,
  options: DecodeCaptureOptions = {},
): AsyncGenerator<Frame[]> {
  const name = options.name === undefined ? {} : { name: options.name };
  const capture = await openCapture(source, name);
  const decoder = new FrameDecoder(options);
  try {
    for await (const items of capture.items()) {
      const frames: Frame[] = [];
      for (const item of items) decodeItem(decoder, item, frames);
      options.onProgress?.(capture);
      if (frames.length > 0) yield frames;
    }
    const rest = decoder.finish();
    if (rest.length > 0) yield rest;
  } finally {
    await capture.close();
  }
}

function decodeItem(decoder: FrameDecoder, item: CaptureItem, frames: Frame[]): void {
  switch (item.kind) {
    case "chunk":
      for (const frame of decoder.push(item.chunk)) frames.push(frame);
      break;
    case "problem":
      for (const frame of reportProblem(decoder, item)) frames.push(frame);
      break;
    case "comment":
      break;
  }
}

function reportProblem(decoder: FrameDecoder, problem: CaptureProblem): Frame[] {
  const { code, message, offset } = problem;
  return decoder.reportCaptureProblem(code, `${message} (offset ${offset} of the file)`);
}
