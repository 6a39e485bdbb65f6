/**
 * What conversations keep after their frames: very many of them, of one request and its answer each.
 * Every pair of frames stands in a piece of the capture of its own, so that whatever keeps a view of
 * a frame keeps 64 KiB, and the figure shows it at once.
 *
 *   node --expose-gc --import tsx test/bench/retained-memory.ts
 */
import { keySetFromOptions, nodePrimitives } from "../../analyzer/index.js";
import { FrameDecoder } from "../../decoder/index.js";
import {
  benchmarkAuthenticationKey,
  benchmarkKey,
  cipher,
  getRequest,
  getResponse,
  hdlc,
  wrap,
} from "./messages.js";
import { udpPacket } from "./packets.js";
import { SeededRandom } from "./random.js";

const conversations = 2000;
const pieceLength = 65_536;
const headEnd = 1;
/** Ethernet, in the numbers of pcap. */
const linkType = 1;

type Kind = "wrapper" | "ciphered" | "hdlc";

/** A packet of the conversation with that meter. */
function packetOf(kind: Kind, meter: number, toMeter: boolean, apdu: Buffer): Buffer {
  const host = 256 + meter;
  const ends = toMeter
    ? { source: headEnd, destination: host, sourcePort: 40_000, destinationPort: 4059 }
    : { source: host, destination: headEnd, sourcePort: 4059, destinationPort: 40_000 };
  if (kind === "hdlc") return udpPacket(ends, hdlc(apdu, toMeter, 0));
  const [source, destination] = toMeter ? [16, 1] : [1, 16];
  if (kind === "wrapper") return udpPacket(ends, wrap(apdu, source, destination));
  const title = Buffer.from([0x4f, 0x42, 0x53, toMeter ? 0 : 1, 0, 0, meter >> 8, meter & 255]);
  return udpPacket(ends, wrap(cipher(apdu, title, meter), source, destination));
}

function memoryInUse(): number {
  // Array buffers are given back in the round after the one that finds them.
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes that are in use when all frames were decoded and their conversations are still open. */
function measure(kind: Kind): { readonly frames: number; readonly kept: number } {
  const random = new SeededRandom(20_260_102);
  const keySet = keySetFromOptions({
    guek: benchmarkKey.toString("hex"),
    gak: benchmarkAuthenticationKey.toString("hex"),
  });
  const decoder = new FrameDecoder({ keySets: [keySet], primitives: nodePrimitives });
  const before = memoryInUse();
  let frames = 0;
  for (let meter = 0; meter < conversations; meter++) {
    const piece = new Uint8Array(pieceLength);
    let at = 0;
    for (const toMeter of [true, false]) {
      const apdu = toMeter ? getRequest(random, 1) : getResponse(random, 1);
      const packet = packetOf(kind, meter, toMeter, apdu);
      piece.set(packet, at);
      const bytes = piece.subarray(at, at + packet.length);
      at += packet.length;
      const time = { seconds: 1_767_225_600 + meter, nanoseconds: at * 1000, dated: true };
      const originalLength = bytes.length;
      const position = meter * pieceLength;
      const about = { interface: 0, time, direction: null, linkType, originalLength, position };
      for (const { conversation } of decoder.push({ ...about, bytes })) {
        if (conversation !== null) frames += 1;
      }
      decoder.takeAmendments();
    }
  }
  const kept = memoryInUse() - before;
  // The decoder must live until here.
  for (const _ of decoder.finish()) frames += 1;
  return { frames, kept };
}

if (globalThis.gc === undefined) throw new Error("needs node --expose-gc");
for (const kind of ["wrapper", "ciphered", "hdlc"] as const) {
  const { frames, kept } = measure(kind);
  const each = (kept / conversations / 1024).toFixed(1);
  console.log(
    `${kind.padEnd(9)} ${conversations} conversations, ${frames} frames: ${(kept / 1e6).toFixed(1)} MB kept, ${each} KiB each`,
  );
}
