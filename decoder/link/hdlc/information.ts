/** The information field of an HDLC frame, by the type of the frame. */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { comesAgain, type PartChain } from "../../core/parts.js";
import { addPart } from "../../core/reassemble.js";
import { isApduTag } from "../../xdlms/apdu-tags.js";
import { hasLlcHeader } from "../llc.js";
import type { HdlcAddress } from "./address.js";
import { isBareApdu } from "./bare-apdu.js";
import type { HdlcControl } from "./control.js";
import { decodeHdlcFrameReject, frameRejectLength, type HdlcFrameReject } from "./frame-reject.js";
import { decodeHdlcParameters, type HdlcParameters, parameterFormat } from "./parameters.js";

const clause = "IEC 62056-46, 6.4.3 Command and response frames";

const F = defineFields("hdlc", {
  segment: {
    name: "Segment of an APDU",
    type: "bytes",
    meaning: "Bytes that belong behind those of an earlier frame",
  },
  payload: { name: "Undecoded information field", type: "bytes" },
});

const D = defineDiagnostics("hdlc", {
  "segment-continued": {
    severity: "note",
    group: "incomplete",
    message: "The information field has no LLC header, and no segmented frame comes before it",
    clause,
    check: "Was the beginning of the APDU captured? Something else than DLMS may be carried",
  },
  "no-llc": {
    severity: "note",
    group: "assumption",
    message: "The APDU has no LLC header before it",
    clause,
  },
  "information-unexpected": {
    severity: "warning",
    group: "protocol",
    message: "The information field is none that a frame of this type carries",
    clause,
    check:
      "Which firmware sends it? Such a frame has no field, or other parameters, in the standard",
  },
});

/** What the information field of a frame has shown. */
export interface HdlcInformation {
  readonly parameters?: HdlcParameters;
  readonly "frame-reject"?: HdlcFrameReject;
}

/** The values of the field, and the bytes of a first segment, which its LLC layer is to read. */
export interface DecodedInformation {
  readonly values: HdlcInformation;
  readonly firstSegment?: Cursor;
}

/** What the header of the frame says of its information field. */
export interface InformationHeader {
  readonly control: HdlcControl;
  readonly segmented: boolean;
  readonly source: HdlcAddress;
  readonly destination: HdlcAddress;
}

/**
 * Reads the information field, which is not empty, up to `end`; an LLC PDU that is whole with it is
 * handed over.
 */
export function decodeInformation(
  c: Cursor,
  end: number,
  header: InformationHeader,
): DecodedInformation {
  const start = c.offset;
  const { type } = header.control;
  switch (type) {
    case "I":
    case "UI":
      return { values: {}, ...decodePayload(c, end, header) };
    case "SNRM":
    case "UA":
      if (c.bytes[start] !== parameterFormat) break;
      return { values: { parameters: decodeHdlcParameters(c, end) } };
    case "FRMR":
      if (end - start !== frameRejectLength) break;
      return { values: { "frame-reject": decodeHdlcFrameReject(c) } };
  }
  c.report(D["information-unexpected"], start, end, type);
  readPayload(c, end);
  return { values: {} };
}

/** Reads everything up to `end` as bytes that nothing explains. */
export function readPayload(c: Cursor, end: number): void {
  if (c.offset < end) c.octets(F.payload, end - c.offset);
}

function decodePayload(
  c: Cursor,
  end: number,
  header: InformationHeader,
): { firstSegment?: Cursor } {
  const start = c.offset;
  const { segmented } = header;
  const place = placeSegment(c, end, header);
  if (!segmented && place.begins) {
    c.dissection.handOver(c.take(end - start), "llc");
    return {};
  }
  if (!segmented && !place.continues && isBareApdu(c.bytes, start, end)) {
    c.report(D["no-llc"], start, end);
    c.dissection.handOver(c.take(end - start), "apdu");
    return {};
  }
  if (!place.begins && !place.continues) {
    c.report(D["segment-continued"], start, end);
    c.octets(F.segment, end - start);
    return {};
  }
  const { message, number, sent, begins } = place;
  const part = { message, number, sent, begins, first: number, last: !segmented };
  const whole = addPart(c, start, end, part);
  if (whole !== undefined) c.dissection.handOver(whole, "llc");
  if (place.hasHeader) return { firstSegment: c.take(end - start) };
  c.octets(F.segment, end - start);
  return {};
}

/**
 * Where the field stands among the segments of its sender: N(S) counts them, modulo 8; UI frames
 * come as they come. A segment begins an APDU where an LLC header stands in it, unless it continues
 * the open one: bytes in the middle of an APDU may look like a header.
 */
function placeSegment(c: Cursor, end: number, { control, source, destination }: InformationHeader) {
  const message = `hdlc ${control.type} ${nameEnd(source)} ${nameEnd(destination)}`;
  const before = c.dissection.context.pending.get(message);
  const sent = control["send-sequence"];
  const bytes = c.bytes.subarray(c.offset, end);
  const number = before === undefined ? 0 : numberOf(before, sent, bytes);
  const hasHeader = hasLlcHeader(bytes, 0, bytes.length);
  const isRepeated = before !== undefined && comesAgain(before, number, bytes);
  const isNext = number === (before?.part.number ?? 0) + 1 && !beginsApdu(bytes);
  const open = before !== undefined && before.settled === undefined;
  const continues = open ? isRepeated || isNext || !hasHeader : isRepeated && !hasHeader;
  const begins = !continues && hasHeader;
  return {
    message,
    number: begins ? 0 : number,
    sent,
    begins,
    continues,
    hasHeader: begins || (number === 0 && hasHeader),
  };
}

/** Counts on from the part before; a part that comes again keeps its number. */
function numberOf(before: PartChain, sent: number | undefined, bytes: Uint8Array): number {
  const { part } = before;
  const next = part.number + 1;
  if (sent === undefined) return next;
  const step = (sent - (part.sent ?? 0)) & 7;
  if (step === 1) return next;
  const earlier = part.number - ((8 - step) & 7);
  if (comesAgain(before, earlier, bytes)) return earlier;
  // Pushes of meters that do not count: N(S) is the same in every segment.
  return step === 0 ? next : part.number + step;
}

/** Whether the bytes are an LLC header and the tag of an APDU: chance has that once in 2^25 times. */
function beginsApdu(bytes: Uint8Array): boolean {
  const tag = bytes[3];
  if (!hasLlcHeader(bytes, 0, bytes.length) || bytes[2] !== 0 || tag === undefined) return false;
  return isApduTag(tag);
}

function nameEnd({ upper, lower }: HdlcAddress): string {
  return lower === undefined ? `${upper}` : `${upper}/${lower}`;
}
