/** TCP (RFC 9293). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayerWith } from "../../core/layer.js";
import { judgeTransportChecksum } from "./internet-checksum.js";
import type { PacketContents } from "./packet-contents.js";
import { tcpFlagNames } from "./tcp-flags.js";
import { decodeTcpOptions } from "./tcp-options.js";

const clause = "RFC 9293, Header Format";

const F = defineFields("tcp", {
  "": { name: "TCP", type: "group", clause },
  sourcePort: { name: "Source port", clause },
  destinationPort: { name: "Destination port", clause },
  sequenceNumber: { name: "Sequence number", clause },
  acknowledgmentNumber: { name: "Acknowledgment number", clause },
  offsetAndFlags: { name: "Data offset and flags", base: "hex", clause },
  dataOffset: { name: "Data offset", mask: 0xf000, meaning: "In words of 4 bytes" },
  reserved: { name: "Reserved", mask: 0x0f00 },
  "flags.cwr": { name: "CWR", mask: 0x80 },
  "flags.ece": { name: "ECE", mask: 0x40 },
  "flags.urg": { name: "URG", mask: 0x20 },
  "flags.ack": { name: "ACK", mask: 0x10 },
  "flags.psh": { name: "PSH", mask: 0x08 },
  "flags.rst": { name: "RST", mask: 0x04 },
  "flags.syn": { name: "SYN", mask: 0x02 },
  "flags.fin": { name: "FIN", mask: 0x01 },
  window: { name: "Window", clause },
  checksum: { name: "Checksum", base: "hex", clause },
  urgentPointer: { name: "Urgent pointer", clause },
  payload: { name: "Payload", type: "bytes" },
});

const D = defineDiagnostics("tcp", {
  "data-offset": {
    severity: "error",
    group: "malformed",
    message: "The data offset is less than 5 words",
    clause,
    check: "Is it a segment of TCP, or was the packet damaged?",
  },
  checksum: {
    severity: "note",
    group: "checksum",
    message: "The checksum is wrong",
    clause,
    check: "Damaged on its way, or captured before the network card completed it",
  },
});

/** A header as `link.tcp` shows it. */
export interface Tcp {
  readonly "source-port": number;
  readonly "destination-port": number;
  readonly "sequence-number": number;
  readonly "acknowledgment-number": number;
  readonly flags: readonly string[];
  readonly window: number;
}

const offsetAndFlagsBits = [
  F.dataOffset,
  F.reserved,
  F["flags.cwr"],
  F["flags.ece"],
  F["flags.urg"],
  F["flags.ack"],
  F["flags.psh"],
  F["flags.rst"],
  F["flags.syn"],
  F["flags.fin"],
];
const leastHeader = 20;

/** Reads a segment; its payload is one leaf, and the frames in it are sources of their own. */
export function readTcp(c: Cursor, packet: PacketContents): void {
  readLayerWith(c, "tcp", F[""], decodeTcp, packet);
}

function decodeTcp(c: Cursor, packet: PacketContents): void {
  const start = c.offset;
  const sourcePort = c.u16(F.sourcePort);
  const destinationPort = c.u16(F.destinationPort);
  const sequence = c.u32(F.sequenceNumber);
  const acknowledgment = c.u32(F.acknowledgmentNumber);
  const offsetAndFlags = c.u16Bits(F.offsetAndFlags, offsetAndFlagsBits);
  const headerLength = 4 * (offsetAndFlags >>> 12);
  const flags = offsetAndFlags & 0xff;
  const window = c.u16(F.window);
  const checksum = c.u16(F.checksum);
  if (packet.values) {
    const header: Tcp = {
      "source-port": sourcePort,
      "destination-port": destinationPort,
      "sequence-number": sequence,
      "acknowledgment-number": acknowledgment,
      flags: tcpFlagNames(flags),
      window,
    };
    c.dissection.link["tcp"] = header;
    if (!packet.fragmented && packet.lost === 0) judgeChecksum(c, start, checksum, packet);
  }
  c.u16(F.urgentPointer);
  if (headerLength < leastHeader) {
    c.fail(D["data-offset"], start + 12, start + 13, String(headerLength / 4));
  }
  if (headerLength > leastHeader) decodeTcpOptions(c.take(headerLength - leastHeader));
  packet.payload = "tcp";
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  packet.sequence = sequence;
  packet.acknowledgment = acknowledgment;
  packet.flags = flags;
  packet.window = window;
  packet.payloadStart = c.offset;
  packet.payloadEnd = c.end;
  if (c.remaining > 0) {
    const length = c.remaining;
    // Its bytes are those of the frame inside, and stand there.
    c.leaf(F.payload, length, undefined);
    if (c.recording) c.note(`${length} bytes`);
  }
}

function judgeChecksum(c: Cursor, start: number, said: number, packet: PacketContents): void {
  if (packet.ipVersion === 0) return;
  const verdict = judgeTransportChecksum(c.bytes, start, c.end, said, packet);
  if (verdict === "left-out" && c.recording) c.note("left to the network card");
  if (verdict === "wrong") {
    if (c.recording) c.note("wrong");
    c.report(D.checksum, start + 16, start + 18);
  }
}
