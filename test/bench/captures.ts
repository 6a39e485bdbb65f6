/** The benchmark's captures: seeded, written to files. */
import { closeSync, openSync, writeSync } from "node:fs";
import { cipher, getRequest, getResponse, hdlc, wrap } from "./messages.js";
import { pcapHeader, pcapRecord, tcpPacket, udpPacket } from "./packets.js";
import { SeededRandom } from "./random.js";

export type CaptureKind = "udp" | "mixed" | "ciphered";

const meters = 50;
const headEnd = 1;

/** Writes `count` packets of that kind to `path`; returns the file's length in bytes. */
export function writeCapture(path: string, kind: CaptureKind, count: number): number {
  const random = new SeededRandom(20_260_102);
  const sequences = Array.from({ length: 4 * meters }, () => ({ up: 1, down: 1, frames: 0 }));
  const file = openSync(path, "w");
  let length = writeSync(file, pcapHeader);
  let pending: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const meter = (i >> 1) % meters;
    const toMeter = i % 2 === 0;
    const apdu = toMeter ? getRequest(random, i >> 1) : getResponse(random, i >> 1);
    const packet = packetFor(kind, i, meter, toMeter, apdu, sequences);
    pending.push(pcapRecord(packet, i * 500));
    if (pending.length === 1024) {
      length += writeSync(file, Buffer.concat(pending));
      pending = [];
    }
  }
  length += writeSync(file, Buffer.concat(pending));
  closeSync(file);
  return length;
}

function packetFor(
  kind: CaptureKind,
  index: number,
  meter: number,
  toMeter: boolean,
  apdu: Buffer,
  sequences: { up: number; down: number; frames: number }[],
): Buffer {
  // A mixed capture changes its transport and link from one round of meters to the next.
  const style = kind === "mixed" ? Math.floor((index >> 1) / meters) % 4 : 0;
  const meterPort = style === 3 ? 4061 : 4059;
  const clientPort = 40_000 + meter;
  const ends = toMeter
    ? {
        source: headEnd,
        destination: 256 + meter,
        sourcePort: clientPort,
        destinationPort: meterPort,
      }
    : {
        source: 256 + meter,
        destination: headEnd,
        sourcePort: meterPort,
        destinationPort: clientPort,
      };
  if (kind === "ciphered") {
    const title = Buffer.from([0x4f, 0x42, 0x53, toMeter ? 0 : 1, 0, 0, 0, meter]);
    const ciphered = cipher(apdu, title, index);
    return udpPacket(ends, wrap(ciphered, toMeter ? 16 : 1, toMeter ? 1 : 16));
  }
  const payload = (link: "wrapper" | "hdlc", frames: number) =>
    link === "hdlc" ? hdlc(apdu, toMeter, frames) : wrap(apdu, toMeter ? 16 : 1, toMeter ? 1 : 16);
  if (style === 0 || style === 2) return udpPacket(ends, payload("wrapper", 0));
  const stream = sequences[style * meters + meter];
  if (stream === undefined) throw new Error("more streams than meters");
  const bytes = payload(style === 3 ? "hdlc" : "wrapper", stream.frames >> 1);
  const packet = toMeter
    ? tcpPacket(ends, stream.up, stream.down, bytes)
    : tcpPacket(ends, stream.down, stream.up, bytes);
  stream[toMeter ? "up" : "down"] += bytes.length;
  stream.frames += 1;
  return packet;
}
