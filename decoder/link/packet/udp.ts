/** UDP (RFC 768). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayerWith } from "../../core/layer.js";
import { judgeTransportChecksum } from "./internet-checksum.js";
import type { PacketContents } from "./packet-contents.js";

const clause = "RFC 768";

const F = defineFields("udp", {
  "": { name: "UDP", type: "group", clause },
  sourcePort: { name: "Source port", clause },
  destinationPort: { name: "Destination port", clause },
  length: { name: "Length", clause, meaning: "Bytes of the header and the payload" },
  checksum: { name: "Checksum", base: "hex", clause },
  payload: { name: "Payload", type: "bytes" },
});

const D = defineDiagnostics("udp", {
  length: {
    severity: "warning",
    group: "malformed",
    message: "The length is not that of the datagram",
    clause,
    check: "Was the packet cut off by the capture, or on the way?",
  },
  checksum: {
    severity: "note",
    group: "checksum",
    message: "The checksum is wrong",
    clause,
    check: "Damaged on its way, or captured before the network card completed it",
  },
});

/** A header as `link.udp` shows it. */
export interface Udp {
  readonly "source-port": number;
  readonly "destination-port": number;
  readonly length: number;
}

/** Bytes before the payload. */
const udpHeaderLength = 8;

/** Reads a datagram; its payload is one leaf, and the frames in it are sources of their own. */
export function readUdp(c: Cursor, packet: PacketContents): void {
  readLayerWith(c, "udp", F[""], decodeUdp, packet);
}

function decodeUdp(c: Cursor, packet: PacketContents): void {
  const start = c.offset;
  const sourcePort = c.u16(F.sourcePort);
  const destinationPort = c.u16(F.destinationPort);
  const length = c.u16(F.length);
  const checksum = c.u16(F.checksum);
  if (packet.values) {
    const header: Udp = {
      "source-port": sourcePort,
      "destination-port": destinationPort,
      length,
    };
    c.dissection.link["udp"] = header;
    // Part of a datagram has no length and no checksum of its own.
    if (!packet.fragmented && packet.lost === 0) judge(c, start, length, checksum, packet);
  }
  packet.payload = "udp";
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  packet.payloadStart = c.offset;
  const sensible = length >= udpHeaderLength ? length - udpHeaderLength : c.remaining;
  const payload = Math.min(sensible, c.remaining);
  packet.payloadEnd = c.offset + payload;
  if (payload > 0) {
    // Its bytes are those of the frame inside, and stand there.
    c.leaf(F.payload, payload, undefined);
    if (c.recording) c.note(`${payload} bytes`);
  }
}

function judge(
  c: Cursor,
  start: number,
  length: number,
  checksum: number,
  packet: PacketContents,
): void {
  if (checksum === 0 && c.recording) c.note("not used");
  const there = c.end - start;
  // Zero stands in jumbograms, and in datagrams that the network card was to cut up.
  if (length > there || (length < udpHeaderLength && length !== 0)) {
    c.report(D.length, start + 4, start + 6, `${length} said, ${there} there`);
  } else if (checksum !== 0 && length !== 0 && packet.ipVersion !== 0) {
    const verdict = judgeTransportChecksum(c.bytes, start, start + length, checksum, packet);
    if (verdict === "left-out" && c.recording) c.note("left to the network card");
    if (verdict === "wrong") {
      if (c.recording) c.note("wrong");
      c.report(D.checksum, start + 6, start + 8);
    }
  }
}
