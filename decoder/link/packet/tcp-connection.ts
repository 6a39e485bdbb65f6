/** One TCP connection: both directions put in order, and cut into frames. */
import { concatenate } from "../../core/bytes.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { Framing, LinkFrame, StreamNotice } from "../link-frame.js";
import { type FramedUnit, StreamFramer } from "../stream-framer.js";
import {
  type CapturedPayload,
  type FlowSide,
  framePacket,
  frameUnit,
  noNotices,
  type PayloadRun,
} from "./captured-payload.js";
import {
  assumptionOf,
  detectFlowFraming,
  type FramingRule,
  isMessageFraming,
} from "./flow-framing.js";
import type { PacketContents } from "./packet-contents.js";
import { payloadDiagnostics } from "./payload-diagnostics.js";
import { tcpFlags } from "./tcp-flags.js";
import { type StreamPiece, TcpStream, type WaitingBudget } from "./tcp-stream.js";

const D = defineDiagnostics("tcp", {
  "segment-of-pdu": {
    severity: "info",
    group: "incomplete",
    message: "The segment holds a part of a message; the message is listed where it is complete",
  },
  gap: {
    severity: "warning",
    group: "incomplete",
    message: "Bytes of the stream are missing in the capture before this",
    check: "Did the capture drop packets, or cut them off?",
  },
});

/** One direction. */
interface Way {
  readonly side: FlowSide;
  readonly stream: TcpStream<CapturedPayload>;
  framer: StreamFramer<PayloadRun> | undefined;
  /** Bytes that do not yet tell whether they are DLMS. */
  undecided: StreamPiece<CapturedPayload>[];
  /** For the next frame of this direction. */
  notices: StreamNotice[];
}

/** Undecided bytes beyond this are no DLMS. */
const undecidedLimit = 4096;

/** Takes the segments of one pair of ends. */
export class TcpConnection {
  readonly #rule: FramingRule;
  readonly #ways: readonly [Way, Way];
  #framing: Framing | undefined;
  #assumption: StreamNotice | undefined;

  constructor(flow: string, rule: FramingRule, budget: WaitingBudget) {
    this.#rule = rule;
    const createWay = (fromFirst: boolean): Way => ({
      side: { flow, fromFirst },
      stream: new TcpStream(budget),
      framer: undefined,
      undecided: [],
      notices: [],
    });
    this.#ways = [createWay(true), createWay(false)];
    if (rule.fixed !== undefined && rule.fixed !== "packet") this.#adopt(rule.fixed, []);
  }

  /**
   * Takes a segment and returns what it completes, the packet itself where it completes nothing.
   * `bytes` is the segment's payload.
   */
  push(
    payload: CapturedPayload,
    bytes: Uint8Array,
    packet: PacketContents,
    fromFirst: boolean,
    comment: string | undefined,
  ): LinkFrame[] {
    const [way, other] = fromFirst ? this.#ways : [this.#ways[1], this.#ways[0]];
    const frames: LinkFrame[] = [];
    const { sequence, flags, lost } = packet;
    if ((flags & tcpFlags.ack) !== 0) {
      for (const piece of other.stream.acknowledge(packet.acknowledgment)) {
        this.#deliver(other, piece, frames);
      }
    }
    const before = frames.length;
    const progress = way.stream.push({ sequence, flags, bytes, lost, tag: payload });
    for (const piece of progress.pieces) this.#deliver(way, piece, frames);
    if (progress.ended) this.#flush(way, frames);
    const own = frames.findIndex(
      (frame, index) => index >= before && frame.carriers.includes(payload.carrier),
    );
    const frame = frames[own];
    if (frame === undefined) {
      const isNew = progress.pieces.some((piece) => piece.tag === payload);
      const notices = [...progress.notices, ...this.#explain(way, isNew, frames.length)];
      frames.push(framePacket(payload, way.side, notices, comment));
    } else if (progress.notices.length > 0 || comment !== undefined) {
      frames[own] = {
        ...frame,
        notices: [...progress.notices, ...frame.notices],
        ...(comment === undefined ? {} : { comment }),
      };
    }
    return frames;
  }

  /** No more segments come: what is unfinished comes out as far as it goes. */
  finish(): LinkFrame[] {
    const frames: LinkFrame[] = [];
    for (const way of this.#ways) {
      for (const piece of way.stream.finish()) this.#deliver(way, piece, frames);
      this.#flush(way, frames);
    }
    return frames;
  }

  /** What a packet that completes nothing holds. */
  #explain(way: Way, isNew: boolean, framesBefore: number): readonly StreamNotice[] {
    const notices = framesBefore === 0 ? way.notices.splice(0) : [];
    if (!isNew) return notices;
    if (way.framer !== undefined) notices.push({ definition: D["segment-of-pdu"] });
    else if (way.undecided.length === 0) {
      notices.push({ definition: payloadDiagnostics["no-dlms"] });
    }
    return notices;
  }

  #deliver(way: Way, piece: StreamPiece<CapturedPayload>, frames: LinkFrame[]): void {
    if (piece.gap > 0 || piece.restart) this.#flush(way, frames);
    if (piece.gap > 0) {
      way.notices.push({ definition: D.gap, detail: `${piece.gap} bytes` });
    }
    if (this.#rule.fixed === "packet") return;
    if (way.framer === undefined && this.#framing !== undefined) this.#open(way, this.#framing);
    if (way.framer !== undefined) {
      this.#frame(way, way.framer, piece, frames);
      return;
    }
    way.undecided.push(piece);
    this.#decide(way, frames);
  }

  /** Gives bytes to the framer of their direction. */
  #frame(
    way: Way,
    framer: StreamFramer<PayloadRun>,
    piece: StreamPiece<CapturedPayload>,
    frames: LinkFrame[],
  ): void {
    const isMessage = this.#framing !== undefined && isMessageFraming(this.#framing);
    this.#list(way, framer.push(piece.bytes, piece, false), frames);
    if (isMessage && piece.tag.pushed) this.#flush(way, frames);
  }

  #list(way: Way, units: readonly FramedUnit<PayloadRun>[], frames: LinkFrame[]): void {
    for (const unit of units) {
      const notices = way.notices.length > 0 ? way.notices.splice(0) : [];
      if (this.#assumption !== undefined && unit.framing !== "noise") {
        notices.push(this.#assumption);
        this.#assumption = undefined;
      }
      frames.push(frameUnit(unit, way.side, notices.length > 0 ? notices : noNotices));
    }
  }

  /** The stream breaks off here: what the framer holds is all that there is of it. */
  #flush(way: Way, frames: LinkFrame[]): void {
    way.undecided = [];
    const { framer } = way;
    if (framer === undefined) return;
    way.framer = undefined;
    this.#list(way, framer.finish(), frames);
  }

  /** Looks for a framing from each segment's first byte on. */
  #decide(way: Way, frames: LinkFrame[]): void {
    while (way.undecided.length > 0) {
      const bytes = join(way.undecided);
      const framing = detectFlowFraming(bytes, this.#rule.expected);
      if (framing === "more" && bytes.length <= undecidedLimit) return;
      if (framing === undefined || framing === "more") {
        way.undecided.shift();
      } else {
        this.#assumption = assumptionOf(this.#rule, framing);
        this.#adopt(framing, frames);
      }
    }
  }

  /** From now on both directions are cut into frames of this framing. */
  #adopt(framing: Framing, frames: LinkFrame[]): void {
    this.#framing = framing;
    for (const way of this.#ways) {
      if (way.undecided.length === 0) continue;
      const framer = this.#open(way, framing);
      for (const piece of way.undecided.splice(0)) this.#frame(way, framer, piece, frames);
    }
  }

  #open(way: Way, framing: Framing): StreamFramer<PayloadRun> {
    const framer = new StreamFramer<PayloadRun>({ framing });
    way.framer = framer;
    return framer;
  }
}

function join(pieces: readonly StreamPiece<CapturedPayload>[]): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first.bytes;
  return concatenate(pieces.map((piece) => piece.bytes));
}
