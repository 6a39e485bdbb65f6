import { type Frame, FrameDecoder, type FrameDecoderOptions } from "../decoder/index.js";
import { HeldFrames } from "./held-frames.js";
import type { CaptureEntry, ReadCaptureOptions } from "./read-capture.js";
import { type CaptureInput, readInput } from "./read-merged.js";

export interface DecodeCaptureOptions extends FrameDecoderOptions, ReadCaptureOptions {}

/**
 * Decodes a capture, or several merged by time, from its first byte to its last, in memory that does not grow with it. Gives
 * the frames in groups as the capture is read; each frame is decoded when it is asked for, and
 * should be let go before the next: trees that are kept cost more than making them. A frame waits
 * for its answer, or for the rest of its message, as long as few frames come in between. Faults of the
 * file come out as frames of their own (layer `capture`) with a diagnostic that names the offset.
 * Throws `CaptureOpenError` where there is nothing to read at all.
 */
export async function* decodeCapture(
  input: CaptureInput,
  options: DecodeCaptureOptions = {},
): AsyncGenerator<Iterable<Frame>> {
  const decoder = new FrameDecoder(options);
  const held = new HeldFrames(decoder);
  const lastWords: string[] = [];
  for await (const entries of readInput(input, options)) {
    yield decodeEntries(decoder, held, entries, lastWords);
  }
  yield held.pass(decoder.finish());
  yield held.release();
  for (const words of lastWords) yield decoder.reportComment(words);
}

/**
 * The frames that entries come to and about which nothing more is waited for. One generator for the
 * whole way of a frame: each more that it passes through costs as much.
 */
export function* decodeEntries(
  decoder: FrameDecoder,
  held: HeldFrames,
  entries: readonly CaptureEntry[],
  lastWords: string[],
): Generator<Frame> {
  for (const entry of entries) {
    if (entry.kind === "comment") {
      lastWords.push(entry.text);
      continue;
    }
    const frames =
      entry.kind === "chunk"
        ? decoder.push(entry.chunk)
        : decoder.reportCaptureProblem(entry.code, entry.message);
    for (const frame of frames) {
      held.hold(frame);
      for (let next = held.next(); next !== undefined; next = held.next()) yield next;
    }
  }
}
