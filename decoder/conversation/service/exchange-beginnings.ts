import type { Direction, Timestamp } from "../../chunk.js";
import type { ObservedFrame } from "../observed-frame.js";

/** When the APDUs began whose parts are coming in, one for each direction. */
export class MessageBeginnings {
  readonly #times = new Map<Direction, Timestamp | null>();

  /** A part has come; only the first one counts. */
  note({ direction, time }: ObservedFrame): void {
    if (direction !== null && !this.#times.has(direction)) this.#times.set(direction, time);
  }

  /** The time of the first byte of the APDU that `frame` completes. */
  take({ direction, time }: ObservedFrame): Timestamp | null {
    if (direction === null) return time;
    const begun = this.#times.get(direction);
    this.#times.delete(direction);
    return begun ?? time;
  }

  /** What that side has begun does not go on. */
  forget(direction: Direction): void {
    this.#times.delete(direction);
  }
}
