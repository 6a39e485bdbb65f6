/** Conversations on one line, or in one capture, frame by frame between each other: they never mix. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Direction } from "../../../decoder/chunk.js";
import { concatenate } from "../../../decoder/core/bytes.js";
import { type Frame, type KeySet, presentFrame } from "../../../decoder/index.js";
import { tcpPacket } from "../link/packet/packet-builder.js";
import { general, greenBook } from "../security/cipher-builder.js";
import {
  blocksOf,
  cut,
  decodeTrace,
  decodeWhole,
  down,
  getBlock,
  getNext,
  getRequest,
  getResponse,
  HdlcConversation,
  incomplete,
  inWrapper,
  type Message,
  mbusFrames,
  numbered,
  octets,
  up,
} from "./trace-frames.js";

/** Frames of several conversations in turn, one of each at a time. */
function inTurn(...conversations: readonly (readonly Message[])[]): Message[] {
  const longest = Math.max(...conversations.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => i).flatMap((i) =>
    conversations.flatMap((messages) => messages.slice(i, i + 1)),
  );
}

const of = (frames: readonly Frame[], conversation: number) =>
  frames.filter((frame) => frame.conversation === conversation);

const one = numbered(100);
const other = numbered(100, 120);
const wholeOf = (contents: Uint8Array) => decodeWhole(getResponse(contents), down).apdu;

/** A request, and its answer in three segments, with the client's RR between. */
function segmented(link: HdlcConversation, contents: Uint8Array): Message[] {
  const request = link.send(up, getRequest());
  return [...request, ...link.acknowledged(getResponse(contents), 40, 40)];
}

/** A request, and its answer in three blocks, each asked for. */
function inBlocks(contents: Uint8Array, send: (sender: Direction, apdu: Uint8Array) => Message[]) {
  return [
    ...send(up, getRequest()),
    ...blocksOf(cut(octets(contents), 40, 40)).flatMap((block) => [
      ...send(down, getBlock(block)),
      ...(block.last ? [] : send(up, getNext(block.number))),
    ]),
  ];
}

describe("two meters on one RS-485 line, with one client and the same invoke-ids", () => {
  const meters = ["0223", "0225"] as const;

  it("with segmented answers", () => {
    const traces = meters.map((server, i) =>
      segmented(new HdlcConversation("21", server), i === 0 ? one : other),
    );
    const frames = decodeTrace(inTurn(...traces));
    for (const [conversation, contents] of [one, other].entries()) {
      const own = of(frames, conversation);
      expect(own).toHaveLength(6);
      expect(own[5]?.apdu).toEqual(wholeOf(contents));
      const numbers = own.map(({ number }) => number);
      expect(own[5]?.reassembly?.frames).toEqual([numbers[1], numbers[3], numbers[5]]);
      expect(own[5]?.answers?.frame).toBe(numbers[0]);
      expect(own[5]?.server).toEqual({ upper: 1, lower: conversation === 0 ? 17 : 18 });
    }
    expect(incomplete(frames)).toEqual([]);
  });

  it("with answers in data blocks", () => {
    const traces = meters.map((server, i) => {
      const link = new HdlcConversation("21", server);
      return inBlocks(i === 0 ? one : other, (sender, apdu) => link.send(sender, apdu));
    });
    const frames = decodeTrace(inTurn(...traces));
    for (const [conversation, contents] of [one, other].entries()) {
      const last = of(frames, conversation).at(-1);
      expect(last?.apdu).toMatchObject({
        result: { result: { contents: { data: { type: "octet-string", value: contents } } } },
      });
      expect(last?.reassembly?.complete).toBe(true);
    }
    expect(incomplete(frames)).toEqual([]);
  });
});

describe("others that might be taken for one", () => {
  const expectBoth = (frames: readonly Frame[]) => {
    expect(of(frames, 0).at(-1)?.apdu).toEqual(wholeOf(one));
    expect(of(frames, 1).at(-1)?.apdu).toEqual(wholeOf(other));
    expect(new Set(frames.flatMap(({ conversation }) => conversation ?? []))).toEqual(
      new Set([0, 1]),
    );
  };

  it("two clients with one meter", () => {
    // Addresses 16 and 1 of the clients, in the upper 7 bits.
    const traces = ["21", "03"].map((client, i) =>
      segmented(new HdlcConversation(client, "0223"), i === 0 ? one : other),
    );
    const frames = decodeTrace(inTurn(...traces));
    expectBoth(frames);
    expect(of(frames, 0).map(({ client }) => client)).toEqual(Array(6).fill(16));
    expect(of(frames, 1).map(({ client }) => client)).toEqual(Array(6).fill(1));
  });

  it("two lines with one meter each, of the same address", () => {
    const traces = [0, 1].map((line) =>
      segmented(new HdlcConversation(), line === 0 ? one : other).map((message) => ({
        ...message,
        interface: line,
      })),
    );
    expectBoth(decodeTrace(inTurn(...traces)));
  });

  it("two TCP connections to two meters, with the same wPorts", () => {
    const traces = [
      { meter: "10.0.0.2", contents: one },
      { meter: "10.0.0.3", contents: other },
    ].map(({ meter, contents }) => {
      const answer = inWrapper(down, getResponse(contents)).bytes;
      const ends = { source: meter, destination: "10.0.0.1" };
      const ports = { sourcePort: 4059, destinationPort: 40_000 };
      const opening = tcpPacket({ ...ends, ...ports, sequence: 999, flags: 0x12 }, "");
      let sequence = 1000;
      const segments = cut(answer, 30, 30).map((piece) => {
        const packet = tcpPacket({ ...ends, ...ports, sequence }, piece);
        sequence += piece.length;
        return packet;
      });
      return [opening, ...segments].map((bytes) => ({ bytes, linkType: 1 }));
    });
    expectBoth(decodeTrace(inTurn(...traces)));
  });

  it("two M-Bus meters with the same access points", () => {
    const traces = [one, other].map((contents, i) =>
      mbusFrames(cut(getResponse(contents), 40, 40), { address: i + 1 }),
    );
    expectBoth(decodeTrace(inTurn(...traces), { framing: "mbus" }));
  });

  it("titles that one meter has taught do not decipher for another", () => {
    const keySets: readonly KeySet[] = [
      {
        globalUnicastEncryptionKey: greenBook.encryptionKey,
        authenticationKey: greenBook.authenticationKey,
      },
    ];
    const protection = {
      control: 0x30,
      key: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
      title: greenBook.serverTitle,
      counter: 1,
    };
    const first = new HdlcConversation("21", "0223").send(
      down,
      general(0xdb, getResponse(one), protection),
    );
    // glo-get-response names no title: that of the other meter is not known.
    const glo = general(0xdb, getResponse(other), { ...protection, counter: 2 });
    const specific = concatenate([Uint8Array.of(0xcc), glo.subarray(10)]);
    const second = new HdlcConversation("21", "0225").send(down, specific);
    const frames = decodeTrace([...first, ...second], { keySets });
    expect(frames.map(({ ciphering }) => ciphering?.status)).toEqual([
      "decrypted",
      "no-system-title",
    ]);
  });
});

describe("any order of conversations", () => {
  const keySets: readonly KeySet[] = [
    {
      globalUnicastEncryptionKey: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
    },
  ];

  /** A ciphered request and its ciphered answer, in segments. */
  function ciphered(link: HdlcConversation, contents: Uint8Array): Message[] {
    const protect = (apdu: Uint8Array, title: Uint8Array) =>
      general(0xdb, apdu, {
        control: 0x30,
        key: greenBook.encryptionKey,
        authenticationKey: greenBook.authenticationKey,
        title,
        counter: 5,
      });
    return [
      ...link.send(up, protect(getRequest(), greenBook.clientTitle)),
      ...link.acknowledged(protect(getResponse(contents), greenBook.serverTitle), 50, 50),
    ];
  }

  const sendAll = (link: HdlcConversation) => (sender: Direction, apdu: Uint8Array) =>
    link.send(sender, apdu);

  const line = () => [
    segmented(new HdlcConversation("21", "0223"), one),
    segmented(new HdlcConversation("21", "0225"), other),
    segmented(new HdlcConversation("03", "0223"), numbered(90, 50)),
    ciphered(new HdlcConversation("21", "0227"), numbered(80, 9)),
    new HdlcConversation("21", "0229").push(getResponse(numbered(70, 70)), 30, 30),
    inBlocks(numbered(95, 3), sendAll(new HdlcConversation("21", "022b"))),
  ];

  /** What people see of the frames, the numbers of frames and conversations as places in the list. */
  function shown(frames: readonly Frame[]): readonly unknown[] {
    const places = new Map(frames.map(({ number }, place) => [number, place]));
    const placeOf = (number: number | undefined) =>
      number === undefined ? undefined : (places.get(number) ?? "elsewhere");
    return frames.map((frame) => ({
      ...presentFrame({
        ...frame,
        number: 0,
        conversation: 0,
        tree: undefined,
        completedIn: undefined,
        answers: undefined,
        answeredBy: undefined,
        reassembly: undefined,
        diagnostics: [],
        sources: frame.sources.map(({ from, ...source }) => source),
      }),
      completedIn: placeOf(frame.completedIn),
      answers: placeOf(frame.answers?.frame),
      answeredBy: placeOf(frame.answeredBy),
      reassembly: frame.reassembly && {
        ...frame.reassembly,
        frames: frame.reassembly.frames.map(placeOf),
      },
      // Framing is assumed once a line; words with numbers of frames differ.
      codes: frame.diagnostics
        .map(({ definition }) => definition.code)
        .filter((code) => code !== "framing.assumed"),
    }));
  }

  it("shows of each what it shows alone", () => {
    const alone = line().map((messages) => shown(decodeTrace(messages, { keySets })));
    const order = fc.shuffledSubarray(
      line().flatMap((messages, i) => messages.map(() => i)),
      { minLength: line().reduce((sum, { length }) => sum + length, 0) },
    );
    fc.assert(
      fc.property(order, (turns) => {
        const waiting = line();
        const messages = turns.flatMap((turn) => waiting[turn]?.splice(0, 1) ?? []);
        const frames = decodeTrace(messages, { keySets });
        for (const [i, expected] of alone.entries()) {
          const own = frames.filter((_, at) => turns[at] === i);
          expect(shown(own)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});
