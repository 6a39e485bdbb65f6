/**
 * A line that was recorded read by read, as taps do it, decodes to what its bytes decode to when they
 * come as a bare stream: over every item of the corpus whose framing needs no message boundaries.
 */
import { describe, expect, it } from "vitest";
import {
  createRtacEvent,
  LINKTYPE_RTAC_SERIAL,
  RTAC_HEADER_LENGTH,
  type RtacEvent,
  rtacEvents,
  writeRtacHeader,
} from "../../captures/live/rtac-serial.js";
import type { CaptureChunk, Direction, Timestamp } from "../../decoder/chunk.js";
import { LINK_TYPE_STREAM } from "../../decoder/chunk.js";
import { type Frame, FrameDecoder, presentFrame } from "../../decoder/index.js";
import { findBrokenPromises } from "../decoder/tree-checks.js";
import { type CorpusItem, corpusIsHere, readItems, readMessages, toKeySets } from "./corpus.js";
import { framingOf } from "./decode-item.js";

const lineFramings = ["hdlc", "mbus", "p1", "iec21"];
const items = readItems().filter(({ framing }) => lineFramings.includes(framing));

/** A message of the corpus as it would have been read from a port, and when. */
interface Read {
  readonly direction: Direction | null;
  readonly bytes: Uint8Array;
  readonly time: Timestamp;
}

const directions: Readonly<Record<string, Direction>> = {
  C: "client-to-server",
  S: "server-to-client",
};

/** Its messages one second apart. */
function messagesOf(item: CorpusItem): Read[] {
  return readMessages(item).map(({ dir, bytes }, index) => ({
    direction: directions[dir] ?? null,
    bytes,
    time: { seconds: 1_700_000_000 + index, nanoseconds: 0, dated: true },
  }));
}

/** Cut into reads of 1 to 24 bytes, by a fixed sequence; each with the time of its message. */
function cut(messages: readonly Read[]): Read[] {
  let state = 1;
  return messages.flatMap(({ direction, bytes, time }) => {
    const reads: Read[] = [];
    for (let at = 0; at < bytes.length; ) {
      state = (state * 75 + 74) % 65_537;
      const end = at + 1 + (state % 24);
      reads.push({ direction, bytes: bytes.subarray(at, end), time });
      at = end;
    }
    return reads;
  });
}

function asStream({ direction, bytes, time }: Read): CaptureChunk {
  return {
    interface: 0,
    time,
    direction,
    linkType: LINK_TYPE_STREAM,
    bytes,
    originalLength: bytes.length,
    position: 0,
  };
}

function asRecorded({ direction, bytes, time }: Read, event: RtacEvent): CaptureChunk {
  const packet = new Uint8Array(RTAC_HEADER_LENGTH + bytes.length);
  writeRtacHeader(packet, time, event, 0);
  packet.set(bytes, RTAC_HEADER_LENGTH);
  return { ...chunkOf(packet, time), direction };
}

function chunkOf(packet: Uint8Array, time: Timestamp): CaptureChunk {
  return {
    interface: 0,
    time,
    direction: null,
    linkType: LINKTYPE_RTAC_SERIAL,
    bytes: packet,
    originalLength: packet.length,
    position: 0,
  };
}

function decode(item: CorpusItem, chunks: readonly CaptureChunk[], tree = false): Frame[] {
  const decoder = new FrameDecoder({ framing: framingOf(item), keySets: toKeySets(item), tree });
  const frames = chunks.flatMap((chunk) => [...decoder.push(chunk)]);
  return [...frames, ...decoder.finish()];
}

/** What a frame is and says, without the packet around it. */
function meaning(frame: Frame): unknown {
  const { layers, link, sources, diagnostics, tree, number, ...rest } = presentFrame(frame);
  const { "rtac-serial": _, ...ownLink } = link ?? {};
  return {
    ...rest,
    layers: layers.filter((layer) => layer !== "rtac-serial"),
    link: ownLink,
    bytes: Buffer.from(frame.sources[0]?.bytes ?? []).toString("hex"),
    diagnostics: (diagnostics ?? []).map(({ code, message }) => `${code} ${message}`),
  };
}

describe.skipIf(!corpusIsHere)("a serial line recorded read by read", () => {
  it.for(items)("$id: on one port, gives the frames of the stream", (item) => {
    const reads = cut(messagesOf(item)).map((read) => ({ ...read, direction: null }));
    const stream = decode(item, reads.map(asStream));
    const recorded = decode(
      item,
      reads.map((read) => asRecorded(read, rtacEvents.reception)),
    );
    expect(stream.length).toBeGreaterThan(0);
    expect(recorded.map(meaning)).toEqual(stream.map(meaning));
  });

  const directed = items.filter((item) => {
    const messages = readMessages(item);
    return messages.length > 1 && messages.every(({ dir }) => dir in directions);
  });
  it.for(directed)("$id: on two ports, gives the frames of the marked stream", (item) => {
    const reads = cut(messagesOf(item));
    const stream = decode(item, reads.map(asStream));
    const recorded = decode(
      item,
      reads.map((read) => {
        const isClient = read.direction === "client-to-server";
        return asRecorded(read, isClient ? rtacEvents.transmission : rtacEvents.reception);
      }),
    );
    expect(recorded.map(meaning)).toEqual(stream.map(meaning));
  });

  it("explains every byte of its packets and frames", () => {
    const item = items.find(({ framing, kind }) => framing === "hdlc" && kind === "session");
    if (item === undefined) throw new Error("the corpus has no HDLC session");
    const chunks = cut(messagesOf(item)).map((read) => asRecorded(read, rtacEvents.reception));
    const [{ time } = { time: null }] = chunks;
    if (time === null) throw new Error("no time");
    const events = Object.values(rtacEvents).map((event) =>
      chunkOf(createRtacEvent(time, event, 0), time),
    );
    const frames = decode(item, [...chunks, ...events], true);
    expect(frames.flatMap(findBrokenPromises)).toEqual([]);
  });
});
