/** Payloads of packets, and the frames that are cut out of them. */
import type { Direction, Timestamp } from "../../chunk.js";
import type { Carrier, CarrierPiece, Framing, LinkFrame, StreamNotice } from "../link-frame.js";
import type { FramedUnit } from "../stream-framer.js";

/** The payload of a packet, and where its bytes stand. */
export interface CapturedPayload {
  readonly carrier: Carrier;
  /** Where the payload begins in the packet. */
  readonly at: number;
  /** For a payload that several packets carried: its parts, instead of `at`. */
  readonly parts?: readonly PayloadPart[];
  readonly time: Timestamp | null;
  readonly interface: number;
  readonly mark: Direction | null;
  /** The sender asked to deliver the data at once (PSH of TCP); datagrams always do. */
  readonly pushed: boolean;
}

/** Bytes `start` to `end` of a payload stood at `offset` of that packet. */
export interface PayloadPart {
  readonly start: number;
  readonly end: number;
  readonly carrier: Carrier;
  readonly offset: number;
}

/** A run of a payload's bytes, as the framers know it. */
export interface PayloadRun {
  readonly tag: CapturedPayload;
  /** Where the run begins in the payload. */
  readonly offset: number;
}

/** The flow that a frame belongs to, and the end that sent it. */
export interface FlowSide {
  readonly flow: string;
  readonly fromFirst: boolean | null;
}

export const noNotices: readonly StreamNotice[] = Object.freeze([]);

/** A packet that is listed as it is. */
export function framePacket(
  payload: CapturedPayload,
  side: FlowSide,
  notices: readonly StreamNotice[],
  comment: string | undefined,
): LinkFrame {
  const { carrier } = payload;
  return {
    framing: "packet",
    bytes: carrier.bytes,
    time: payload.time,
    interface: payload.interface,
    mark: payload.mark,
    carriers: [carrier],
    pieces: [],
    flow: side.flow,
    fromFirst: side.fromFirst,
    notices,
    ...(comment === undefined ? {} : { comment }),
  };
}

/** A frame that stands in one payload, at `start`. */
export function frameInPayload(
  framing: Framing,
  bytes: Uint8Array,
  start: number,
  payload: CapturedPayload,
  side: FlowSide,
  notices: readonly StreamNotice[],
): LinkFrame {
  const end = bytes.length;
  const { carrier, at, parts, time, mark } = payload;
  const place = parts === undefined ? placeInOne(carrier, end, at + start) : undefined;
  const { carriers, pieces } = place ?? locate([{ start: 0, end, offset: start, payload }]);
  return {
    framing,
    bytes,
    time,
    interface: payload.interface,
    mark,
    carriers,
    pieces,
    flow: side.flow,
    fromFirst: side.fromFirst,
    notices,
  };
}

/** A frame as a framer cut it out of one payload or several. */
export function frameUnit(
  unit: FramedUnit<PayloadRun>,
  side: FlowSide,
  notices: readonly StreamNotice[],
): LinkFrame {
  const { carriers, pieces } = locate(
    unit.pieces.map(({ start, end, tag, offset }) => ({
      start,
      end,
      offset: tag.offset + offset,
      payload: tag.tag,
    })),
  );
  const first = unit.pieces[0]?.tag.tag;
  return {
    framing: unit.framing,
    bytes: unit.bytes,
    time: first?.time ?? null,
    interface: first?.interface ?? 0,
    mark: first?.mark ?? null,
    carriers,
    pieces,
    flow: side.flow,
    fromFirst: side.fromFirst,
    notices: notices.length === 0 ? unit.notices : [...notices, ...unit.notices],
  };
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  readonly payload: CapturedPayload;
}

/** The packets under a frame's bytes. */
interface Place {
  readonly carriers: readonly Carrier[];
  readonly pieces: readonly CarrierPiece[];
}

/** `length` bytes at `offset` of one packet. */
function placeInOne(carrier: Carrier, length: number, offset: number): Place {
  return { carriers: [carrier], pieces: [{ start: 0, end: length, carrier: 0, offset }] };
}

/** Finds the packets under runs of payload bytes. */
function locate(runs: readonly Run[]): Place {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined && only.payload.parts === undefined) {
    const { start, end, offset, payload } = only;
    return {
      carriers: [payload.carrier],
      pieces: [{ start, end, carrier: 0, offset: payload.at + offset }],
    };
  }
  const carriers = new Map<Carrier, number>();
  const pieces: CarrierPiece[] = [];
  const add = (start: number, end: number, packet: Carrier, offset: number) => {
    let carrier = carriers.get(packet);
    if (carrier === undefined) {
      carrier = carriers.size;
      carriers.set(packet, carrier);
    }
    pieces.push({ start, end, carrier, offset });
  };
  for (const { start, end, offset, payload } of runs) {
    if (payload.parts === undefined) {
      add(start, end, payload.carrier, payload.at + offset);
      continue;
    }
    for (const part of payload.parts) {
      const from = Math.max(part.start, offset);
      const to = Math.min(part.end, offset + end - start);
      if (from >= to) continue;
      add(
        start + from - offset,
        start + to - offset,
        part.carrier,
        part.offset + from - part.start,
      );
    }
  }
  return { carriers: [...carriers.keys()], pieces };
}
