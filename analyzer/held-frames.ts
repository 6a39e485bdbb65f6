import { amendFrame, type Frame, type FrameDecoder } from "../decoder/index.js";

/** Frames that are held back at most: an answer nearly always follows its request closely. */
const heldLimit = 64;

/**
 * Holds frames back until what later frames show of them is known: the answer to a request, the
 * frame that completes a message. Their order stays. What shows later still, is not in the frames
 * any more; the later frame itself says it, too.
 */
export class HeldFrames {
  readonly #decoder: FrameDecoder;
  #held: Frame[] = [];

  constructor(decoder: FrameDecoder) {
    this.#decoder = decoder;
  }

  /** Takes frames as they are decoded, and gives those about which nothing more is waited for. */
  *pass(frames: Iterable<Frame>): Generator<Frame> {
    for (const frame of frames) {
      this.#amend();
      if (this.#held.length === 0 && !this.#decoder.isOpen(frame)) {
        yield frame;
        continue;
      }
      this.#held.push(frame);
      yield* this.#settled();
    }
  }

  /** Gives everything that is left: the capture has ended. */
  *release(): Generator<Frame> {
    this.#amend();
    yield* this.#held.splice(0);
  }

  /** The frames at the front that wait for nothing, or have waited long enough. */
  *#settled(): Generator<Frame> {
    let count = 0;
    for (const frame of this.#held) {
      if (this.#held.length - count <= heldLimit && this.#decoder.isOpen(frame)) break;
      count += 1;
    }
    if (count > 0) yield* this.#held.splice(0, count);
  }

  #amend(): void {
    for (const amendment of this.#decoder.takeAmendments()) {
      const frame = this.#held.find(({ number }) => number === amendment.frame);
      if (frame !== undefined) amendFrame(frame, amendment);
    }
  }
}
