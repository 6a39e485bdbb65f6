/** IPv6 and its extension headers (RFC 8200). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayerWith } from "../../core/layer.js";
import { formatIpv6 } from "./address-text.js";
import { handOverIpPayload } from "./ip-payload.js";
import { ipProtocols } from "./ip-protocols.js";
import type { PacketContents } from "./packet-contents.js";

const clause = "RFC 8200, IPv6 Header Format";
const extensionClause = "RFC 8200, IPv6 Extension Headers";

const F = defineFields("ipv6", {
  "": { name: "IPv6", type: "group", clause },
  first: { name: "Version, traffic class and flow label", base: "hex", clause },
  version: { name: "Version", mask: 0xf0000000 },
  trafficClass: { name: "Traffic class", mask: 0x0ff00000 },
  flowLabel: { name: "Flow label", base: "hex", mask: 0x000fffff },
  payloadLength: { name: "Payload length", clause },
  nextHeader: { name: "Next header", values: ipProtocols, clause },
  hopLimit: { name: "Hop limit", clause },
  source: { name: "Source address", type: "string", clause },
  destination: { name: "Destination address", type: "string", clause },
  extension: { name: "Extension header", type: "group", clause: extensionClause },
  "extension.nextHeader": { name: "Next header", values: ipProtocols, clause: extensionClause },
  "extension.length": { name: "Length", clause: extensionClause },
  "extension.content": { name: "Content", type: "bytes", clause: extensionClause },
  "fragment.reserved": { name: "Reserved", base: "hex" },
  "fragment.offsetAndFlag": { name: "Offset and flag", base: "hex" },
  "fragment.offset": { name: "Fragment offset", mask: 0xfff8, meaning: "In units of 8 bytes" },
  "fragment.more": { name: "More fragments", mask: 0x0001 },
  "fragment.identification": { name: "Identification", base: "hex" },
});

const D = defineDiagnostics("ipv6", {
  version: {
    severity: "error",
    group: "malformed",
    message: "The version is not 6",
    clause,
    check: "Is it a packet of IP, and does the capture's link type say so rightly?",
  },
  "payload-length": {
    severity: "warning",
    group: "malformed",
    message: "The payload length is not that of the packet",
    clause,
    check: "Was the packet cut off by the capture, or on the way?",
  },
});

/** A header as `link.ipv6` shows it. */
export interface Ipv6 {
  readonly source: string;
  readonly destination: string;
  /** The protocol behind all extension headers. */
  readonly protocol: number;
  readonly "hop-limit": number;
  readonly "flow-label": number;
  readonly "payload-length": number;
  /** Only in fragments: where in the datagram the payload stands, in bytes. */
  readonly identification?: number;
  readonly "fragment-offset"?: number;
  readonly "more-fragments"?: boolean;
}

const firstBits = [F.version, F.trafficClass, F.flowLabel];
const fragmentBits = [F["fragment.offset"], F["fragment.more"]];
const headerLength = 40;
const hopByHop = 0;
const routing = 43;
const fragmentHeader = 44;
const authentication = 51;
const destinationOptions = 60;

/**
 * Reads the header and its extensions; the payload is handed over by its protocol. Bytes behind
 * the payload length are the link layer's: `packet.trailerStart` says where they begin.
 */
export function readIpv6(c: Cursor, packet: PacketContents): void {
  const said = ((c.peek(4) ?? 0) << 8) | (c.peek(5) ?? 0);
  let datagram = c;
  if (said > 0 && headerLength + said < c.remaining && packet.trailerStart < 0) {
    datagram = c.take(headerLength + said);
    packet.trailerStart = c.offset;
  }
  readLayerWith(datagram, "ipv6", F[""], decodeIpv6, packet);
}

function decodeIpv6(c: Cursor, packet: PacketContents): void {
  const start = c.offset;
  const first = c.u32(F.first);
  c.dissection.recorder.bits(firstBits, first);
  if (first >>> 28 !== 6) c.fail(D.version, start, start + 1, String(first >>> 28));
  const payloadLength = c.u16(F.payloadLength);
  let protocol = c.u8(F.nextHeader);
  const hopLimit = c.u8(F.hopLimit);
  const withText = c.recording || packet.values;
  c.need(32);
  packet.ipVersion = 6;
  packet.sourceAt = c.offset;
  packet.destinationAt = c.offset + 16;
  const source = withText ? formatIpv6(c.bytes, c.offset) : "";
  c.leaf(F.source, 16, source);
  const destination = withText ? formatIpv6(c.bytes, c.offset) : "";
  c.leaf(F.destination, 16, destination);
  packet.lost = decodeLost(c, payloadLength, packet);
  packet.fragmented = false;
  for (;;) {
    const later = packet.fragmented && packet.fragmentOffset > 0;
    if (later || !isExtension(protocol)) break;
    protocol = decodeExtension(c, protocol, packet);
  }
  packet.protocol = protocol;
  if (packet.values) {
    const header: Ipv6 = {
      source,
      destination,
      protocol,
      "hop-limit": hopLimit,
      "flow-label": first & 0xfffff,
      "payload-length": payloadLength,
      ...(packet.fragmented
        ? {
            identification: packet.identification,
            "fragment-offset": packet.fragmentOffset,
            "more-fragments": packet.moreFragments,
          }
        : {}),
    };
    c.dissection.link["ipv6"] = header;
  }
  handOverIpPayload(c.take(c.remaining), packet);
}

/** How many bytes of the datagram are not there. The cursor stands behind the header. */
function decodeLost(c: Cursor, said: number, packet: PacketContents): number {
  // Zero stands in jumbograms, and in packets that the network card was to cut up.
  if (said === 0 || said === c.remaining) return 0;
  const lost = said - c.remaining;
  if (lost > 0 && packet.cut >= lost) return lost;
  const at = c.offset - headerLength + 4;
  c.report(D["payload-length"], at, at + 2, `${said} said, ${c.remaining} there`);
  return Math.max(0, lost);
}

function isExtension(protocol: number): boolean {
  return (
    protocol === hopByHop ||
    protocol === routing ||
    protocol === fragmentHeader ||
    protocol === authentication ||
    protocol === destinationOptions
  );
}

/** Reads one extension header; returns the number of the header behind it. */
function decodeExtension(c: Cursor, kind: number, packet: PacketContents): number {
  c.open(F.extension);
  if (c.recording)
    c.dissection.recorder.describe(kind, ipProtocols[kind as keyof typeof ipProtocols]);
  const next = c.u8(F["extension.nextHeader"]);
  if (kind === fragmentHeader) {
    c.u8(F["fragment.reserved"]);
    const offsetAndFlag = c.u16Bits(F["fragment.offsetAndFlag"], fragmentBits);
    packet.identification = c.u32(F["fragment.identification"]);
    packet.fragmentOffset = offsetAndFlag & 0xfff8;
    packet.moreFragments = (offsetAndFlag & 1) !== 0;
    // An atomic fragment (RFC 6946) is a whole datagram.
    packet.fragmented = packet.moreFragments || packet.fragmentOffset > 0;
  } else {
    // The authentication header counts words of 4 bytes less 2, the others words of 8 less 1.
    const length = c.u8(F["extension.length"]);
    const whole = kind === authentication ? 4 * (length + 2) : 8 * (length + 1);
    c.octets(F["extension.content"], whole - 2);
  }
  c.close();
  return next;
}
