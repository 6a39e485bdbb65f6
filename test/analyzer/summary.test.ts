import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CaptureIndex } from "../../analyzer/capture-index.js";
import { keySetFromOptions } from "../../analyzer/index.js";
import { indexCapture } from "../../analyzer/index-capture.js";
import { summarizeFile } from "../../analyzer/summarize-file.js";
import { summarizeCapture } from "../../analyzer/summary.js";
import { FrameCutter } from "../../decoder/frame-cutter.js";
import { type CaptureChunk, LINK_TYPE_MESSAGE } from "../../decoder/index.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import { getRequest, getResponse, hdlcFrame, wrap } from "../bench/messages.js";
import { SeededRandom } from "../bench/random.js";
import { corpusFolder, corpusIsHere } from "../corpus/corpus.js";
import { inPieces, type LogLine, message, onlyConversation, summarizeLog } from "./session-log.js";

const sample = (name: string) => join(import.meta.dirname, "../../captures/samples", name);

/** get-request-normal and get-response-normal of invoke-id 1: a value, or object-undefined (4). */
const get = "c00141 0003 0100010800ff 02 00";
const value = "c40141 00 06 000000ff";
const refused = "c40141 01 04";

describe("the services of a summary", () => {
  it("has percentiles by the nearest rank", async () => {
    // Answers after 10, 20, ... 100 ms. Of ten, the rank of p50 is 5, of p90 9, of p99 10.
    const lines = Array.from({ length: 10 }, (_, index): LogLine[] => [
      message(1000 * index, "client", get),
      message(1000 * index + 10 * (index + 1), "server", value),
    ]).flat();
    const { services } = await summarizeLog(lines);
    expect(services).toEqual([
      {
        service: "get",
        request: "get-request-normal",
        requests: 10,
        retries: 0,
        answered: 10,
        unanswered: 0,
        failures: 0,
        latency: { count: 10, min: 10e6, p50: 50e6, p90: 90e6, p99: 100e6, max: 100e6 },
      },
    ]);
  });

  it("counts refusals, requests that were sent again, and those without an answer", async () => {
    const { services } = await summarizeLog([
      message(0, "client", get),
      message(100, "server", refused),
      message(1000, "client", get),
      message(6000, "client", get),
      message(6100, "server", value),
      message(7000, "client", get),
    ]);
    expect(services).toMatchObject([
      { requests: 4, retries: 1, answered: 2, unanswered: 1, failures: 1 },
    ]);
  });

  it("knows no latencies where the capture has no times", async () => {
    const log = `TX: ${wrap(hex(get), 16, 1).toString("hex")}\nRX: ${wrap(hex(value), 1, 16).toString("hex")}\n`;
    const summary = await summarizeFile(inPieces(Buffer.from(log), 1000));
    expect(summary.services).toMatchObject([{ answered: 1, latency: undefined }]);
    expect(summary.span).toBe(undefined);
  });

  it("adds the conversations up", async () => {
    const other = (milliseconds: number, toServer: boolean, apdu: string): LogLine => [
      milliseconds,
      toServer ? "client" : "server",
      toServer ? wrap(hex(apdu), 16, 2) : wrap(hex(apdu), 2, 16),
    ];
    const { services, conversations } = await summarizeLog([
      message(0, "client", get),
      message(30, "server", value),
      other(100, true, get),
      other(150, false, refused),
    ]);
    expect(conversations.map(({ services: [own] }) => own?.latency?.max)).toEqual([30e6, 50e6]);
    expect(services).toMatchObject([
      { requests: 2, answered: 2, failures: 1, latency: { count: 2, min: 30e6, max: 50e6 } },
    ]);
  });
});

describe("the problems of a summary", () => {
  it("has the most severe first, with their number and the first frame", async () => {
    const { problems } = await summarizeFile(sample("hdlc-session.txt"));
    // The sample has one damaged answer, frame 6, which the client asks for again in frame 7, and
    // a read of an object that the meter does not know, answered in frame 12.
    const found = problems.map(({ definition, count, firstFrame }) => [
      definition.severity,
      definition.code,
      count,
      firstFrame,
    ]);
    expect(found.slice(0, 3)).toEqual([
      ["error", "hdlc.fcs-mismatch", 1, 6],
      ["note", "link.retransmission", 1, 7],
      ["note", "service.refused-object-undefined", 1, 12],
    ]);
    expect(found.slice(3).every(([severity]) => severity === "info")).toBe(true);
  });

  it("counts faults of the file as remarks", async () => {
    const log = `12:00:00 TX: ${wrap(hex(get), 16, 1).toString("hex")}\nand that was all\n`;
    const summary = await summarizeFile(inPieces(Buffer.from(log), 1000));
    expect(summary).toMatchObject({ frames: 2, remarks: 1, noise: 0, otherPackets: 0 });
  });
});

describe("the conversations of a summary", () => {
  it("has the link with its limits and counts", async () => {
    const conversation = onlyConversation(await summarizeFile(sample("hdlc-session.txt")));
    // UA, frame 2: 128 bytes and a window of 1 in both directions. The client sends 5 I frames (the
    // AARQ and four reads, one of them twice with the same N(S)), the server answers each; one of
    // its answers is damaged.
    expect(conversation).toMatchObject({
      framing: "hdlc",
      flow: undefined,
      client: 16,
      server: { upper: 1, lower: 17 },
      frames: 14,
      firstFrame: 1,
      lastFrame: 14,
      span: { duration: 3.25e9 },
      link: {
        state: "disconnected",
        settledBy: { snrm: 1, ua: 2 },
        clientToServer: {
          maximumInformationFieldLength: 128,
          windowSize: 1,
          informationFrames: 5,
          retransmissions: 1,
          receiveNotReady: 0,
        },
        serverToClient: { informationFrames: 4, retransmissions: 0, receiveNotReady: 0 },
      },
    });
  });

  it("counts RNR", async () => {
    // RNR of the server with F, N(R) 0: 0x15 (IEC 62056-46, control field: RNR is RRRPFx0101).
    const receiveNotReady = hdlcFrame(false, 0x15, Buffer.alloc(0));
    const summary = await summarizeLog([
      [0, "client", hdlcFrame(true, 0x93, Buffer.alloc(0))],
      [100, "server", hdlcFrame(false, 0x73, Buffer.alloc(0))],
      [200, "client", hdlcFrame(true, 0x11, Buffer.alloc(0))],
      [300, "server", receiveNotReady],
    ]);
    expect(onlyConversation(summary).link).toMatchObject({
      state: "connected",
      serverToClient: { receiveNotReady: 1 },
    });
  });
});

describe("the keys of a summary", () => {
  const title = "4d4d4d0000bc614e";

  it("names the key that is missing, and whose", async () => {
    const { keys } = await summarizeFile(sample("ciphered-push.txt"));
    expect(keys).toEqual({
      ciphered: 2,
      used: [],
      missing: [
        { status: "no-key", role: "global-unicast", meter: title, apdus: 2, firstFrame: 1 },
      ],
    });
  });

  it("names the key that has opened APDUs, and what it authenticates", async () => {
    const { keySets } = JSON.parse(readFileSync(sample("ciphered-push.keys.json"), "utf8"));
    const [{ globalUnicastEncryptionKey: guek, authenticationKey: gak }] = keySets;
    const whole = await summarizeFile(sample("ciphered-push.txt"), {
      keySets: [keySetFromOptions({ guek, gak })],
    });
    const key = "global-unicast";
    expect(whole.keys).toEqual({
      ciphered: 2,
      used: [{ key, apdus: 2, authenticated: 2, firstFrame: 1 }],
      missing: [],
    });
    const half = await summarizeFile(sample("ciphered-push.txt"), {
      keySets: [keySetFromOptions({ guek })],
    });
    expect(half.keys.used).toEqual([{ key, apdus: 2, authenticated: 0, firstFrame: 1 }]);
    const wrong = await summarizeFile(sample("ciphered-push.txt"), {
      keySets: [keySetFromOptions({ guek: "ff".repeat(16), gak })],
    });
    expect(wrong.keys.missing).toMatchObject([{ status: "tag-mismatch", meter: title, apdus: 2 }]);
  });

  it("tells a dedicated key from a global one", async () => {
    // ded-get-request and glo-get-request: security control 0x30, counter 1, a body that no key opens.
    const body = `30 00000001 ${"aa".repeat(25)}`;
    const { keys } = await summarizeLog([
      message(0, "client", `d0 1e ${body}`),
      message(1000, "client", `c8 1e ${body}`),
    ]);
    expect(keys.missing).toMatchObject([
      { role: "dedicated", meter: undefined, firstFrame: 1 },
      { role: "global-unicast", meter: undefined, firstFrame: 2 },
    ]);
  });
});

/** Files with everything: links, associations, block transfers, keys that are missing, faults. */
const files = [
  sample("hdlc-session.txt"),
  sample("ciphered-push.txt"),
  ...(corpusIsHere
    ? ["DLMS_profile.pcap", "data1.pcapng", "data5.pcapng", "PRIME-1.4.pcap"].map((name) =>
        join(corpusFolder, "pcap", name),
      )
    : []),
];

describe("a summary after keys that came later", () => {
  it("is that of a capture that was read with them", async () => {
    const { keySets: sets } = JSON.parse(readFileSync(sample("ciphered-push.keys.json"), "utf8"));
    const [{ globalUnicastEncryptionKey: guek, authenticationKey: gak }] = sets;
    const keySets = [keySetFromOptions({ guek, gak })];
    const links: LinkFrame[] = [];
    const index = new CaptureIndex({ get: (row) => links[row] });
    for (const line of readFileSync(sample("ciphered-push.txt"), "utf8").split("\n")) {
      // A line of the sample: time, mark, bytes.
      const bytes = line.split("RX: ")[1];
      if (bytes === undefined) continue;
      links.push(...new FrameCutter({ framing: "hdlc" }).push(chunkOf(hex(bytes))));
    }
    for (const link of links) index.add(link);
    index.finish();
    expect(summarizeCapture(index).keys.used).toEqual([]);
    index.addKeys(keySets);
    const fromTheStart = new CaptureIndex(undefined, { keySets });
    for (const link of links) fromTheStart.add(link);
    fromTheStart.finish();
    expect(summarizeCapture(index)).toEqual(summarizeCapture(fromTheStart));
    expect(summarizeCapture(index).keys.used).toMatchObject([{ apdus: 2, authenticated: 2 }]);
  });
});

describe("a summary of rows that were let go", () => {
  it.for(files)("is that of the whole index: %s", async (file) => {
    const content = readFileSync(file);
    const index = new CaptureIndex(undefined);
    for await (const _ of indexCapture(index, inPieces(content, 512)));
    const whole = summarizeCapture(index);
    // One row is kept: answers and findings come after their rows were counted.
    const counted = await summarizeFile(inPieces(content, 512), { kept: 1 });
    expect(counted).toEqual(whole);
  });

  it("is that of the whole index over more rows than a segment of the columns has", async () => {
    const random = new SeededRandom(7);
    const requests = Array.from({ length: 150 }, (_, i) => wrap(getRequest(random, i), 16, 1));
    const answers = Array.from({ length: 150 }, (_, i) => wrap(getResponse(random, i), 1, 16));
    const messages = Array.from({ length: 150_000 }, (_, row) => {
      const bytes = (row % 2 === 0 ? requests : answers)[(row >> 1) % 150] ?? Buffer.alloc(0);
      return bytes;
    });
    const { services, frames } = await summarizeFile(inPieces(Buffer.concat(messages), 1 << 16), {
      framing: "wrapper",
    });
    expect(frames).toBe(150_000);
    expect(services).toMatchObject([{ requests: 75_000, answered: 75_000, unanswered: 0 }]);
  });
});

function chunkOf(bytes: Uint8Array): CaptureChunk {
  return {
    interface: 0,
    time: null,
    direction: null,
    linkType: LINK_TYPE_MESSAGE,
    bytes,
    originalLength: bytes.length,
    position: 0,
  };
}

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(" ", ""), "hex");
}
