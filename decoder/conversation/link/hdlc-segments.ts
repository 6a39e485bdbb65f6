/** Messages in several frames that are given up before their last segment. */

import type { FindingSink } from "../observed-frame.js";
import { sequenceDiagnostics as D } from "./hdlc-link-diagnostics.js";
import type { HdlcLinkFrame } from "./hdlc-link-frame.js";

/** Watches one station; I and UI frames are messages of their own. */
export class HdlcSegments {
  readonly #unfinished = new Map<string, number>();

  /** A new frame with an information field that is no retransmission. */
  observe(frame: HdlcLinkFrame, sink: FindingSink): void {
    if (this.#unfinished.size === 0 && !frame.segmented) return;
    const before = this.#unfinished.get(frame.type);
    // Only an LLC header shows that a message begins: segments behind the first have none.
    if (before !== undefined && frame.sourceLsap !== undefined) {
      sink.report(D["segmentation-unfinished"], `frame ${before} says that another one follows`);
    }
    if (frame.segmented) this.#unfinished.set(frame.type, frame.number);
    else this.#unfinished.delete(frame.type);
  }

  /** Frames may be missing here, or the link begins anew: what was begun is forgotten. */
  forget(): void {
    if (this.#unfinished.size > 0) this.#unfinished.clear();
  }
}
