import type { Direction } from "../chunk.js";
import { equalBytes } from "../core/bytes.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import type { LinkFrame } from "../link/link-frame.js";
import { nanosecondsBetween } from "./observed-frame.js";

export const echoDiagnostics = defineDiagnostics("link", {
  echo: {
    severity: "info",
    group: "capture",
    message: "The frame is an echo: the tap has heard what was just sent once more",
    check: "A two-wire line or an optical head returns sent bytes; switch the echo off at the tap",
  },
});

/** A retry comes after a time-out, which is longer than this; an echo follows at once. */
const longestEcho = 200e6;

/** Tells echoes on a line without packets: the frame before comes again, bit for bit. */
export class EchoDetector {
  #last: LinkFrame | undefined;
  #lastDirection: Direction | null = null;

  /** Whether `frame` repeats the one before as an echo does; then the direction of that one. */
  judge(frame: LinkFrame): { readonly direction: Direction | null } | undefined {
    const last = this.#last;
    if (last === undefined || frame.flow !== "" || frame.bytes.length !== last.bytes.length) {
      return undefined;
    }
    if (this.#lastDirection === "server-to-client" || !equalBytes(frame.bytes, last.bytes)) {
      return undefined;
    }
    const turned = frame.mark !== null && last.mark !== null && frame.mark !== last.mark;
    const gap = nanosecondsBetween(last.time, frame.time);
    const same = frame.mark === last.mark;
    const soon = same && gap !== undefined && gap > 0 && gap <= longestEcho;
    return turned || soon ? { direction: this.#lastDirection } : undefined;
  }

  /** Remembers a frame that is no echo, with the direction that it was found to have. */
  remember(frame: LinkFrame, direction: Direction | null): void {
    this.#last = frame;
    this.#lastDirection = direction;
  }
}
