/** Ethernet II and IEEE 802.3 with LLC and SNAP. */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayerWith } from "../../core/layer.js";
import { formatLinkAddress } from "./address-text.js";
import { etherTypes, handOverEtherType } from "./ether-type.js";
import type { PacketContents } from "./packet-contents.js";

const F = defineFields("ethernet", {
  "": { name: "Ethernet", type: "group" },
  destination: { name: "Destination address", type: "string" },
  source: { name: "Source address", type: "string" },
  type: { name: "Type", base: "hex", values: etherTypes },
  length: { name: "Length", meaning: "Bytes of the payload, in a frame of IEEE 802.3" },
  "llc.dsap": { name: "LLC destination SAP", base: "hex" },
  "llc.ssap": { name: "LLC source SAP", base: "hex" },
  "llc.control": { name: "LLC control", base: "hex" },
  "snap.organization": { name: "SNAP organization code", base: "hex" },
  "snap.type": { name: "SNAP protocol", base: "hex", values: etherTypes },
  padding: {
    name: "Padding",
    type: "bytes",
    meaning: "Bytes behind the payload that fill the frame up to its least length",
  },
  fcs: { name: "Frame check sequence", type: "bytes" },
});

const D = defineDiagnostics("ethernet", {
  length: {
    severity: "warning",
    group: "malformed",
    message: "The frame is shorter than its length field says",
    check: "Was the packet cut off by the capture, or on the way?",
  },
});

/** An Ethernet header as `link.ethernet` shows it. */
export interface Ethernet {
  readonly destination: string;
  readonly source: string;
  /** The ethertype; of a frame of IEEE 802.3 the length. */
  readonly type: number;
}

/** Greatest value of the length field; above it the field is an ethertype (IEEE 802.3). */
const greatestLength = 1500;

/** Reads the header of an Ethernet frame; the payload is handed over. */
export function readEthernet(c: Cursor, packet: PacketContents): void {
  readLayerWith(c, "ethernet", F[""], decodeEthernet, packet);
}

function decodeEthernet(c: Cursor, packet: PacketContents): void {
  packet.ethernetStart = c.offset;
  const withText = c.recording || packet.values;
  c.need(12);
  const destination = withText ? formatLinkAddress(c.bytes, c.offset) : "";
  c.leaf(F.destination, 6, destination);
  const source = withText ? formatLinkAddress(c.bytes, c.offset) : "";
  c.leaf(F.source, 6, source);
  c.need(2);
  const type = ((c.peek(0) ?? 0) << 8) | (c.peek(1) ?? 0);
  c.u16(type <= greatestLength ? F.length : F.type);
  if (packet.values) {
    const header: Ethernet = { destination, source, type };
    c.dissection.link["ethernet"] = header;
  }
  if (type > greatestLength) handOverEtherType(c.take(c.remaining), type, packet);
  else decodeLlc(c, type, packet);
}

function decodeLlc(c: Cursor, length: number, packet: PacketContents): void {
  if (length > c.remaining && packet.cut === 0) {
    c.report(D.length, c.offset - 2, c.offset, `${length} said, ${c.remaining} there`);
  }
  const payload = c.take(Math.min(length, c.remaining));
  if (c.remaining > 0) packet.trailerStart = c.offset;
  c.take(c.remaining);
  const dsap = payload.u8(F["llc.dsap"]);
  const ssap = payload.u8(F["llc.ssap"]);
  const control = payload.u8(F["llc.control"]);
  let type = 0;
  if (dsap === 0xaa && ssap === 0xaa && control === 0x03) {
    const organization = payload.u24(F["snap.organization"]);
    const protocol = payload.u16(F["snap.type"]);
    if (organization === 0) type = protocol;
  }
  handOverEtherType(payload, type, packet);
}

/**
 * Bytes behind the datagram: what fills an Ethernet frame up, and its check sequence where the
 * capture kept it. The check sequence is told by its value alone.
 */
export function readEthernetTrailer(c: Cursor, packet: PacketContents): void {
  const withCheck = packet.cut === 0 && hasCheckSequence(c, packet.ethernetStart);
  const padding = c.remaining - (withCheck ? 4 : 0);
  if (padding > 0) c.octets(F.padding, padding);
  if (withCheck) c.octets(F.fcs, 4);
}

/** The CRC-32 of a frame with its check sequence is a constant (IEEE 802.3). */
const residue = 0xdebb20e3;

function hasCheckSequence(c: Cursor, start: number): boolean {
  if (c.remaining < 4) return false;
  let crc = 0xffffffff;
  for (let i = start; i < c.end; i++) {
    crc ^= c.bytes[i] as number;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return crc >>> 0 === residue;
}
