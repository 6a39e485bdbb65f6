/**
 * A day of a saturated line of 115,200 baud, 995 MB, through a pseudo terminal into
 * `obiscope sniff`, as fast as it takes it: whether every byte is in the recording, what memory the
 * process takes meanwhile, and which share of a core it takes: as the fast part has it, spread over
 * the day; and at the line's own speed, measured for a while behind it, for reads are short then.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PcapngReader } from "../../captures/pcapng.js";
import { at115200, realClock, sendAtPace } from "../simulator/pace.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { getRequest, getResponse, hdlc } from "./messages.js";
import { SeededRandom } from "./random.js";

const bytesPerSecond = 11_520;
const day = 86_400;
/** Of a core: what a line of this speed may take. */
const budget = 0.05;

/** What is said on the line, over and over: requests and answers whose numbers go on at the seam. */
function createBlock(): Buffer {
  const random = new SeededRandom(20_260_102);
  // Sequence numbers count to 8 and invoke-ids to 16.
  const exchanges = 4096;
  const parts = Array.from({ length: exchanges }, (_, i) => [
    hdlc(getRequest(random, i), true, i),
    hdlc(getResponse(random, i), false, i),
  ]);
  return Buffer.concat(parts.flat());
}

/** CPU seconds, and memory in MB, of a process so far, as Linux tells. */
function lookAt(pid: number): { readonly cpu: number; readonly memory: number } {
  const [, after = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = after.split(" ");
  const ticksPerSecond = 100;
  const cpu = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  const memory = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { cpu, memory: Number(memory) / 1024 };
}

interface Recorded {
  readonly hash: string;
  readonly bytes: number;
  readonly packets: number;
}

/** The bytes of the line that a recording holds, in its order. */
async function readRecording(path: string): Promise<Recorded> {
  const headerLength = 12;
  const hash = createHash("sha256");
  const reader = new PcapngReader();
  let [bytes, packets] = [0, 0];
  const take = (items: ReturnType<PcapngReader["push"]>) => {
    for (const item of items) {
      if (item.kind !== "chunk") continue;
      const payload = item.chunk.bytes.subarray(headerLength);
      hash.update(payload);
      bytes += payload.length;
      packets += 1;
    }
  };
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    take(reader.push(piece));
  }
  take(reader.finish());
  return { hash: hash.digest("hex"), bytes, packets };
}

/** How long the line's own speed is kept behind the fast part, in seconds. */
const slowly = 30;

/**
 * Prints the figures, those of the processor beside their budget. Needs socat and a built dist/; without
 * socat it says so. `megabytes` come as fast as they are taken; default: what the line carries in a day.
 * False where a byte was lost.
 */
export async function benchLive(
  megabytes: number = (bytesPerSecond * day) / 1e6,
): Promise<boolean> {
  if (!socatIsHere) {
    console.log("live: not measured, socat is not installed");
    return true;
  }
  console.log(`live: a serial line of 115,200 baud, ${megabytes.toFixed(0)} MB`);
  const wanted = megabytes * 1e6;
  const folder = mkdtempSync(join(tmpdir(), "obiscope-soak-"));
  const path = join(folder, "soak.pcapng");
  const pair = await PtyPair.open();
  const command = join(import.meta.dirname, "../../dist/cli.js");
  const line = ["--serial", pair.near, "--baud", "115200", "--line", "8N1"];
  const sniff = spawn("node", [command, "sniff", ...line, "--out", path], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { pid } = sniff;
  if (pid === undefined) throw new Error("obiscope sniff does not start");
  const ended = once(sniff, "exit");
  try {
    let said = "";
    await new Promise<void>((resolve, reject) => {
      sniff.stderr.setEncoding("utf8").on("data", (text: string) => {
        said = (said + text).slice(-4000);
        if (said.includes("Listening on")) resolve();
      });
      sniff.once("exit", () => reject(new Error(`obiscope sniff ended: ${said}`)));
    });
    const block = createBlock();
    const sent = createHash("sha256");
    const send = async (piece: Uint8Array) => {
      await pair.write(piece);
      sent.update(piece);
    };
    /** What is on the cable still comes: the recording grows until all of it is there. */
    const settle = async () => {
      for (let size = -1; size !== statSync(path).size; ) {
        size = statSync(path).size;
        await new Promise((resolve) => setTimeout(resolve, 1500));
      }
    };
    const before = lookAt(pid);
    const started = performance.now();
    const samples: number[] = [];
    const watch = setInterval(() => samples.push(lookAt(pid).memory), 500);
    for (let length = 0; length < wanted; ) {
      const piece = block.subarray(0, Math.min(block.length, wanted - length));
      await send(piece);
      length += piece.length;
    }
    await settle();
    const fastSeconds = (performance.now() - started) / 1000;
    const after = lookAt(pid);
    clearInterval(watch);
    // Last, for a process that goes on for days is not measured by the seconds in which it is compiled.
    const slow = block.subarray(0, Math.min(slowly * bytesPerSecond, block.length));
    const slowFrom = performance.now();
    await sendAtPace(slow, realClock.now(), at115200, realClock, send);
    const slowShare = (lookAt(pid).cpu - after.cpu) / ((performance.now() - slowFrom) / 1000);
    await settle();
    const total = wanted + slow.length;
    sniff.kill("SIGINT");
    const [status] = await ended;
    const recorded = await readRecording(path);
    const isSame = recorded.hash === sent.digest("hex") && recorded.bytes === total;
    const cpu = after.cpu - before.cpu;
    const lineSeconds = wanted / bytesPerSecond;
    const quarter = Math.max(1, Math.floor(samples.length / 4));
    const highest = (part: readonly number[]) => Math.max(...part).toFixed(0);
    const rate = megabytes / fastSeconds;
    const packets = recorded.packets.toLocaleString("en");
    const lines = [
      `${megabytes.toFixed(0)} MB in ${fastSeconds.toFixed(0)} s, ${rate.toFixed(1)} MB/s; ${packets} reads`,
      isSame
        ? "every byte is in the recording"
        : `LOST: ${recorded.bytes} of ${total} bytes are in the recording, or not the same ones`,
      `memory: ${before.memory.toFixed(0)} MB at first, at most ${highest(samples.slice(0, quarter))} MB in the first quarter and ${highest(samples.slice(-quarter))} MB in the last`,
      `processor at the line's speed: ${describeShare(slowShare)}`,
      `processor as fast as taken: ${cpu.toFixed(0)} s for ${(lineSeconds / 3600).toFixed(1)} hours of the line, ${describeShare(cpu / lineSeconds)}`,
    ];
    for (const figure of lines) console.log(`  ${figure}`);
    return isSame && status === 0;
  } finally {
    sniff.kill("SIGKILL");
    await pair.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `1.2 % of a core, budget 5 %, ratio 0.24` */
function describeShare(share: number): string {
  const percent = (100 * share).toFixed(2);
  return `${percent} % of a core, budget ${100 * budget} %, ratio ${(share / budget).toFixed(2)}`;
}
