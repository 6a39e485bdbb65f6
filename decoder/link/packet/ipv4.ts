/** IPv4 (RFC 791). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayerWith } from "../../core/layer.js";
import { formatIpv4 } from "./address-text.js";
import { addWords, foldSum } from "./internet-checksum.js";
import { handOverIpPayload } from "./ip-payload.js";
import { ipProtocols } from "./ip-protocols.js";
import type { PacketContents } from "./packet-contents.js";

const clause = "RFC 791, Internet Header Format";

const F = defineFields("ipv4", {
  "": { name: "IPv4", type: "group", clause },
  first: { name: "Version and header length", base: "hex", clause },
  version: { name: "Version", mask: 0xf0 },
  headerLength: { name: "Header length", mask: 0x0f, meaning: "In words of 4 bytes" },
  service: { name: "Differentiated services", base: "hex", clause: "RFC 2474" },
  dscp: { name: "DSCP", mask: 0xfc },
  ecn: { name: "ECN", mask: 0x03 },
  totalLength: { name: "Total length", clause },
  identification: { name: "Identification", base: "hex", clause },
  flagsAndOffset: { name: "Flags and fragment offset", base: "hex", clause },
  "flags.reserved": { name: "Reserved", mask: 0x8000 },
  "flags.dontFragment": { name: "Don't fragment", mask: 0x4000 },
  "flags.moreFragments": { name: "More fragments", mask: 0x2000 },
  fragmentOffset: { name: "Fragment offset", mask: 0x1fff, meaning: "In units of 8 bytes" },
  timeToLive: { name: "Time to live", clause },
  protocol: { name: "Protocol", values: ipProtocols, clause },
  checksum: { name: "Header checksum", base: "hex", clause },
  source: { name: "Source address", type: "string", clause },
  destination: { name: "Destination address", type: "string", clause },
  option: { name: "Option", type: "bytes", clause },
});

const D = defineDiagnostics("ipv4", {
  version: {
    severity: "error",
    group: "malformed",
    message: "The version is not 4",
    clause,
    check: "Is it a packet of IP, and does the capture's link type say so rightly?",
  },
  "header-length": {
    severity: "error",
    group: "malformed",
    message: "The header length is less than 5 words",
    clause,
    check: "Is it a packet of IP, and does the capture's link type say so rightly?",
  },
  "total-length": {
    severity: "warning",
    group: "malformed",
    message: "The total length is not that of the packet",
    clause,
    check: "Was the packet cut off by the capture, or on the way?",
  },
  checksum: {
    severity: "warning",
    group: "checksum",
    message: "The header checksum is wrong",
    clause,
    check:
      "Was the packet changed on the way, or captured before the network card filled the checksum in?",
  },
});

/** A header as `link.ipv4` shows it. */
export interface Ipv4 {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly "time-to-live": number;
  readonly identification: number;
  readonly "total-length": number;
  /** Only in fragments: where in the datagram the payload stands, in bytes. */
  readonly "fragment-offset"?: number;
  readonly "more-fragments"?: boolean;
}

const firstBits = [F.version, F.headerLength];
const serviceBits = [F.dscp, F.ecn];
const fragmentBits = [
  F["flags.reserved"],
  F["flags.dontFragment"],
  F["flags.moreFragments"],
  F.fragmentOffset,
];
const leastHeader = 20;
const endOfOptions = 0;
const noOperation = 1;

/**
 * Reads the header; the payload is handed over by its protocol. Bytes behind the total length are
 * the link layer's: they are left out, and `packet.trailerStart` says where they begin.
 */
export function readIpv4(c: Cursor, packet: PacketContents): void {
  const total = ((c.peek(2) ?? 0) << 8) | (c.peek(3) ?? 0);
  let datagram = c;
  if (total >= leastHeader && total < c.remaining && packet.trailerStart < 0) {
    datagram = c.take(total);
    packet.trailerStart = c.offset;
  }
  readLayerWith(datagram, "ipv4", F[""], decodeIpv4, packet);
}

function decodeIpv4(c: Cursor, packet: PacketContents): void {
  const start = c.offset;
  const first = c.u8Bits(F.first, firstBits);
  if (first >>> 4 !== 4) c.fail(D.version, start, start + 1, String(first >>> 4));
  const headerLength = 4 * (first & 0x0f);
  if (headerLength < leastHeader) c.fail(D["header-length"], start, start + 1, `${first & 0x0f}`);
  c.u8Bits(F.service, serviceBits);
  const totalLength = c.u16(F.totalLength);
  const identification = c.u16(F.identification);
  const flagsAndOffset = c.u16Bits(F.flagsAndOffset, fragmentBits);
  const timeToLive = c.u8(F.timeToLive);
  const protocol = c.u8(F.protocol);
  const checksum = c.u16(F.checksum);
  if (packet.values) judgeChecksum(c, start, start + headerLength, checksum);
  const withText = c.recording || packet.values;
  c.need(8);
  packet.ipVersion = 4;
  packet.sourceAt = c.offset;
  packet.destinationAt = c.offset + 4;
  const source = withText ? formatIpv4(c.bytes, c.offset) : "";
  c.leaf(F.source, 4, source);
  const destination = withText ? formatIpv4(c.bytes, c.offset) : "";
  c.leaf(F.destination, 4, destination);
  if (headerLength > leastHeader) decodeOptions(c.take(headerLength - leastHeader));

  const moreFragments = (flagsAndOffset & 0x2000) !== 0;
  const fragmentOffset = 8 * (flagsAndOffset & 0x1fff);
  packet.protocol = protocol;
  packet.identification = identification;
  packet.moreFragments = moreFragments;
  packet.fragmentOffset = fragmentOffset;
  packet.fragmented = moreFragments || fragmentOffset > 0;
  packet.lost = decodeLost(c, start, totalLength, packet);
  if (packet.values) {
    const header: Ipv4 = {
      source,
      destination,
      protocol,
      "time-to-live": timeToLive,
      identification,
      "total-length": totalLength,
    };
    c.dissection.link["ipv4"] = packet.fragmented
      ? { ...header, "fragment-offset": fragmentOffset, "more-fragments": moreFragments }
      : header;
  }
  handOverIpPayload(c.take(c.remaining), packet);
}

/** How many bytes of the datagram are not there. */
function decodeLost(c: Cursor, start: number, total: number, packet: PacketContents): number {
  const there = c.end - start;
  // Zero stands in packets that the network card was to cut up (segmentation offload).
  if (total === 0 || total === there) return 0;
  if (total > there && packet.cut >= total - there) return total - there;
  c.report(D["total-length"], start + 2, start + 4, `${total} said, ${there} there`);
  return Math.max(0, total - there);
}

function judgeChecksum(c: Cursor, start: number, end: number, said: number): void {
  if (end > c.end || foldSum(addWords(c.bytes, start, end)) === 0xffff) return;
  if (said === 0) {
    if (c.recording) c.note("left to the network card");
    return;
  }
  const right = 0xffff - foldSum(addWords(c.bytes, start, end) - said);
  const expected = `expected 0x${right.toString(16).padStart(4, "0")}`;
  if (c.recording) c.note(`wrong, ${expected}`);
  c.report(D.checksum, start + 10, start + 12, expected);
}

/** Options are listed, not read: they say nothing about what the packet carries. */
function decodeOptions(c: Cursor): void {
  while (c.remaining > 0) {
    const kind = c.peek();
    if (kind === endOfOptions) c.octets(F.option, c.remaining);
    else if (kind === noOperation) c.octets(F.option, 1);
    else c.octets(F.option, Math.min(Math.max(c.peek(1) ?? 1, 2), c.remaining));
  }
}
