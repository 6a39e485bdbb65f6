import type { CaptureSource } from "../captures/open.js";
import { type Frame, FrameDecoder } from "../decoder/index.js";
import { type DecodeCaptureOptions, decodeEntries } from "./decode-capture.js";
import { HeldFrames } from "./held-frames.js";
import { readCapture } from "./read-capture.js";

export interface DecodeLiveOptions extends DecodeCaptureOptions {
  /** How long a frame waits for its answer, or for the rest of its message, in milliseconds. */
  readonly patience: number;
}

/** Frames up to this number have waited since then. */
interface Arrival {
  readonly number: number;
  readonly time: number;
}

/**
 * Decodes a capture that is still being made, as `decodeCapture` does, but holds no frame back longer
 * than `patience`: an answer that comes later names the request, and the request, which was given
 * already, does not name the answer.
 */
export async function* decodeLive(
  source: CaptureSource,
  options: DecodeLiveOptions,
): AsyncGenerator<Iterable<Frame>> {
  const decoder = new FrameDecoder(options);
  const held = new HeldFrames(decoder);
  const lastWords: string[] = [];
  const arrivals: Arrival[] = [];
  const groups = readCapture(source, options);
  try {
    let next = groups.next();
    // Its failure is met where it is waited for; until then nobody listens.
    next.catch(() => {});
    for (;;) {
      const oldest = oldestWaiting(arrivals, held);
      const result = await soonest(next, oldest, options.patience);
      if (result === "late") {
        if (oldest !== undefined) yield held.releaseUntil(oldest.number);
        continue;
      }
      if (result.done === true) break;
      yield decodeEntries(decoder, held, result.value, lastWords);
      const { last } = held;
      if (last !== undefined && last !== arrivals.at(-1)?.number) {
        arrivals.push({ number: last, time: performance.now() });
      }
      next = groups.next();
      next.catch(() => {});
    }
    yield held.pass(decoder.finish());
    yield held.release();
    for (const words of lastWords) yield decoder.reportComment(words);
  } finally {
    // Not waited for: where the source is silent it comes about only when that ends.
    groups.return(undefined).catch(() => {});
  }
}

/** Since when the frame at the front has waited; forgets what does not wait any more. */
function oldestWaiting(arrivals: Arrival[], held: HeldFrames): Arrival | undefined {
  const { first } = held;
  if (first === undefined) arrivals.length = 0;
  else while (arrivals[0] !== undefined && arrivals[0].number < first) arrivals.shift();
  return arrivals[0];
}

/** What comes first: the next group, or the end of patience with the oldest frame. */
async function soonest<Result>(
  next: Promise<Result>,
  oldest: Arrival | undefined,
  patience: number,
): Promise<Result | "late"> {
  if (oldest === undefined) return next;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    const wait = oldest.time + patience - performance.now();
    timer = setTimeout(() => resolve("late"), Math.max(0, wait));
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}
