/** A recording that is killed at any moment: the file opens, and the last quarter of a second at most is missing. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findUnfinishedRecordings,
  settleRecording,
} from "../../../captures/live/recording-marker.js";
import { PcapngReader } from "../../../captures/pcapng.js";
import { TestFolder } from "../../analyzer/test-folder.js";
import { chunksOf, problemsOf, readAll } from "../pcap-builder.js";

const folder = new TestFolder();
const child = join(folder.path, "recording-child.mjs");

beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, "recording-child.ts")],
    outfile: child,
    bundle: true,
    platform: "node",
    format: "esm",
  }),
);
afterAll(() => folder.remove());

interface Killed {
  /** When each number was given to the recorder, in milliseconds. */
  readonly told: readonly number[];
  /** So many of them a plain write has brought to the disk. */
  readonly witnessed: number;
  readonly error: string;
}

/** Starts a recording, and kills it so many milliseconds after its first packet. */
async function recordAndKill(
  file: string,
  delay: number,
  ringSize: readonly string[] = [],
): Promise<Killed> {
  const witness = folder.write(`witness-${basename(file)}`, "");
  const recording = spawn(process.execPath, [child, file, witness, ...ringSize]);
  let output = "";
  let error = "";
  let timer: NodeJS.Timeout | undefined;
  recording.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    timer ??= setTimeout(() => recording.kill("SIGKILL"), delay);
  });
  recording.stderr.setEncoding("utf8").on("data", (text: string) => {
    error += text;
  });
  await once(recording, "close");
  clearTimeout(timer);
  const lines = output.slice(0, output.lastIndexOf("\n")).split("\n");
  const seen = readFileSync(witness);
  return {
    told: lines.map((line) => Number(line.split(" ")[1])),
    witnessed: seen.length < 4 ? 0 : seen.readUInt32BE(),
    error,
  };
}

/** The numbers of the packets in a file; the last block may be cut, and nothing else be wrong. */
function numbersIn(file: string): number[] {
  const items = readAll(new PcapngReader(), readFileSync(file));
  const problems = problemsOf(items).map(({ code }) => code);
  expect(["", "pcapng.truncated"]).toContain(problems.join(" "));
  return chunksOf(items)
    .filter(({ bytes, originalLength }) => bytes.length === originalLength)
    .map(({ bytes }) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
}

/**
 * Every packet is there, in order, up to one that was told in the last quarter of a second. Counted
 * from the last word of the process, not from the kill: a busy machine may have let it starve. It may
 * starve before its last word, too, and its writes after it; so may the witness, which is 100 ms
 * behind at most where nothing starves, and then does not soften the claim.
 */
function expectNothingOldIsMissing(numbers: readonly number[], killed: Killed): void {
  const { told, witnessed, error } = killed;
  expect(error).toBe("");
  expect(numbers).toEqual(numbers.map((_, i) => i));
  const last = told.at(-1) ?? Number.NaN;
  const seen = told[witnessed - 1] ?? Number.NEGATIVE_INFINITY;
  const limit = Math.min(last - 250, seen - 150);
  const old = told.filter((time) => time < limit).length;
  expect(numbers.length).toBeGreaterThanOrEqual(old);
}

describe("a recording that is killed", () => {
  it("leaves a file that opens, at 200 random moments", async () => {
    const moments = Array.from({ length: 200 }, () => Math.random() * 500);
    const inOneGo = 4;
    let longEnough = 0;
    for (let at = 0; at < moments.length; at += inOneGo) {
      await Promise.all(
        moments.slice(at, at + inOneGo).map(async (delay, i) => {
          const file = join(folder.path, `killed-${at + i}.pcapng`);
          const killed = await recordAndKill(file, delay);
          expectNothingOldIsMissing(numbersIn(file), killed);
          if ((killed.told.at(-1) ?? 0) - (killed.told[0] ?? 0) > 250) longEnough += 1;
        }),
      );
    }
    // Most have had something to lose.
    expect(longEnough).toBeGreaterThan(50);
    // Half a minute; where others keep the processors busy it takes many times as long.
  }, 600_000);

  it("is found at the next start, until it is settled", async () => {
    const own = new TestFolder();
    const file = join(own.path, "trace.pcapng");
    try {
      await recordAndKill(file, 100);
      const [found, ...more] = await findUnfinishedRecordings(own.path);
      expect(more).toEqual([]);
      expect(found).toMatchObject({ path: file, files: [file], isRunning: false });
      expect(Math.abs((found?.startedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      if (found !== undefined) await settleRecording(found);
      expect(await findUnfinishedRecordings(own.path)).toEqual([]);
      expect(readdirSync(own.path)).toEqual(["trace.pcapng"]);
    } finally {
      own.remove();
    }
  });

  it("leaves the files of a ring, one after the other", async () => {
    const own = new TestFolder();
    try {
      const path = join(own.path, "ring.pcapng");
      const killed = await recordAndKill(path, 400, ["20000"]);
      const files = readdirSync(own.path).filter((name) => name.endsWith(".pcapng"));
      expect(files.length).toBeGreaterThan(2);
      expectNothingOldIsMissing(
        files.sort().flatMap((name) => numbersIn(join(own.path, name))),
        killed,
      );
      const [found] = await findUnfinishedRecordings(own.path);
      // The marker may be one file behind.
      expect(found?.files.length).toBeGreaterThanOrEqual(files.length - 1);
    } finally {
      own.remove();
    }
  });
});
