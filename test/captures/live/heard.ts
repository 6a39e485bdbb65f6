/** A sink that keeps what a tap tells, and what comes out when it is decoded. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tap, TapEvent, TapPacket, TapState } from "../../../captures/live/tap.js";
import { type Frame, FrameDecoder } from "../../../decoder/index.js";

export class Heard {
  readonly events: TapEvent[] = [];
  /** Whether the taker asks to wait. */
  isBehind = false;

  take(event: TapEvent): boolean {
    this.events.push(event);
    return !this.isBehind;
  }

  get packets(): TapPacket[] {
    return this.events.filter((event) => event.kind === "packet");
  }

  get states(): TapState[] {
    return this.events.filter((event) => event.kind === "state");
  }

  get messages(): string[] {
    return this.states.map(({ message }) => message);
  }

  /** Bytes of the application so far. */
  get payloadLength(): number {
    return this.packets.reduce((sum, { payloadLength }) => sum + payloadLength, 0);
  }

  /** What the packets are for the decoder. */
  frames(tap: Pick<Tap, "interfaces">): Frame[] {
    return decodePackets(this.packets, tap.interfaces[0]?.linkType ?? -1);
  }
}

export function decodePackets(
  packets: readonly Pick<TapPacket, "bytes">[],
  linkType: number,
): Frame[] {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  for (const { bytes } of packets) {
    const rest = { interface: 0, time: null, direction: null, position: 0 };
    frames.push(...decoder.push({ ...rest, linkType, bytes, originalLength: bytes.length }));
  }
  frames.push(...decoder.finish());
  return frames;
}

/** The frames of the sample session: what the client sends (TX), what the meter sends (RX). */
export const sampleSession = readFileSync(
  join(import.meta.dirname, "../../../captures/samples/hdlc-session.txt"),
  "utf8",
)
  .split("\n")
  .flatMap((line) => {
    const [, mark, hex] = / (TX|RX): ([\dA-F ]+)$/.exec(line.trim()) ?? [];
    if (mark === undefined || hex === undefined) return [];
    return [
      {
        isFromClient: mark === "TX",
        bytes: new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex")),
      },
    ];
  });

/** What the sample session comes to, in short; the test of `obiscope decode` says the same. */
export const sampleLayers = [
  "hdlc",
  "hdlc",
  "aarq",
  "aare",
  "get-request-normal",
  "get-response-normal",
  "get-request-normal",
  "get-response-normal",
  "get-request-normal",
  "get-response-normal",
  "get-request-normal",
  "get-response-normal",
  "hdlc",
  "hdlc",
];

/** The innermost layers of those frames that carry something of the application. */
export function layersOf(frames: readonly Frame[]): (string | undefined)[] {
  return frames
    .map(({ layers }) => layers.at(-1))
    .filter((layer) => layer !== "tcp" && layer !== "udp");
}

/** Diagnostics that say that packets, not their content, are wrong. */
export function packetFaults(frames: readonly Frame[]): string[] {
  return frames
    .flatMap(({ diagnostics }) => diagnostics)
    .map(({ definition }) => definition)
    .filter(({ code }) => /^(ip|ipv4|ipv6|tcp|udp)\./.test(code))
    .filter(({ severity }) => severity === "warning" || severity === "error")
    .map(({ code }) => code);
}
