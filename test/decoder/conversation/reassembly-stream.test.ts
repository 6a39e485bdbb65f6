/** Wrapper PDUs that TCP carries in pieces, and random messages in random pieces. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Direction } from "../../../decoder/chunk.js";
import { concatenate } from "../../../decoder/core/bytes.js";
import type { Frame } from "../../../decoder/index.js";
import { tcpPacket } from "../link/packet/packet-builder.js";
import {
  blocksOf,
  codesOf,
  decodeTrace,
  decodeWhole,
  down,
  generalBlock,
  getResponse,
  HdlcConversation,
  inWrapper,
  type Message,
  mbusFrames,
  numbered,
  pick,
  setRequest,
  up,
} from "./trace-frames.js";

describe("wrapper PDUs over TCP", () => {
  const ports = { sourcePort: 4059, destinationPort: 40_000 };
  const answers = [getResponse(numbered(100)), getResponse(numbered(90, 30), 0xc2)];
  const bytes = concatenate(answers.map((apdu) => inWrapper(down, apdu).bytes));

  /** The bytes of the stream from `start` to `end` in a packet. */
  const segment = (start: number, end: number): Message => ({
    bytes: tcpPacket(
      { ...ports, source: "10.0.0.2", destination: "10.0.0.1", sequence: 1000 + start },
      bytes.subarray(start, end),
    ),
    linkType: 1,
  });
  /** SYN and ACK (flags 0x12) of the meter: the sequence number before its first byte. */
  const opening: Message = {
    bytes: tcpPacket(
      { ...ports, source: "10.0.0.2", destination: "10.0.0.1", sequence: 999, flags: 0x12 },
      "",
    ),
    linkType: 1,
  };
  const cuts = [0, 30, 60, 130, 160, bytes.length];
  const segments = cuts.slice(1).map((end, i) => segment(cuts[i] ?? 0, end));
  const apdusOf = (frames: readonly Frame[]) =>
    frames.flatMap(({ apdu }) => (apdu === undefined ? [] : [apdu]));

  it.for([
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [1, 0, 3, 2, 4],
    [0, 0, 1, 2, 1, 3, 4],
  ])("in the order %j", (order) => {
    const frames = decodeTrace([opening, ...pick(segments, ...order)]);
    expect(apdusOf(frames)).toEqual(answers.map((apdu) => decodeWhole(apdu, down).apdu));
  });

  it("point back to the packets that carried them", () => {
    const frames = decodeTrace([opening, ...pick(segments, 1, 0, 2, 3, 4)]);
    const [frame] = frames.filter(({ apdu }) => apdu !== undefined);
    expect(frame?.sources[0]?.kind).toBe("frame");
    for (const { start, end, source, offset } of frame?.sources[0]?.origin ?? []) {
      const carried = frame?.sources[source];
      expect(carried?.kind).toBe("packet");
      expect(carried?.bytes.subarray(offset, offset + end - start)).toEqual(
        frame?.sources[0]?.bytes.subarray(start, end),
      );
    }
    // The first PDU has 8 + 106 bytes and lies in the packets of bytes 0, 30 and 60.
    expect(frame?.sources[0]?.origin.map(({ start }) => start)).toEqual([0, 30, 60]);
  });
});

/** An APDU of random length and contents, who sends it, and how long its pieces are. */
const sending = fc.record({
  contents: fc.uint8Array({ minLength: 30, maxLength: 300 }),
  sender: fc.constantFrom<Direction>(up, down),
  lengths: fc.array(fc.integer({ min: 4, max: 60 }), { minLength: 2, maxLength: 12 }),
  /** Where frames of another meter come between. */
  between: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
});
type Sending = typeof sending extends fc.Arbitrary<infer Value> ? Value : never;

const apduOf = ({ contents, sender }: Sending) =>
  sender === up ? setRequest(contents) : getResponse(contents);

/** The ways of sending an APDU in parts: each gives the frames that carry it, in order. */
const ways = [
  {
    name: "segments of HDLC",
    framing: "hdlc",
    send: (apdu: Uint8Array, { sender, lengths }: Sending) =>
      new HdlcConversation().send(sender, apdu, ...fitting(apdu, lengths)),
    stranger: (i: number) => new HdlcConversation("21", "0225").send(down, numbered(9, i), 5),
  },
  {
    name: "segments of M-Bus",
    framing: "mbus",
    send: (apdu: Uint8Array, { sender, lengths }: Sending) =>
      mbusFrames(piecesOf(apdu, lengths), sender === up ? { stsap: 16, dtsap: 1 } : {}),
    stranger: (i: number) => mbusFrames(piecesOf(numbered(9, i), [5]), { address: 2 }),
  },
  {
    name: "general blocks",
    framing: "wrapper",
    send: (apdu: Uint8Array, { sender, lengths }: Sending) =>
      blocksOf(piecesOf(apdu, lengths)).map((block) =>
        inWrapper(sender, generalBlock(block, { streaming: true, window: 10 })),
      ),
    stranger: (i: number) =>
      blocksOf(piecesOf(numbered(9, i), [5])).map((block) =>
        inWrapper(down, generalBlock(block), 16, 2),
      ),
  },
] as const;

/** As many of the lengths as leave a last piece. */
function fitting(apdu: Uint8Array, lengths: readonly number[]): number[] {
  let left = apdu.length;
  return lengths.filter((length) => {
    const fits = length < left;
    if (fits) left -= length;
    return fits;
  });
}

/** In pieces of at most 120 bytes: an M-Bus frame has room for no more than 250. */
function piecesOf(apdu: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const all = [...fitting(apdu, lengths), 120, 120, 120];
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of all) {
    if (at < apdu.length) pieces.push(apdu.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** Frames of a stranger between those of the message, and the places of the latter. */
function mixed(
  messages: readonly Message[],
  { between }: Sending,
  stranger: (i: number) => Message[],
) {
  const places: number[] = [];
  const trace: Message[] = [];
  messages.forEach((message, i) => {
    if (between[i] === true) trace.push(...stranger(i + 1));
    places.push(trace.length);
    trace.push(message);
  });
  return { trace, places };
}

describe.for(ways)("a random APDU in $name", ({ framing, send, stranger }) => {
  it("always comes back whole", () => {
    fc.assert(
      fc.property(sending, (what) => {
        const apdu = apduOf(what);
        const messages = send(apdu, what);
        const { trace, places } = mixed(messages, what, stranger);
        const frames = decodeTrace(trace, { framing });
        const last = frames[places.at(-1) ?? 0];
        expect(last?.apdu).toEqual(decodeWhole(apdu, what.sender).apdu);
        if (messages.length < 2) return;
        expect(last?.reassembly).toEqual({ complete: true, frames: places.map((at) => at + 1) });
      }),
      { numRuns: 60 },
    );
  });

  it("is never another one without a word, whatever is lost", () => {
    const losses = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sending, losses, (what, lost) => {
        const apdu = apduOf(what);
        const messages = send(apdu, what);
        const gone = new Set(lost.map((at) => at % messages.length));
        const left = messages.filter((_, i) => !gone.has(i));
        const { trace, places } = mixed(left, what, stranger);
        const frames = decodeTrace(trace, { framing });
        const own = places.flatMap((at) => frames.slice(at, at + 1));
        const expected = decodeWhole(apdu, what.sender).apdu;
        for (const frame of own) {
          const isWhole = frame.apdu?.name === expected?.name;
          if (isWhole && !hasGap(frame)) expect(frame.apdu).toEqual(expected);
        }
        if (own.length > 0) expect(own.some(hasGap)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

const gaps: ReadonlySet<string> = new Set([
  "reassembly.missing",
  "reassembly.beginning-missing",
  "reassembly.unfinished",
  "hdlc.segment-continued",
]);

function hasGap(frame: Frame): boolean {
  return codesOf(frame).some((code) => gaps.has(code));
}
