import { appendFileSync, readdirSync, readFileSync, renameSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followRecording } from "../../../captures/live/follow.js";
import { Recorder, type RecorderSettings } from "../../../captures/live/recorder.js";
import type { TapPacket } from "../../../captures/live/tap.js";
import { openCapture } from "../../../captures/open.js";
import { enhancedPacketBlock, sectionHeaderBlock } from "../../../captures/pcapng-writer.js";
import { TestFolder } from "../../analyzer/test-folder.js";
import { chunksOf, concat, problemsOf } from "../pcap-builder.js";

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

/** Reads on in the background. */
function follow(path: string, options: Parameters<typeof followRecording>[1] = {}) {
  const pieces: Uint8Array[] = [];
  const ended = (async () => {
    for await (const piece of followRecording(path, options)) pieces.push(piece);
  })();
  ended.catch(() => {});
  return { ended, text: () => Buffer.concat(pieces).toString("latin1"), pieces };
}

const always = () => Promise.resolve(true);

function record(target: string, ring?: RecorderSettings["ring"]): Promise<Recorder> {
  return Recorder.start({
    target,
    ...(ring === undefined ? {} : { ring }),
    interfaces: [{ name: "line", description: "", linkType: 147 }],
    writer: { application: "test", operatingSystem: "test" },
    onState: () => {},
    onDrain: () => {},
  });
}

function packet(number: number): TapPacket {
  const time = { seconds: number, nanoseconds: 0, dated: true };
  const rest = { direction: null, payloadLength: 1, isLineError: false };
  return { kind: "packet", interface: 0, time, bytes: Uint8Array.of(number), ...rest };
}

describe("a file that grows", () => {
  it("is read on at its end, until it is told to stop", async () => {
    const file = folder.write("grows", "one ");
    const stop = new AbortController();
    const { ended, text } = follow(file, { signal: stop.signal, isWritten: always });
    for (const word of ["two ", "three ", "four"]) {
      await expect.poll(text).toBe(readFileSync(file, "utf8"));
      appendFileSync(file, word);
    }
    await expect.poll(text).toBe("one two three four");
    stop.abort();
    await ended;
  });

  it("ends where nobody writes it", async () => {
    const { ended, text } = follow(folder.write("whole", "all of it"));
    await ended;
    expect(text()).toBe("all of it");
  });

  it("tells when it is cut off", async () => {
    const file = folder.write("cut", "much of it");
    const { ended, text } = follow(file, { isWritten: always });
    await expect.poll(text).toBe("much of it");
    truncateSync(file, 4);
    await expect(ended).rejects.toThrow(`${file} was cut off at 4 bytes when 10 had been read`);
  });

  it("tells when another takes its place", async () => {
    const file = folder.write("first", "first");
    const { ended, text } = follow(file, { isWritten: always });
    await expect.poll(text).toBe("first");
    renameSync(folder.write("second", "second, longer"), file);
    await expect(ended).rejects.toThrow(`${file} was replaced by another file when 5 bytes`);
  });

  it("is read by whole blocks, so that a part of one can be taken back", async () => {
    const header = sectionHeaderBlock({ application: "test", operatingSystem: "test" });
    const file = folder.write("blocks", header);
    const stop = new AbortController();
    const { ended, pieces } = follow(file, { signal: stop.signal, isWritten: always });
    const read = () => pieces.reduce((sum, piece) => sum + piece.length, 0);
    // A block beyond a piece, which comes in two parts, and a part of one that is taken back.
    const long = enhancedPacketBlock({ ...packet(1), bytes: new Uint8Array(100_000) });
    appendFileSync(file, long.subarray(0, 70_000));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(read()).toBe(header.length);
    appendFileSync(file, long.subarray(70_000));
    await expect.poll(read).toBe(header.length + long.length);
    appendFileSync(file, enhancedPacketBlock(packet(2)).subarray(0, 20));
    await new Promise((resolve) => setTimeout(resolve, 250));
    truncateSync(file, header.length + long.length);
    await new Promise((resolve) => setTimeout(resolve, 250));
    appendFileSync(file, enhancedPacketBlock(packet(3)));
    await expect.poll(() => Buffer.concat(pieces).equals(readFileSync(file))).toBe(true);
    stop.abort();
    await ended;
  });

  it("goes on with what could not be recorded, until there will be no more", async () => {
    const file = folder.write("full", "file ");
    const held = ["what ", "", "is held"];
    let offset = 0;
    const { ended, text } = follow(file, {
      isWritten: async () => false,
      unrecorded: async (from) => {
        expect(from).toBe(offset);
        const piece = held.shift();
        offset += piece?.length ?? 0;
        return piece === undefined ? null : Buffer.from(piece);
      },
    });
    await ended;
    expect(text()).toBe("file what is held");
  });

  it("is not there: rejects", async () => {
    await expect(follow(join(folder.path, "nothing")).ended).rejects.toThrow(/ENOENT/);
  });
});

describe("a recording", () => {
  it("is decoded while it is written, and ends with it", async () => {
    const file = join(folder.path, "trace.pcapng");
    const recorder = await record(file);
    const capture = await openCapture(followRecording(file), { name: file });
    const seen: number[] = [];
    const ended = (async () => {
      for await (const items of capture.items()) {
        expect(problemsOf(items)).toEqual([]);
        seen.push(...chunksOf(items).map(({ bytes }) => bytes[0] ?? -1));
      }
    })();
    recorder.write(packet(1));
    await expect.poll(() => seen).toEqual([1]);
    recorder.write(packet(2));
    await expect.poll(() => seen).toEqual([1, 2]);
    recorder.write(packet(3));
    await recorder.stop();
    await ended;
    expect(seen).toEqual([1, 2, 3]);
  });

  it.each(["by what it is named after", "by its first file"])(
    "is followed through the files of its ring, %s",
    async (how) => {
      const base = join(folder.path, "ring.pcapng");
      const recorder = await record(base, { size: 300 });
      const path = how === "by its first file" ? (recorder.files[0] ?? "") : base;
      const { ended, pieces } = follow(path);
      for (let number = 0; number < 30; number += 1) {
        recorder.write(packet(number));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await recorder.stop();
      await ended;
      const files = readdirSync(folder.path).sort();
      expect(files.length).toBeGreaterThan(3);
      const whole = concat(...files.map((name) => readFileSync(join(folder.path, name))));
      expect(Buffer.concat(pieces).equals(whole)).toBe(true);
    },
  );
});
