import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  Recorder,
  type RecorderSettings,
  RecordingError,
  type RecordingState,
} from "../../../captures/live/recorder.js";
import { findUnfinishedRecordings } from "../../../captures/live/recording-marker.js";
import type { TapPacket } from "../../../captures/live/tap.js";
import { PcapngReader } from "../../../captures/pcapng.js";
import { TestFolder } from "../../analyzer/test-folder.js";
import { mayMount } from "../../simulator/other-machine.js";
import { chunksOf, problemsOf, readAll } from "../pcap-builder.js";

let folder: TestFolder;
let states: RecordingState[];
beforeEach(() => {
  folder = new TestFolder();
  states = [];
});
afterEach(() => folder.remove());

const inFolder = (name: string) => join(folder.path, name);

function start(target: string, more: Partial<RecorderSettings> = {}): Promise<Recorder> {
  return Recorder.start({
    target,
    interfaces: [{ name: "line", description: "of a test", linkType: 147 }],
    writer: { application: "test", operatingSystem: "test" },
    onState: (state) => states.push(state),
    onDrain: () => {},
    ...more,
  });
}

function packet(number: number, length = 100): TapPacket {
  const bytes = new Uint8Array(length).fill(number);
  new DataView(bytes.buffer).setUint32(0, number);
  const time = { seconds: 1_767_323_045 + number, nanoseconds: 0, dated: true };
  const rest = { direction: null, payloadLength: length, isLineError: false };
  return { kind: "packet", interface: 0, time, bytes, ...rest };
}

function read(file: string): number[] {
  const items = readAll(new PcapngReader(), readFileSync(file));
  expect(problemsOf(items)).toEqual([]);
  return chunksOf(items).map(({ bytes }) =>
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(0),
  );
}

const counted = (length: number) => Array.from({ length }, (_, i) => i);

describe("a recording", () => {
  it("is there from its first byte, and complete at its end", async () => {
    const file = inFolder("trace.pcapng");
    const recorder = await start(file);
    expect(read(file)).toEqual([]);
    for (const number of counted(3)) expect(recorder.write(packet(number))).toBe(true);
    // Without being asked, within a quarter of a second.
    await expect.poll(() => read(file), { timeout: 5000 }).toEqual(counted(3));
    await recorder.stop();
    expect(readdirSync(folder.path)).toEqual(["trace.pcapng"]);
    expect(states.map(({ phase }) => phase)).toEqual(["recording", "ended"]);
    expect(states.at(-1)?.message).toBe(`${file} is complete: 3 packets`);
    expect(recorder.bytes).toBe(statSync(file).size);
  });

  it("is marked while it goes on, and refuses a second one", async () => {
    const file = inFolder("trace.pcapng");
    const tap = { kind: "udp", host: "::", port: 4059 } as const;
    const recorder = await start(file, { tap });
    expect(await findUnfinishedRecordings(folder.path)).toEqual([]);
    const second = start(file, { isReplacing: true });
    await expect(second).rejects.toThrow(RecordingError);
    await expect(second).rejects.toThrow(
      `${file} is being recorded by another process (${process.pid}); choose another name`,
    );
    recorder.write(packet(0));
    await recorder.stop();
    expect(read(file)).toEqual([0]);
  });

  it("does not overwrite a file unless it is told to", async () => {
    const file = folder.write("trace.pcapng", "something");
    await expect(start(file)).rejects.toThrow(/trace\.pcapng is there already and would be lost/);
    expect(readFileSync(file, "utf8")).toBe("something");
    expect(readdirSync(folder.path)).toEqual(["trace.pcapng"]);
    await (await start(file, { isReplacing: true })).stop();
    expect(read(file)).toEqual([]);
  });

  it.each([
    ["no/such/folder.pcapng", /there is no such folder/],
    [".", /it is a directory; name a file/],
  ])("says why it cannot begin: %s", async (name, message) => {
    await expect(start(inFolder(name))).rejects.toThrow(message);
  });

  it("asks to wait while the disk is behind, and says when it is not", async () => {
    let drained = 0;
    const recorder = await start(inFolder("trace.pcapng"), {
      onDrain: () => {
        drained += 1;
      },
    });
    let number = 0;
    while (recorder.write(packet(number, 100_000))) number += 1;
    // 4 MiB are let through.
    expect(number).toBeGreaterThan(30);
    expect(number).toBeLessThan(60);
    await expect.poll(() => drained, { timeout: 5000 }).toBe(1);
    expect(recorder.write(packet(number + 1, 100_000))).toBe(true);
    await recorder.stop();
    expect(read(inFolder("trace.pcapng"))).toEqual(counted(number + 2));
  });
});

describe("a ring", () => {
  it("goes on in new files by size, each complete by itself, and keeps the newest", async () => {
    // Header and interface are 104 bytes here, a packet of 100 bytes is a block of 132: two fit.
    const recorder = await start(inFolder("ring.pcapng"), { ring: { size: 499, files: 3 } });
    for (const number of counted(9)) recorder.write(packet(number));
    await recorder.stop();
    const names = readdirSync(folder.path).sort();
    expect(names.map((name) => name.replace(/\d{8}T\d{6}/, "TIME"))).toEqual([
      "ring_00003_TIME.pcapng",
      "ring_00004_TIME.pcapng",
      "ring_00005_TIME.pcapng",
    ]);
    expect(names.map((name) => read(inFolder(name)))).toEqual([[4, 5], [6, 7], [8]]);
    // Statistics of 76 bytes come at the end.
    expect(names.map((name) => statSync(inFolder(name)).size)).toEqual([444, 444, 312]);
    expect(recorder.files).toEqual(names.map(inFolder));
  });

  it("goes on behind the files of an earlier recording, and leaves those alone", async () => {
    const earlier = "ring_00007_20250101T000000.pcapng";
    folder.write(earlier, "something");
    const recorder = await start(inFolder("ring.pcapng"), { ring: { size: 300, files: 1 } });
    for (const number of counted(3)) recorder.write(packet(number));
    await recorder.stop();
    const names = readdirSync(folder.path).sort();
    expect(names.map((name) => name.slice(0, 10))).toEqual(["ring_00007", "ring_00010"]);
    expect(readFileSync(inFolder(earlier), "utf8")).toBe("something");
  });

  it("goes on in a new file when one is old", async () => {
    const recorder = await start(inFolder("ring"), { ring: { duration: 0.2 } });
    recorder.write(packet(0));
    await new Promise((resolve) => setTimeout(resolve, 250));
    recorder.write(packet(1));
    await recorder.stop();
    const names = readdirSync(folder.path).sort();
    expect(names.map((name) => read(inFolder(name)))).toEqual([[0], [1]]);
  });
});

describe("a full disk", () => {
  // The greatest size of a file, which a shell may set, cuts a write short as a full disk does.
  const limited = (line: string) =>
    `trap '' XFSZ; ulimit -f 64; exec ${process.execPath} --import tsx -e '${line}'`;
  const recordTo = (file: string) => `
    const { Recorder } = await import("./captures/live/recorder.ts");
    const states = [];
    const recorder = await Recorder.start({
      target: ${JSON.stringify(file)},
      interfaces: [{ name: "line", description: "", linkType: 147 }],
      writer: { application: "test", operatingSystem: "test" },
      onState: (state) => states.push(state),
      onDrain: () => {},
    });
    let number = 0;
    while (recorder.isRecording && number < 10_000) {
      const bytes = new Uint8Array(99);
      new DataView(bytes.buffer).setUint32(0, number);
      recorder.write({ kind: "packet", interface: 0, direction: null, bytes,
        time: { seconds: 1, nanoseconds: 0, dated: true }, payloadLength: 99, isLineError: false });
      number += 1;
      if (number % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const viewGoesOn = recorder.write({ kind: "packet", interface: 0, direction: null,
      bytes: new Uint8Array(4), time: { seconds: 1, nanoseconds: 0, dated: true },
      payloadLength: 4, isLineError: false });
    await recorder.stop();
    console.log(JSON.stringify({ states, viewGoesOn }));`;

  function expectStopped(output: string, file: string, message: RegExp): void {
    const { states, viewGoesOn } = JSON.parse(output);
    expect(viewGoesOn).toBe(true);
    expect(states).toHaveLength(2);
    expect(states[1]).toMatchObject({ phase: "failed", reason: "full", severity: "error", file });
    expect(states[1].message).toMatch(message);
  }

  it("stops the recording with a message, and leaves whole blocks", () => {
    const file = inFolder("trace.pcapng");
    const output = execFileSync("bash", ["-c", limited(recordTo(file))], { encoding: "utf8" });
    expectStopped(output, file, /has stopped: the file has the greatest size that is allowed/);
    // 64 blocks of 1024 bytes are the limit; the last packet that fits is whole.
    const { size } = statSync(file);
    expect(size).toBeLessThanOrEqual(65_536);
    expect(size).toBeGreaterThan(65_536 - 132);
    const numbers = read(file);
    expect(numbers).toEqual(counted(numbers.length));
    expect(existsSync(`${file}.recording`)).toBe(false);
  });

  it.runIf(mayMount)("stops the recording on a small file system", () => {
    mkdirSync(inFolder("small"));
    const file = inFolder("small/trace.pcapng");
    const run = `${process.execPath} --import tsx -e '${recordTo(file)}'`;
    const line = `mount -t tmpfs -o size=64k none ${inFolder("small")} && ${run} && cp ${file} ${inFolder("kept.pcapng")}`;
    const output = execFileSync("unshare", ["-rm", "bash", "-c", line], { encoding: "utf8" });
    expectStopped(output, file, /has stopped: the disk is full; make room, then record again/);
    const numbers = read(inFolder("kept.pcapng"));
    expect(numbers.length).toBeGreaterThan(300);
    expect(numbers).toEqual(counted(numbers.length));
  });

  it.runIf(existsSync("/dev/full"))(
    "is told where not even the header can be written",
    async () => {
      await expect(start("/dev/full")).rejects.toThrow(
        "/dev/full cannot be recorded to: the disk is full; make room, then record again",
      );
    },
  );
});
