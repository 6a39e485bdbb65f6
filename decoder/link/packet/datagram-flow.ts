/** Payloads that begin and end with their packet: UDP datagrams, and bytes of bare link types. */
import { detectFraming } from "../detect.js";
import type { Framing, LinkFrame, StreamNotice } from "../link-frame.js";
import { type FramedUnit, StreamFramer } from "../stream-framer.js";
import { probeWrapper, wrapperHeaderLength } from "../wrapper.js";
import {
  type CapturedPayload,
  type FlowSide,
  frameInPayload,
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
  isWrapperHeader,
} from "./flow-framing.js";
import { payloadDiagnostics } from "./payload-diagnostics.js";

/** One direction. */
interface Way {
  readonly side: FlowSide;
  framer: StreamFramer<PayloadRun> | undefined;
  /** What the framer was made for. */
  framing: Framing | "auto";
  /** A frame has begun and its end has not come. */
  isOpen: boolean;
}

/** How a payload is cut up. */
interface CutPayload {
  readonly frames: LinkFrame[];
  /** What to say of the packet where there are no frames. */
  readonly notices: readonly StreamNotice[];
}

const noDlms: CutPayload = {
  frames: [],
  notices: [{ definition: payloadDiagnostics["no-dlms"] }],
};
const partOfMessage: readonly StreamNotice[] = [
  { definition: payloadDiagnostics["part-of-message"] },
];

/** Takes the datagrams between two ends, or the packets of one tap. */
export class DatagramFlow {
  readonly #flow: string;
  readonly #rule: FramingRule;
  readonly #ways = new Map<boolean | string | null, Way>();
  #framing: Framing | undefined;

  constructor(flow: string, rule: FramingRule) {
    this.#flow = flow;
    this.#rule = rule;
  }

  /**
   * Takes a payload and returns the frames in it, the packet itself where there are none. `isCut`:
   * its end is missing.
   */
  push(
    payload: CapturedPayload,
    bytes: Uint8Array,
    fromFirst: boolean | null,
    options: { readonly isCut: boolean },
    comment: string | undefined,
  ): LinkFrame[] {
    const way = this.#way(fromFirst, payload);
    if (bytes.length === 0) return [framePacket(payload, way.side, noNotices, comment)];
    const { frames, notices } = this.#cut(way, payload, bytes, options);
    const [first] = frames;
    if (first === undefined) return [framePacket(payload, way.side, notices, comment)];
    if (comment !== undefined) frames[0] = { ...first, comment };
    return frames;
  }

  /** No more packets come: what is unfinished comes out as far as it goes. */
  finish(): LinkFrame[] {
    const frames: LinkFrame[] = [];
    for (const way of this.#ways.values()) {
      for (const unit of way.framer?.finish() ?? []) frames.push(this.#list(unit, way.side));
      way.framer = undefined;
    }
    return frames;
  }

  /** Where nobody knows the ends, the mark of the capture keeps the directions apart. */
  #way(fromFirst: boolean | null, payload: CapturedPayload): Way {
    const key = fromFirst ?? payload.mark;
    let way = this.#ways.get(key);
    if (way === undefined) {
      way = {
        side: { flow: this.#flow, fromFirst },
        framer: undefined,
        framing: "auto",
        isOpen: false,
      };
      this.#ways.set(key, way);
    }
    return way;
  }

  #cut(
    way: Way,
    payload: CapturedPayload,
    bytes: Uint8Array,
    options: { readonly isCut: boolean },
  ): CutPayload {
    const { fixed } = this.#rule;
    if (fixed === "packet") return noDlms;
    if (!way.isOpen) {
      if (fixed === "wrapper" || (fixed === undefined && bytes[0] === 0 && bytes[1] === 1)) {
        const frames = this.#cutWrappers(way.side, payload, bytes, options.isCut);
        if (frames.length > 0 || fixed === "wrapper") return { frames, notices: noDlms.notices };
      }
      const framing = fixed ?? this.#detect(bytes);
      if (framing === undefined) return noDlms;
      if (framing !== "more" && isMessageFraming(framing)) {
        return this.#cutMessage(way, payload, bytes, framing);
      }
      this.#open(way, framing === "more" ? "auto" : framing);
    }
    return this.#pushToFramer(way, payload, bytes);
  }

  /** Wrapper PDUs, one behind the other. None where the payload does not begin with one. */
  #cutWrappers(
    side: FlowSide,
    payload: CapturedPayload,
    bytes: Uint8Array,
    isCut: boolean,
  ): LinkFrame[] {
    const { expected, fixed } = this.#rule;
    const isKnown = expected || fixed === "wrapper" || this.#framing === "wrapper";
    // Nearly all datagrams are one PDU.
    if (probeWrapper(bytes, 0) === bytes.length && isWrapperHeader(bytes, 0, isKnown)) {
      const notices = this.#noticesOfFirst("wrapper");
      return [frameInPayload("wrapper", bytes, 0, payload, side, notices)];
    }
    const frames: LinkFrame[] = [];
    const add = (framing: Framing, start: number, end: number) => {
      const view = bytes.subarray(start, end);
      const notices = framing === "noise" ? noNotices : this.#noticesOfFirst(framing);
      frames.push(frameInPayload(framing, view, start, payload, side, notices));
    };
    let at = 0;
    while (at < bytes.length) {
      const length = probeWrapper(bytes, at);
      // Where it may be anything, the tag of the APDU must tell.
      const needed = isKnown ? wrapperHeaderLength : wrapperHeaderLength + 1;
      const hasHeader = bytes.length - at >= needed && isWrapperHeader(bytes, at, isKnown);
      if (length > 0 && hasHeader) {
        add("wrapper", at, at + length);
        at += length;
        continue;
      }
      // An unfinished PDU is shown as one, for nothing that follows can finish it.
      if (length === 0 && hasHeader && (isKnown || isCut || at > 0)) {
        add("wrapper", at, bytes.length);
      } else if (at > 0) {
        add("noise", at, bytes.length);
      }
      break;
    }
    return frames;
  }

  /** A message without a length of its own is the whole payload. */
  #cutMessage(way: Way, payload: CapturedPayload, bytes: Uint8Array, framing: Framing): CutPayload {
    const framer = new StreamFramer<PayloadRun>({ framing });
    const units = [...framer.push(bytes, { tag: payload, offset: 0 }, true), ...framer.finish()];
    return { ...noDlms, frames: units.map((unit) => this.#list(unit, way.side)) };
  }

  /** The framer of a direction, made anew where another framing is due. Nothing is open in it. */
  #open(way: Way, framing: Framing | "auto"): StreamFramer<PayloadRun> {
    if (way.framer !== undefined && way.framing === framing) return way.framer;
    const framer = new StreamFramer<PayloadRun>({ framing });
    way.framer = framer;
    way.framing = framing;
    return framer;
  }

  #detect(bytes: Uint8Array): Framing | "more" | undefined {
    if (!this.#rule.expected) return detectFlowFraming(bytes, false);
    const framing = detectFraming(bytes, 0, true, true);
    if (framing !== undefined) return framing;
    return detectFraming(bytes, 0, false, true);
  }

  /** Frames that may go on in the next packet, as those of gateways to serial lines do. */
  #pushToFramer(way: Way, payload: CapturedPayload, bytes: Uint8Array): CutPayload {
    const framer = way.framer ?? this.#open(way, this.#rule.fixed ?? "auto");
    const units = framer.push(bytes, { tag: payload, offset: 0 }, true);
    const last = units[units.length - 1]?.pieces.at(-1);
    way.isOpen =
      last === undefined ||
      last.tag.tag !== payload ||
      last.offset + last.end - last.start < bytes.length;
    const frames = units.map((unit) => this.#list(unit, way.side));
    const isOwn = frames.some((frame) => frame.carriers.includes(payload.carrier));
    if (frames.length > 0 && !isOwn) {
      frames.push(framePacket(payload, way.side, partOfMessage, undefined));
    }
    return { frames, notices: partOfMessage };
  }

  #list(unit: FramedUnit<PayloadRun>, side: FlowSide): LinkFrame {
    const isNoise = unit.framing === "noise";
    const notices = isNoise ? noNotices : this.#noticesOfFirst(unit.framing);
    const says = unit.notices.some(({ definition }) => definition.group === "assumption");
    return frameUnit(unit, side, says ? noNotices : notices);
  }

  /** Remarks on the first frame of a flow whose framing was guessed. */
  #noticesOfFirst(framing: Framing): readonly StreamNotice[] {
    if (this.#framing !== undefined) return noNotices;
    this.#framing = framing;
    const assumption = assumptionOf(this.#rule, framing);
    return assumption === undefined ? noNotices : [assumption];
  }
}
