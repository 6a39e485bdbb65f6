/** One station of a link as a sender: its numbers, its limits, and whether it is busy. */

import type { FindingSink } from "../observed-frame.js";
import { sequenceDiagnostics as D } from "./hdlc-link-diagnostics.js";
import type { HdlcLinkFrame } from "./hdlc-link-frame.js";
import { defaultHdlcLimits, type HdlcLimits } from "./hdlc-negotiation.js";
import { HdlcSegments } from "./hdlc-segments.js";
import { HdlcSequence } from "./hdlc-sequence.js";

/** One direction of a link. */
export interface HdlcDirectionView extends HdlcLimits {
  /** I frames, those that were sent again included. */
  readonly informationFrames: number;
  readonly retransmissions: number;
  /** RNR frames that the sender of this direction has sent. */
  readonly receiveNotReady: number;
}

export class HdlcStation {
  readonly sequence: HdlcSequence;
  readonly segments = new HdlcSegments();
  #limits = defaultHdlcLimits;
  /** The UA frame that settled the limits. */
  #settledBy: number | undefined;
  #receiveNotReady = 0;
  #busySince: number | undefined;

  constructor(name: "client" | "server") {
    this.sequence = new HdlcSequence(name);
  }

  get view(): HdlcDirectionView {
    return {
      ...this.#limits,
      informationFrames: this.sequence.frames,
      retransmissions: this.sequence.retransmissions,
      receiveNotReady: this.#receiveNotReady,
    };
  }

  /** The UA frame of that number has settled what the station may send. */
  settle(limits: HdlcLimits, ua: number): void {
    this.#limits = limits;
    this.#settledBy = ua;
  }

  /** What the station may send is open again: the defaults are shown, and nothing is judged. */
  unsettle(): void {
    this.#limits = defaultHdlcLimits;
    this.#settledBy = undefined;
  }

  /** No number, no segment and no busy station outlasts a change of the link's mode. */
  beginAnew(): void {
    this.sequence.forget();
    this.segments.forget();
    this.#busySince = undefined;
  }

  /** A damaged frame, perhaps of this station. */
  disturb(): void {
    this.sequence.disturb();
    this.segments.forget();
  }

  /** An I frame of this station; without `judgeRepetition` a repeated number is no fault. */
  sendInformation(
    frame: HdlcLinkFrame,
    receiver: HdlcStation,
    judgeRepetition: boolean,
    sink: FindingSink,
  ): void {
    const window = this.#settledBy === undefined ? undefined : this.#limits.windowSize;
    const sending = this.sequence.send(frame, window, judgeRepetition, sink);
    if (receiver.#busySince !== undefined) {
      sink.report(D["sent-to-busy"], `RNR of frame ${receiver.#busySince}`);
    }
    this.judgeLength(frame, sink);
    if (sending === "after-gap") this.segments.forget();
    if (sending !== "retransmission") this.segments.observe(frame, sink);
  }

  /** Whether the station takes information frames, by a numbered frame of its own. */
  observeReadiness(frame: HdlcLinkFrame, sink: FindingSink): void {
    if (frame.type !== "RNR") {
      this.#busySince = undefined;
      return;
    }
    this.#receiveNotReady += 1;
    this.#busySince ??= frame.number;
    sink.report(D.busy);
  }

  /** Compares an information field of this station with what UA has settled. */
  judgeLength(frame: HdlcLinkFrame, sink: FindingSink): void {
    const limit = this.#limits.maximumInformationFieldLength;
    const length = frame.informationLength;
    if (this.#settledBy === undefined || length <= limit) return;
    sink.report(
      D["information-too-long"],
      `${length} bytes, but ${limit} since UA of frame ${this.#settledBy}`,
    );
  }
}
