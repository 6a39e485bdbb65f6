/** The information field of an HDLC frame, by the type of the frame. */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { hasLlcHeader } from "../llc.js";
import { isBareApdu } from "./bare-apdu.js";
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
  segmented: {
    severity: "info",
    group: "incomplete",
    message: "The APDU goes on in a later frame",
    clause,
  },
  "segment-continued": {
    severity: "info",
    group: "incomplete",
    message: "The information field has no LLC header: it continues an APDU of an earlier frame",
    clause,
    check: "Where no segmented frame comes before it, something else than DLMS is carried",
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

/** Reads the information field, which is not empty, up to `end`; an LLC PDU is handed over. */
export function decodeInformation(
  c: Cursor,
  end: number,
  type: string,
  segmented: boolean,
): DecodedInformation {
  const start = c.offset;
  switch (type) {
    case "I":
    case "UI":
      return { values: {}, ...decodePayload(c, end, segmented) };
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

function decodePayload(c: Cursor, end: number, segmented: boolean): { firstSegment?: Cursor } {
  const start = c.offset;
  if (segmented) c.report(D.segmented, start, end);
  if (hasLlcHeader(c.bytes, start, end)) {
    const payload = c.take(end - start);
    if (segmented) return { firstSegment: payload };
    c.dissection.handOver(payload, "llc");
  } else if (!segmented && isBareApdu(c.bytes, start, end)) {
    c.report(D["no-llc"], start, end);
    c.dissection.handOver(c.take(end - start), "apdu");
  } else {
    c.report(D["segment-continued"], start, end);
    c.octets(F.segment, end - start);
  }
  return {};
}
