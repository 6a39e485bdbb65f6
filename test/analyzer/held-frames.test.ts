/** Frames wait for what later ones show of them: in order, and not for ever. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HeldFrames } from "../../analyzer/held-frames.js";
import { decodeCapture, type Frame } from "../../analyzer/index.js";
import { FrameDecoder } from "../../decoder/index.js";
import { summarizeFrame } from "../../decoder/present/summary.js";
import { pcapHeader, pcapRecord, udpPacket } from "../bench/packets.js";
import {
  cut,
  down,
  generalBlock,
  getRequest,
  getResponse,
  HdlcConversation,
  inWrapper,
  type Message,
  mbusFrames,
  numbered,
  toChunk,
  up,
} from "../decoder/conversation/trace-frames.js";

/** What comes out, and after which message. */
function hold(messages: readonly Message[]) {
  const decoder = new FrameDecoder();
  const held = new HeldFrames(decoder);
  const frames: Frame[] = [];
  const afterMessage: number[] = [];
  const take = (some: Iterable<Frame>, message: number) => {
    for (const frame of some) {
      frames.push(frame);
      afterMessage.push(message);
    }
  };
  messages.forEach((message, i) => {
    take(held.pass(decoder.push(toChunk(message))), i + 1);
  });
  take(held.pass(decoder.finish()), messages.length + 1);
  take(held.release(), messages.length + 1);
  return { frames, afterMessage };
}

const links = (frames: readonly Frame[]) =>
  frames.map(({ number, answeredBy, completedIn }) => [number, answeredBy, completedIn]);

describe("held frames", () => {
  it("come out at once where nothing more is waited for", () => {
    // Unconfirmed pushes: nobody answers.
    const link = new HdlcConversation();
    const messages = [1, 2, 3].flatMap((i) => link.push(getResponse(numbered(9, i))));
    expect(hold(messages).afterMessage).toEqual([1, 2, 3]);
  });

  it("know their answer, and keep their order", () => {
    const link = new HdlcConversation();
    const messages = [
      ...link.send(up, getRequest()),
      ...link.acknowledged(getResponse(numbered(60)), 40),
    ];
    const { frames, afterMessage } = hold(messages);
    // Request, first segment, RR, last segment: the answer is read in frame 4.
    expect(links(frames)).toEqual([
      [1, 4, undefined],
      [2, undefined, 4],
      [3, undefined, undefined],
      [4, undefined, undefined],
    ]);
    expect(afterMessage).toEqual([4, 4, 4, 4]);
  });

  it("wait on one line for nothing that another line brings", () => {
    const link = new HdlcConversation();
    const [request, answer] = [
      ...link.send(up, getRequest()),
      ...link.send(down, getResponse(numbered(9))),
    ];
    const between = mbusFrames([getResponse(numbered(9))]).map((message) => ({
      ...message,
      interface: 1,
    }));
    const messages = [request, ...between, answer].flatMap((message) => message ?? []);
    const { frames } = hold(messages);
    // The M-Bus frame waits for its turn: the order of the capture stays.
    expect(links(frames)).toEqual([
      [1, 3, undefined],
      [2, undefined, undefined],
      [3, undefined, undefined],
    ]);
  });

  it("are let go when more than 64 wait behind them, and the answer still finds its request", () => {
    const meter = new HdlcConversation("21", "0223");
    const request = meter.send(up, getRequest());
    const answer = meter.send(down, getResponse(numbered(9)));
    const pushes = Array.from({ length: 100 }, (_, i) =>
      new HdlcConversation("21", "0225").push(getResponse(numbered(9, i + 1))),
    ).flat();
    const { frames, afterMessage } = hold([...request, ...pushes, ...answer]);
    expect(frames.map(({ number }) => number)).toEqual(frames.map((_, i) => i + 1));
    // The request and 63 pushes make 64 held frames; the push after them is one too many.
    expect(afterMessage.slice(0, 65)).toEqual(Array(65).fill(65));
    expect(afterMessage.slice(65, 70)).toEqual([66, 67, 68, 69, 70]);
    expect(frames[0]?.answeredBy).toBeUndefined();
    expect(frames.at(-1)?.answers?.frame).toBe(1);
  });

  it("of a message that never ends come out at the end, which is said", () => {
    const link = new HdlcConversation();
    const [first] = link.send(down, getResponse(numbered(60)), 40);
    const { frames } = hold(first === undefined ? [] : [first]);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.diagnostics.map(({ definition }) => definition.code)).toContain(
      "reassembly.unfinished",
    );
  });
});

describe("a finding about a frame that was let go", () => {
  const pushes = Array.from({ length: 100 }, (_, i) =>
    new HdlcConversation("21", "0225").push(getResponse(numbered(9, i + 1))),
  ).flat();
  const findings = (frames: readonly Frame[]) =>
    frames.flatMap(({ number, framing, diagnostics }) =>
      diagnostics
        .filter(({ definition }) => definition.group === "incomplete")
        .map(({ definition, message, end }) => {
          const about = /: frame (\d+)\b/.exec(message)?.[1];
          return { in: number, framing, code: definition.code, about, empty: end === 0 };
        }),
    );

  it("is told by the frame that shows it", () => {
    const parts = cut(getResponse(numbered(60)), 40);
    // The message breaks off, and another one begins.
    const [first, other] = [...mbusFrames(parts).slice(0, 1), ...mbusFrames(parts).slice(0, 1)];
    const { frames } = hold([first, ...pushes, other].flatMap((message) => message ?? []));
    expect(frames).toHaveLength(102);
    expect(findings(frames)).toMatchObject([
      { in: 102, framing: "mbus", code: "reassembly.given-up", about: "1", empty: true },
      // The second message is not whole, either: its own frame is still there to say it.
      { in: 102, framing: "mbus", code: "reassembly.unfinished", about: undefined, empty: false },
    ]);
  });

  it("is told at the end where no frame is left", () => {
    const link = new HdlcConversation();
    const [first] = link.send(down, getResponse(numbered(60)), 40);
    const { frames } = hold([first, ...pushes].flatMap((message) => message ?? []));
    expect(frames.map(({ number }) => number)).toEqual(frames.map((_, i) => i + 1));
    expect(findings(frames)).toEqual([
      { in: 102, framing: "noise", code: "reassembly.unfinished", about: "1", empty: true },
    ]);
    const [remark] = frames.slice(-1);
    expect(remark === undefined ? "" : summarizeFrame(remark)).toContain("earlier frames");
  });
});

describe("decodeCapture", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "obiscope-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function decode(content: Uint8Array | string): Promise<Frame[]> {
    const path = join(folder, "capture");
    writeFileSync(path, content);
    const frames: Frame[] = [];
    for await (const group of decodeCapture(path)) for (const frame of group) frames.push(frame);
    return frames;
  }

  it("links the frames of a pcap file", async () => {
    const ends = { source: 1, destination: 2, sourcePort: 40_000, destinationPort: 4059 };
    const back = { source: 2, destination: 1, sourcePort: 4059, destinationPort: 40_000 };
    const answer = getResponse(numbered(60));
    const blocks = [answer.subarray(0, 40), answer.subarray(40)].map((raw, i) =>
      inWrapper(down, generalBlock({ number: i + 1, last: i === 1, raw }, { streaming: i === 0 })),
    );
    const packets = [
      udpPacket(ends, Buffer.from(inWrapper(up, getRequest()).bytes)),
      ...blocks.map(({ bytes }) => udpPacket(back, Buffer.from(bytes))),
    ];
    const records = packets.map((packet, i) => pcapRecord(packet, 1000 * i));
    const frames = await decode(Buffer.concat([pcapHeader, ...records]));
    expect(links(frames)).toEqual([
      [1, 3, undefined],
      [2, undefined, 3],
      [3, undefined, undefined],
    ]);
    // The latency ends where the answer begins: 1 ms later, with the first block.
    expect(frames[2]?.answers).toMatchObject({ frame: 1, latency: 1e6 });
  });

  it("links the frames of a text log", async () => {
    const link = new HdlcConversation();
    const lines = [
      ...link.send(up, getRequest()).map(({ bytes }) => ["TX", bytes] as const),
      ...link.send(down, getResponse(numbered(60)), 40).map(({ bytes }) => ["RX", bytes] as const),
    ].map(([mark, bytes], i) => {
      return `12:00:00.${i}00 ${mark}: ${Buffer.from(bytes).toString("hex").toUpperCase()}`;
    });
    const frames = await decode(`${lines.join("\n")}\n`);
    expect(links(frames)).toEqual([
      [1, 3, undefined],
      [2, undefined, 3],
      [3, undefined, undefined],
    ]);
    expect(frames[2]?.answers?.latency).toBe(100e6);
  });
});
