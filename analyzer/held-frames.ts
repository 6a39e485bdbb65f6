import { amendFrame, type Frame, type FrameDecoder } from "../decoder/index.js";

/** Frames that are held back at most: an answer nearly always follows its request closely. */
const heldLimit = 64;

/**
 * Holds frames back until what later frames show of them is known: the answer to a request, the
 * frame that completes a message. Their order stays. Links that show later still are not in the
 * frames any more, the later frame has them, too; a finding is told by the newest frame.
 */
export class HeldFrames {
  readonly #decoder: FrameDecoder;
  readonly #held: Frame[] = [];

  constructor(decoder: FrameDecoder) {
    this.#decoder = decoder;
  }

  /** Takes frames as they are decoded, and gives those about which nothing more is waited for. */
  *pass(frames: Iterable<Frame>): Generator<Frame> {
    for (const frame of frames) {
      this.hold(frame);
      for (let next = this.next(); next !== undefined; next = this.next()) yield next;
    }
  }

  /** Takes one frame; `next` is to be asked until it gives none before the following one. */
  hold(frame: Frame): void {
    this.#held.push(frame);
    this.#amend(frame);
  }

  /** Gives the frame at the front if it waits for nothing, or has waited long enough. */
  next(): Frame | undefined {
    const first = this.#held[0];
    if (first === undefined) return undefined;
    if (this.#held.length <= heldLimit && this.#decoder.isOpen(first)) return undefined;
    return this.#held.shift();
  }

  /** The number of the frame that has waited longest. */
  get first(): number | undefined {
    return this.#held[0]?.number;
  }

  /** The number of the frame that was taken last, if it waits. */
  get last(): number | undefined {
    return this.#held.at(-1)?.number;
  }

  /** Gives the frames up to this number, whatever they wait for. */
  *releaseUntil(number: number): Generator<Frame> {
    for (let first = this.#held[0]; first !== undefined; first = this.#held[0]) {
      if (first.number > number) return;
      this.#held.shift();
      yield first;
    }
  }

  /** Gives everything that is left: the capture has ended. */
  *release(): Generator<Frame> {
    const newest = this.#held.at(-1);
    if (newest !== undefined) this.#amend(newest);
    yield* this.#held.splice(0);
    yield* this.#decoder.reportAmendments();
  }

  #amend(newest: Frame): void {
    for (const amendment of this.#decoder.takeAmendments()) {
      const frame = this.#held.find(({ number }) => number === amendment.frame);
      amendFrame(frame ?? newest, amendment);
    }
  }
}
