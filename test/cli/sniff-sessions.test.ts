/**
 * Every HDLC session of the corpus, and its single frames one after another, said on pseudo
 * terminals and heard by `obiscope sniff`: the recording has the frames and values of the file.
 */
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { decodeCapture, nodePrimitives } from "../../analyzer/index.js";
import { type FrameJson, type KeySet, presentFrame, toHex } from "../../decoder/index.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { corpusFolder, corpusIsHere, readItems, toKeySets } from "../corpus/corpus.js";
import { GrowingRecording } from "../simulator/growing-recording.js";
import { joinMessages, type LineMessage, messagesOf } from "../simulator/line-message.js";
import { asTaken, at115200, type Pace } from "../simulator/pace.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { replay } from "../simulator/replay.js";
import { comparable } from "../simulator/same-frames.js";
import { command, Running } from "./live-command.js";

const items = readItems().filter(({ framing }) => framing === "hdlc");
const sessions = items.filter(({ file }) => file !== undefined);
/** Frames of many meters: a session of its own for each origin would take a process each. */
const singles = items.filter(({ file, fcs }) => file === undefined && fcs !== "bad");

const folder = new TestFolder();
afterAll(() => folder.remove());

interface Heard {
  /** What was shown meanwhile. */
  readonly live: readonly FrameJson[];
  readonly recorded: readonly FrameJson[];
}

const readFrames = (lines: string): FrameJson[] =>
  lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as FrameJson]));

/** As `obiscope decode` does it. */
async function decode(path: string, keySets: readonly KeySet[]): Promise<FrameJson[]> {
  const frames: FrameJson[] = [];
  for await (const batch of decodeCapture(path, { keySets, primitives: nodePrimitives })) {
    for (const frame of batch) frames.push(presentFrame(frame));
  }
  return frames;
}

/**
 * Says the messages, both sides on one port or each on one of its own. There nobody speaks before
 * the other side is recorded: whose turn it was is not left to the system's scheduler.
 */
async function hear(
  name: string,
  messages: readonly LineMessage[],
  ports: 1 | 2,
  pace: Pace,
  keySets: readonly KeySet[] = [],
): Promise<Heard> {
  const path = join(folder.path, `${name}-${ports}.pcapng`);
  const first = await PtyPair.open();
  const second = ports === 2 ? await PtyPair.open() : undefined;
  const answers = second === undefined ? [] : ["--serial-answers", second.near];
  const line = ["--serial", first.near, ...answers, "--baud", "115200"];
  const args = [...line, "--out", path, "--format", "ndjson", ...keyOptions(keySets)];
  const sniff = new Running(process.execPath, [command, "sniff", ...args]);
  try {
    await sniff.says(/Listening on/);
    await sniff.says(/Recording/);
    const recording = new GrowingRecording(path);
    let said = 0;
    await replay(messages, second === undefined ? [first] : [first, second], {
      pace,
      beforeTurn: async () => {
        if (ports === 2) await recording.has(said);
      },
      afterEach: ({ bytes }) => {
        said += bytes.length;
      },
    });
    await recording.has(said);
    recording.close();
    expect(await sniff.end("SIGINT")).toBe(0);
    return { live: readFrames(sniff.stdout), recorded: await decode(path, keySets) };
  } finally {
    if (sniff.child.exitCode === null) sniff.child.kill("SIGKILL");
    await first.close();
    await second?.close();
  }
}

function keyOptions([keySet]: readonly KeySet[]): string[] {
  const option = (name: string, key: Uint8Array | undefined) =>
    key === undefined ? [] : [name, toHex(key)];
  return [
    ...option("--guek", keySet?.globalUnicastEncryptionKey),
    ...option("--gak", keySet?.authenticationKey),
  ];
}

/** What is shown at once cannot name an answer that is still to come; the frames are the same. */
const outline = ({ layers, info, bytes }: FrameJson) => ({
  layers,
  info,
  bytes,
});

describe.skipIf(!corpusIsHere || !socatIsHere)("obiscope sniff on a serial line (socat)", () => {
  const cases = sessions.flatMap((item) =>
    ([1, 2] as const).map((ports) => ({ name: item.file, item, ports })),
  );

  it.concurrent.for(cases)(
    "$name, ports: $ports",
    { timeout: 120_000 },
    async ({ item, ports }) => {
      const keySets = toKeySets(item);
      const { live, recorded } = await hear(item.id, messagesOf(item), ports, at115200, keySets);
      const file = await decode(join(corpusFolder, item.file ?? ""), keySets);
      expect(recorded.length).toBeGreaterThan(0);
      expect(comparable(recorded)).toEqual(comparable(file));
      expect(live.map(outline)).toEqual(recorded.map(outline));
    },
  );

  it("single frames of many meters, one after another", { timeout: 120_000 }, async () => {
    const messages = singles.flatMap(messagesOf).map((message) => ({ ...message, from: null }));
    expect(messages.length).toBeGreaterThan(150);
    const { live, recorded } = await hear("singles", messages, 1, asTaken);
    const file = await decode(folder.write("singles.bin", joinMessages(messages)), []);
    expect(comparable(recorded)).toEqual(comparable(file));
    expect(live.map(outline)).toEqual(recorded.map(outline));
  });
});
