import type { Direction, Timestamp } from "../../chunk.js";
import type { ObservedFrame } from "../observed-frame.js";

/** Undefined of an APDU that has no part yet; null where the capture knows no times. */
type Beginning = Timestamp | null | undefined;

/** When the APDUs began whose parts are coming in, one for each direction. */
export class MessageBeginnings {
  #ofClient: Beginning;
  #ofServer: Beginning;

  /** A part has come; only the first one counts. */
  note({ direction, time }: ObservedFrame): void {
    if (direction === "client-to-server" && this.#ofClient === undefined) this.#ofClient = time;
    if (direction === "server-to-client" && this.#ofServer === undefined) this.#ofServer = time;
  }

  /** The time of the first byte of the APDU that `frame` completes. */
  take({ direction, time }: ObservedFrame): Timestamp | null {
    if (direction === null) return time;
    const begun = direction === "client-to-server" ? this.#ofClient : this.#ofServer;
    if (begun === undefined) return time;
    this.forget(direction);
    return begun ?? time;
  }

  /** What that side has begun does not go on. */
  forget(direction: Direction): void {
    if (direction === "client-to-server") this.#ofClient = undefined;
    else this.#ofServer = undefined;
  }
}
