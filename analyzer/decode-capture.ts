import type { CaptureItem, CaptureProblem } from "../captures/capture.js";
import { CaptureOpenError, type CaptureSource, openCapture } from "../captures/open.js";
import { type Frame, FrameDecoder, type FrameDecoderOptions } from "../decoder/index.js";
import { HeldFrames } from "./held-frames.js";

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

/** Prose beyond this, in characters, is cut: a log may hold megabytes of it between two frames. */
const longestComment = 16_384;

/**
 * Decodes a capture from its first byte to its last, in memory that does not grow with it. Gives
 * the frames in groups as the capture is read; each frame is decoded when it is asked for, and
 * should be let go before the next: trees that are kept cost more than making them. A frame waits
 * for its answer, or for the rest of its message, as long as few frames come in between. Faults of the
 * file come out as frames of their own (layer `capture`) with a diagnostic that names the offset.
 * Throws `CaptureOpenError` where there is nothing to read at all.
 */
export async function* decodeCapture(
  source: CaptureSource,
  options: DecodeCaptureOptions = {},
): AsyncGenerator<Iterable<Frame>> {
  const name = options.name === undefined ? {} : { name: options.name };
  const capture = await openCapture(source, name);
  const decoder = new FrameDecoder(options);
  const held = new HeldFrames(decoder);
  const pending: Pending = { comment: "" };
  try {
    for await (const items of capture.items()) {
      refuseProse(items, typeof source === "string" ? source : (options.name ?? "standard input"));
      yield held.pass(decodeItems(decoder, items, pending));
      options.onProgress?.(capture);
    }
    yield held.pass(decoder.finish());
    yield held.release();
    if (pending.comment !== "") yield decoder.reportComment(pending.comment);
  } finally {
    await capture.close();
  }
}

/** A text that has ended without a byte in it was no capture after all. */
function refuseProse(items: readonly CaptureItem[], name: string): void {
  for (const item of items) {
    if (item.kind === "problem" && item.code === "capture.no-bytes") {
      throw new CaptureOpenError(
        "not-a-capture",
        name,
        "the file is text without any bytes in hex",
      );
    }
  }
}

/** Words that have not found their frame yet. */
interface Pending {
  comment: string;
}

/** Decodes what has been read; words of the capture go with the frame that follows them. */
function* decodeItems(
  decoder: FrameDecoder,
  items: readonly CaptureItem[],
  pending: Pending,
): Generator<Frame> {
  for (const item of items) {
    if (item.kind === "comment") {
      pending.comment = joinComments(pending.comment, item.text);
    } else if (item.kind === "problem") {
      yield* reportProblem(decoder, item);
    } else {
      const comment = joinComments(pending.comment, item.chunk.comment ?? "");
      pending.comment = "";
      yield* decoder.push(comment === "" ? item.chunk : { ...item.chunk, comment });
    }
  }
}

function joinComments(first: string, second: string): string {
  if (first === "" || second === "") return first + second;
  return first.length > longestComment ? first : `${first}\n${second}`;
}

function reportProblem(decoder: FrameDecoder, problem: CaptureProblem): Iterable<Frame> {
  const { code, message, offset } = problem;
  return decoder.reportCaptureProblem(code, `${message} (offset ${offset} of the file)`);
}
