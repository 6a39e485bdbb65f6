/** The HDLC frame of IEC 62056-46: format type 3, without byte stuffing. */
import type { Direction } from "../../chunk.js";
import type { Cursor } from "../../core/cursor.js";
import { type DiagnosticDefinition, defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import { crc16X25, hasCrc16X25 } from "../crc16.js";
import { readLlcSegment } from "../llc.js";
import {
  decodeHdlcAddress,
  type HdlcAddress,
  type HdlcRole,
  hdlcAddressLength,
} from "./address.js";
import { decodeHdlcControl, type HdlcControl } from "./control.js";
import { decodeInformation, type HdlcInformation, readPayload } from "./information.js";

export { probeBareHdlc, probeHdlc } from "./probe.js";

const clause = "IEC 62056-46, 6.4.1 The MAC PDU and the HDLC frame";

const F = defineFields("hdlc", {
  "": { name: "HDLC", type: "group", clause },
  flag: { name: "Flag", base: "hex", clause },
  format: { name: "Frame format", base: "hex", clause },
  formatType: { name: "Format type", base: "hex", mask: 0xf000, clause },
  segmented: {
    name: "Segmentation",
    mask: 0x0800,
    values: { 0: "the only or last segment", 1: "a later frame continues it" },
    clause,
  },
  length: {
    name: "Frame length",
    mask: 0x07ff,
    meaning: "Bytes between the flags, this field and the FCS included",
    clause,
  },
  hcs: {
    name: "HCS",
    base: "hex",
    meaning: "Check sequence over the bytes before it; only where an information field follows",
    clause,
  },
  fcs: {
    name: "FCS",
    base: "hex",
    meaning: "Check sequence over all bytes between the flags before it",
    clause,
  },
});

const D = defineDiagnostics("hdlc", {
  "flag-missing": {
    severity: "note",
    group: "malformed",
    message: "A flag (7E) is missing",
    clause,
    check: "Logs often leave the flags out; on a line, bytes were lost",
  },
  "format-type": {
    severity: "error",
    group: "malformed",
    message: "The frame format is not of type 3",
    clause,
    check: "Wrong baud rate or parity, or another protocol",
  },
  length: {
    severity: "error",
    group: "malformed",
    message: "The length in the frame format field is not that of the frame",
    clause,
    check: "Bytes were lost or added on the way, or the log is cut off",
  },
  header: {
    severity: "error",
    group: "malformed",
    message: "The frame ends inside its header",
    clause,
    check: "Is the log cut off, or were bytes lost?",
  },
  "hcs-mismatch": {
    severity: "error",
    group: "checksum",
    message: "The header check sequence is wrong",
    clause,
    check: "Bytes were changed on the way: cable, baud rate, parity, or a retyped log",
  },
  "fcs-mismatch": {
    severity: "error",
    group: "checksum",
    message: "The frame check sequence is wrong",
    clause,
    check: "Bytes were changed on the way: cable, baud rate, parity, or a retyped log",
  },
});

/** The values of an HDLC frame, as far as it could be read. */
export interface Hdlc extends HdlcInformation {
  readonly "format-type": number;
  readonly segmented: boolean;
  /** As the frame says it. */
  readonly length: number;
  readonly destination?: HdlcAddress;
  readonly source?: HdlcAddress;
  readonly control?: HdlcControl;
  readonly hcs?: number;
  readonly "hcs-ok"?: boolean;
  readonly fcs?: number;
  readonly "fcs-ok"?: boolean;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const flag = 0x7e;
const formatBits = [F.formatType, F.segmented, F.length];
const shortestBody = 7;

/**
 * Reads one whole HDLC frame as a layer, with its flags as far as they are there. An LLC PDU or APDU
 * in it is handed over; of the first of several segments the LLC header is read, too.
 */
export function readHdlc(c: Cursor): void {
  const firstSegment = readLayer(c, "hdlc", F[""], decodeHdlc);
  if (firstSegment !== undefined) readLlcSegment(firstSegment);
}

function decodeHdlc(c: Cursor): Cursor | undefined {
  if (c.peek() !== flag) reportMissingFlag(c, "opening");
  while (c.peek() === flag) c.u8(F.flag);
  const start = c.offset;
  const format = c.u16Bits(F.format, formatBits);
  if (format >> 12 !== 0xa) c.fail(D["format-type"], start, c.offset);
  const hdlc: Writable<Hdlc> = {
    "format-type": format >> 12,
    segmented: (format & 0x0800) !== 0,
    length: format & 0x07ff,
  };
  c.dissection.link["hdlc"] = hdlc;
  const { end, hasFcs } = findEnd(c.bytes, start, c.end, hdlc.length);
  if (end - start !== hdlc.length) {
    c.report(D.length, start, start + 2, `${hdlc.length} said, ${end - start} there`);
  }
  const contentsEnd = hasFcs ? end - 2 : end;
  const firstSegment = decodeContents(c, hdlc, start, contentsEnd);
  readPayload(c, contentsEnd);
  if (hasFcs) {
    hdlc.fcs = c.u16LittleEndian(F.fcs);
    hdlc["fcs-ok"] = judgeCheckSequence(c, hdlc.fcs, start, D["fcs-mismatch"]);
  }
  if (c.peek() !== flag && end - start === hdlc.length) reportMissingFlag(c, "closing");
  while (c.peek() === flag) c.u8(F.flag);
  return firstSegment;
}

/** Addresses, control field and information field, up to `end`. */
function decodeContents(
  c: Cursor,
  hdlc: Writable<Hdlc>,
  start: number,
  end: number,
): Cursor | undefined {
  const roles = findRoles(c.bytes, c.offset, end, c.dissection.context.direction);
  const destination = decodeHdlcAddress(c, end, "destination", roles.destination);
  if (destination === undefined) return undefined;
  hdlc.destination = destination;
  const source = decodeHdlcAddress(c, end, "source", roles.source);
  if (source === undefined) return undefined;
  hdlc.source = source;
  if (c.offset === end) {
    c.report(D.header, c.offset, c.offset, "there is no control field");
    return undefined;
  }
  hdlc.control = decodeHdlcControl(c);
  if (c.offset === end) return undefined;
  if (end - c.offset < 2) {
    c.report(D.header, c.offset, end, "the HCS is cut off");
    return undefined;
  }
  hdlc.hcs = c.u16LittleEndian(F.hcs);
  hdlc["hcs-ok"] = judgeCheckSequence(c, hdlc.hcs, start, D["hcs-mismatch"]);
  if (c.offset === end) return undefined;
  const { control, segmented } = hdlc;
  const information = decodeInformation(c, end, { control, segmented, source, destination });
  Object.assign(hdlc, information.values);
  return information.firstSegment;
}

/**
 * Where the bytes between the flags end, and whether an FCS stands there. The frame's own length
 * decides, unless it does not fit and the FCS or the closing flag shows a better end.
 */
function findEnd(
  bytes: Uint8Array,
  start: number,
  bytesEnd: number,
  length: number,
): { end: number; hasFcs: boolean } {
  const said = start + length;
  if (said === bytesEnd && length >= shortestBody) return { end: said, hasFcs: true };
  const closed = bytes[bytesEnd - 1] === flag && bytesEnd - 1 >= start + 2;
  const actual = closed ? bytesEnd - 1 : bytesEnd;
  const fits = (end: number) => {
    return end - start >= shortestBody && end <= bytesEnd && hasCrc16X25(bytes, start, end - 2);
  };
  if (length >= shortestBody && said <= bytesEnd) {
    if (said === actual || fits(said)) return { end: said, hasFcs: true };
    if (!fits(actual) && (!closed || bytes[said] === flag)) return { end: said, hasFcs: true };
  }
  return { end: actual, hasFcs: actual - start >= 4 && (closed || fits(actual)) };
}

/** Whose the addresses at `at` are: a client's has one byte always, a server's one, two or four. */
function findRoles(
  bytes: Uint8Array,
  at: number,
  end: number,
  direction: Direction | null,
): { destination: HdlcRole; source: HdlcRole } {
  const destination = hdlcAddressLength(bytes, at, end);
  const source = destination > 0 ? hdlcAddressLength(bytes, at + destination, end) : 0;
  if (destination > 1 && source <= 1) return { destination: "server", source: "client" };
  if (source > 1 && destination === 1) return { destination: "client", source: "server" };
  if (direction === null || source > 1) return { destination: undefined, source: undefined };
  return direction === "client-to-server"
    ? { destination: "server", source: "client" }
    : { destination: "client", source: "server" };
}

function reportMissingFlag(c: Cursor, which: string): void {
  c.report(D["flag-missing"], c.offset, c.offset, `the ${which} flag`);
}

/** Compares the check sequence that was read last with that of the bytes from `start` to it. */
function judgeCheckSequence(
  c: Cursor,
  value: number,
  start: number,
  mismatch: DiagnosticDefinition,
): boolean {
  const expected = crc16X25(c.bytes, start, c.offset - 2);
  if (value === expected) return true;
  const text = `0x${expected.toString(16).padStart(4, "0")}`;
  if (c.recording) c.note(`wrong, expected ${text}`);
  c.report(mismatch, c.offset - 2, c.offset, `expected ${text}`);
  return false;
}
