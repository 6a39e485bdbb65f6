/**
 * The information frames that one station of a link sends: N(S) of its own frames, and N(R) of the
 * other station's.
 *
 * Strategy: a hole in the numbers may be a loss on the line or one of the recording. The next N(R)
 * of the receiver tells which, so holes are kept until it comes; what was found is then added to
 * the frame that showed it.
 */
import type { FindingSink } from "../observed-frame.js";
import { sequenceDiagnostics as D } from "./hdlc-link-diagnostics.js";
import { describeDelay, type HdlcLinkFrame, joinWords } from "./hdlc-link-frame.js";

/** Numbers that were left out before a frame. */
interface Gap {
  readonly frame: number;
  readonly first: number;
  readonly count: number;
  /** A damaged frame stood there, perhaps the missing one. */
  readonly disturbed: boolean;
}

/** An N(R) beyond the last frame that was seen. */
interface Ahead {
  readonly frame: number;
  /** Frames that it acknowledges and the capture does not have. */
  readonly count: number;
  /** The station has sent as many RR and RNR frames since its last information frame. */
  readonly polls: boolean;
}

/** How a frame stands in the sequence. */
type HdlcSending = "next" | "retransmission" | "after-gap";

const modulus = 8;
const distance = (from: number, to: number) => (to - from + modulus) % modulus;

export class HdlcSequence {
  readonly #station: string;
  /** V(S): N(S) of the next new frame; undefined until a number was seen. */
  #next: number | undefined;
  /** Frames up to `#next` that no N(R) has acknowledged, missing ones included. */
  #outstanding = 0;
  /** The last frame of each number. */
  #sent: (HdlcLinkFrame | undefined)[] = [];
  #gap: Gap | undefined;
  #ahead: Ahead | undefined;
  #windowReported = false;
  #notArrivedReported = false;
  /** Some servers count every frame in N(R): said once, and not again until the link ends. */
  #unsentReported = false;
  #disturbed = false;
  /** Both stations were seen to agree on the numbers; not so where the capture begins in the middle. */
  #agreed = false;
  /** I frames since the station handed over by P/F. */
  #train = 0;
  /** RR and RNR frames since the last new I frame. */
  #polls = 0;
  #frames = 0;
  #retransmissions = 0;

  /** The station that sends: `client` or `server`. */
  constructor(station: string) {
    this.#station = station;
  }

  /** Information frames of the station so far, those that were sent again included. */
  get frames(): number {
    return this.#frames;
  }

  get retransmissions(): number {
    return this.#retransmissions;
  }

  /** The other station has acknowledged frames that the capture does not have. */
  get isIncomplete(): boolean {
    return this.#ahead !== undefined;
  }

  /** SNRM and UA have begun the numbers anew. */
  reset(): void {
    this.forget();
    this.#next = 0;
    this.#agreed = true;
  }

  /** Whatever number comes next is taken as it is. */
  forget(): void {
    this.#next = undefined;
    this.#outstanding = 0;
    this.#sent = [];
    this.#gap = undefined;
    this.#ahead = undefined;
    this.#windowReported = false;
    this.#notArrivedReported = false;
    this.#unsentReported = false;
    this.#disturbed = false;
    this.#agreed = false;
    this.#train = 0;
    this.#polls = 0;
  }

  /** RR or RNR of this station: no N(S), but some servers count it. */
  poll(): void {
    this.#polls += 1;
  }

  /** A damaged frame, perhaps one of this station. */
  disturb(): void {
    this.#disturbed = true;
  }

  /** What is still open will not be told any more: the link ends, begins anew, or the capture ends. */
  close(sink: FindingSink): void {
    this.#closeGap(sink);
    if (this.#ahead !== undefined && this.#next !== undefined && this.#judgesAhead) {
      const { frame, count } = this.#ahead;
      sink.amend(frame, D["not-captured"], this.#listNumbers(this.#next, count));
    }
    this.#ahead = undefined;
  }

  /** The other station says that N(R) was not valid. */
  rejectAcknowledgement(sink: FindingSink): void {
    this.#settleAhead(sink);
  }

  /** Whether a frame repeats an earlier one up to its N(R), which then tells nothing new. */
  isExactRepetition(frame: HdlcLinkFrame): boolean {
    const before = this.#sent[frame.sendSequence];
    return (
      before !== undefined &&
      this.#isRepeated(frame.sendSequence) &&
      before.receiveSequence === frame.receiveSequence &&
      isSameInformation(before, frame)
    );
  }

  /**
   * Takes an information frame of this station. `window` is undefined where it is not known;
   * without `judgeRepetition` a repeated number is no fault (pushes that never count).
   */
  send(
    frame: HdlcLinkFrame,
    window: number | undefined,
    judgeRepetition: boolean,
    sink: FindingSink,
  ): HdlcSending {
    this.#frames += 1;
    const number = frame.sendSequence;
    const expected = this.#next ?? number;
    if (expected !== number && this.#isRepeated(number)) {
      if (judgeRepetition) this.#repeat(frame, sink);
      this.#sent[number] = frame;
      return "retransmission";
    }
    const missing = distance(expected, number);
    if (missing > 0) this.#leaveOut(frame, expected, missing, sink);
    else this.#settleAhead(sink);
    this.#next = (number + 1) % modulus;
    const unacknowledged = this.#gap === undefined ? 1 : missing + 1;
    this.#outstanding = Math.min(this.#outstanding + unacknowledged, modulus - 1);
    this.#disturbed = false;
    this.#polls = 0;
    this.#train += 1;
    this.#sent[number] = frame;
    this.#notArrivedReported = false;
    this.#judgeWindow(window, sink);
    if (frame.pollFinal) this.#train = 0;
    return missing > 0 ? "after-gap" : "next";
  }

  /** Takes N(R) of a frame of the other station. */
  acknowledge(frame: HdlcLinkFrame, sink: FindingSink): void {
    const next = this.#next;
    if (next === undefined) return;
    const open = distance(frame.receiveSequence, next);
    if (open > this.#outstanding) {
      const count = distance(next, frame.receiveSequence);
      const polls = this.#polls >= count;
      this.#ahead = { frame: this.#ahead?.frame ?? frame.number, count, polls };
      if (this.#gap !== undefined) this.#reportGap(this.#gap, modulus, sink);
      this.#gap = undefined;
      this.#outstanding = 0;
      this.#windowReported = false;
      return;
    }
    this.#agreed = true;
    if (this.#gap !== undefined) {
      const since = distance(this.#gap.first, next);
      this.#reportGap(this.#gap, Math.max(since - open, 0), sink);
      this.#gap = undefined;
    }
    if (open === 0) this.#windowReported = false;
    else if (!this.#notArrivedReported) {
      this.#notArrivedReported = true;
      sink.report(D["not-arrived"], this.#listNumbers(frame.receiveSequence, open));
    }
    this.#outstanding = open;
  }

  get #judgesAhead(): boolean {
    return this.#agreed && !this.#unsentReported;
  }

  #isRepeated(number: number): boolean {
    if (this.#next === undefined) return false;
    const behind = distance(number, this.#next);
    if (behind === 0) return false;
    return behind <= this.#outstanding || (behind === 1 && this.#sent[number] !== undefined);
  }

  #repeat(frame: HdlcLinkFrame, sink: FindingSink): void {
    this.#retransmissions += 1;
    const before = this.#sent[frame.sendSequence];
    const words = `N(S) ${frame.sendSequence}`;
    if (before === undefined) {
      sink.report(D.retransmission, `${words}; the first one is not in the capture`);
      return;
    }
    const delay = describeDelay(before.time, frame.time);
    const detail = `${words} of frame ${before.number}${delay === undefined ? "" : `, ${delay}`}`;
    const same = before.segmented === frame.segmented && isSameInformation(before, frame);
    sink.report(same ? D.retransmission : D["retransmission-changed"], detail);
  }

  /** `missing` numbers from `expected` were left out before the frame. */
  #leaveOut(frame: HdlcLinkFrame, expected: number, missing: number, sink: FindingSink): void {
    this.#closeGap(sink);
    const acknowledged = Math.min(this.#ahead?.count ?? 0, missing);
    this.#ahead = undefined;
    if (acknowledged === missing) {
      sink.report(D["not-captured"], this.#listNumbers(expected, missing));
      return;
    }
    const first = (expected + acknowledged) % modulus;
    const disturbed = this.#disturbed;
    this.#gap = { frame: frame.number, first, count: missing - acknowledged, disturbed };
    // Beyond seven frames N(R) could no longer tell whether they arrived.
    if (this.#gap.count >= modulus - 1) this.#closeGap(sink);
  }

  /** No N(R) has told what became of the frames; the damaged one is reported as such. */
  #closeGap(sink: FindingSink): void {
    if (this.#gap !== undefined && !this.#gap.disturbed) this.#reportGap(this.#gap, 0, sink);
    this.#gap = undefined;
  }

  /** The station goes on with the number that the other one has acknowledged already. */
  #settleAhead(sink: FindingSink): void {
    if (this.#ahead !== undefined && this.#judgesAhead) {
      this.#unsentReported = true;
      const definition = this.#ahead.polls ? D["counts-polls"] : D["acknowledges-unsent"];
      sink.amend(this.#ahead.frame, definition, this.#describeLast());
    }
    this.#ahead = undefined;
  }

  #judgeWindow(window: number | undefined, sink: FindingSink): void {
    if (window === undefined || this.#gap !== undefined || this.#windowReported) return;
    // After P/F it is the other station's turn: its answer may only be missing in the capture.
    const underWay = Math.min(this.#outstanding, this.#train);
    if (underWay <= window) return;
    this.#windowReported = true;
    sink.report(D["window-exceeded"], `${underWay} under way, window ${window}`);
  }

  /** Of the numbers of the gap, and those behind it, the first `arrived` have arrived. */
  #reportGap(gap: Gap, arrived: number, sink: FindingSink): void {
    if (arrived >= gap.count) {
      sink.amend(gap.frame, D["not-captured"], this.#listNumbers(gap.first, gap.count));
      return;
    }
    const first = (gap.first + arrived) % modulus;
    sink.amend(gap.frame, D["sequence-gap"], this.#listNumbers(first, gap.count - arrived));
  }

  #describeLast(): string {
    return this.#sent.length === 0
      ? `the ${this.#station} has sent none since UA`
      : `the last one of the ${this.#station} is N(S) ${distance(1, this.#next ?? 0)}`;
  }

  /** `N(S) 6, 7 and 0 of the server`. */
  #listNumbers(first: number, count: number): string {
    const numbers = Array.from({ length: count }, (_, i) => (first + i) % modulus);
    return `N(S) ${joinWords(numbers)} of the ${this.#station}`;
  }
}

function isSameInformation(one: HdlcLinkFrame, other: HdlcLinkFrame): boolean {
  return (
    one.informationLength === other.informationLength &&
    one.informationPrint === other.informationPrint
  );
}
