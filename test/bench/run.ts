/**
 * `npm run bench`: how fast captures are read, beside the same work of `tshark` where it is
 * installed. Prints figures and ratios; nothing here passes or fails but the recording of a line.
 *
 *   npm run bench                 200,000 packets
 *   npm run bench -- --packets N  another number of packets
 *   npm run bench -- --large      and the memory that a capture of 1 GB takes, that of an index of a
 *                                 million frames, and the application with a capture of 1 GB
 *   npm run bench -- --application  the application in a browser, and nothing else
 *   npm run bench -- --live       a day of a serial line into a recording, as fast as it is taken, and
 *                                 nothing else; needs socat, and ends with 1 where a byte is lost
 *   npm run bench -- --live --megabytes N  less of it, or more
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { benchApplication } from "./application.js";
import { type CaptureKind, writeCapture } from "./captures.js";
import { benchmarkAuthenticationKey, benchmarkKey } from "./messages.js";
import { benchLive } from "./soak.js";

const { values } = parseArgs({
  options: {
    packets: { type: "string", default: "200000" },
    large: { type: "boolean", default: false },
    application: { type: "boolean", default: false },
    live: { type: "boolean", default: false },
    megabytes: { type: "string" },
  },
});
const packets = Number(values.packets);
const folder = mkdtempSync(join(tmpdir(), "obiscope-bench-"));
const here = import.meta.dirname;
const keyArguments = [
  "--guek",
  benchmarkKey.toString("hex"),
  "--gak",
  benchmarkAuthenticationKey.toString("hex"),
];

interface Measured {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** Runs a program of ours to /dev/null: wall time of the whole process, and its peak memory. */
function measure(program: string, args: readonly string[]): Measured {
  const preload = join(here, "peak-memory.mjs");
  const started = performance.now();
  const { stderr, status } = spawnSync("node", ["--import", preload, program, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed:\n${stderr}`);
  const peak = /peak-memory-kb (\d+)/.exec(stderr)?.[1];
  return { seconds, peakMegabytes: Number(peak) / 1024 };
}

/** Seconds of the peer's work; undefined where it is not installed. */
function measureTshark(args: readonly string[]): number | undefined {
  const started = performance.now();
  const { status } = spawnSync("tshark", args, { stdio: ["ignore", "ignore", "ignore"] });
  return status === 0 ? (performance.now() - started) / 1000 : undefined;
}

function report(name: string, bytes: number, count: number, ours: Measured, peer?: number): void {
  const rate = Math.round(count / ours.seconds).toLocaleString("en");
  const megabytes = (bytes / 1e6 / ours.seconds).toFixed(0);
  const ratio =
    peer === undefined
      ? ""
      : `  tshark ${Math.round(count / peer).toLocaleString("en")}/s, ratio ${(peer / ours.seconds).toFixed(1)}`;
  const peak = ours.peakMegabytes.toFixed(0);
  console.log(
    `${name.padEnd(34)} ${rate.padStart(9)} packets/s ${megabytes.padStart(5)} MB/s  peak ${peak} MB${ratio}`,
  );
}

/** Peers of before 4.2 have no DLMS dissector: they stop at the payload and do less than we do. */
const peerReadsDlms = spawnSync("tshark", ["-G", "protocols"], { encoding: "utf8" })
  .stdout?.split("\n")
  .some((line) => line.includes("\tdlms"));
if (peerReadsDlms === false && !values.application && !values.live) {
  console.log("This tshark has no DLMS dissector: it decodes no more than UDP and TCP.");
}

async function benchReading(): Promise<void> {
  // In the project's build folder, where its packages are found.
  const bundle = async (name: string) => {
    const outfile = join(here, `../../dist/bench-${name}.js`);
    await build({
      entryPoints: [join(here, `${name}.ts`)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      logLevel: "warning",
    });
    return outfile;
  };
  const dissectPass = await bundle("dissect-pass");
  const indexPass = await bundle("index-pass");
  const indexMemory = await bundle("index-memory");
  const cli = join(here, "../../dist/cli.js");
  for (const kind of ["udp", "mixed", "ciphered"] as const satisfies readonly CaptureKind[]) {
    const path = join(folder, `${kind}.pcap`);
    const bytes = writeCapture(path, kind, packets);
    const keys = kind === "ciphered";
    console.log(`${kind}: ${packets.toLocaleString("en")} packets, ${(bytes / 1e6).toFixed(1)} MB`);
    const dissected = measure(dissectPass, keys ? [path, "keys"] : [path]);
    report("  every frame by itself", bytes, packets, dissected);
    report(
      "  index pass",
      bytes,
      packets,
      measure(indexPass, keys ? [path, "keys"] : [path]),
      measureTshark(["-r", path, "-Y", peerReadsDlms === true ? "dlms" : "udp or tcp"]),
    );
    const keyed = keys ? keyArguments : [];
    report("  decode", bytes, packets, measure(cli, ["decode", path, ...keyed]));
    report("  summary", bytes, packets, measure(cli, ["summary", path, ...keyed]));
    const decode = ["decode", "--tree", path, ...keyed];
    report(
      "  decode --format text --tree",
      bytes,
      packets,
      measure(cli, [...decode, "--format", "text"]),
      measureTshark(["-r", path, "-V"]),
    );
    report(
      "  decode --format ndjson --tree",
      bytes,
      packets,
      measure(cli, [...decode, "--format", "ndjson"]),
      measureTshark(["-r", path, "-T", "json"]),
    );
  }
  benchCiphered(cli);
  if (values.large) {
    const path = join(folder, "large.pcap");
    const count = Math.ceil(1e9 / (statSync(join(folder, "mixed.pcap")).size / packets));
    const bytes = writeCapture(path, "mixed", count);
    console.log(`large: ${count.toLocaleString("en")} packets, ${(bytes / 1e6).toFixed(0)} MB`);
    report("  decode --format text", bytes, count, measure(cli, ["decode", path]));
    report("  summary", bytes, count, measure(cli, ["summary", path]));
    const million = join(folder, "million.pcap");
    writeCapture(million, "mixed", 1_000_000);
    const { stdout } = spawnSync("node", ["--expose-gc", indexMemory, million], {
      encoding: "utf8",
    });
    console.log(`index of 1,000,000 frames: ${stdout.trim()}`);
  }
}

/** Ciphered APDUs a second, in the command line, that a capture with keys may not fall below. */
const cipheredBudget = 100_000;

/** In a capture that takes longer than the start of the program and its compilation. */
function benchCiphered(cli: string): void {
  const count = 1_000_000;
  const path = join(folder, "ciphered-million.pcap");
  const bytes = writeCapture(path, "ciphered", count);
  console.log(`ciphered: ${count.toLocaleString("en")} packets, ${(bytes / 1e6).toFixed(1)} MB`);
  const summary = measure(cli, ["summary", path, ...keyArguments]);
  report("  summary", bytes, count, summary);
  const ratio = (count / summary.seconds / cipheredBudget).toFixed(2);
  console.log(`    budget ${cipheredBudget.toLocaleString("en")} packets/s, ratio ${ratio}`);
  report("  decode", bytes, count, measure(cli, ["decode", path, ...keyArguments]));
}

async function benchLine(): Promise<void> {
  const megabytes = values.megabytes === undefined ? undefined : Number(values.megabytes);
  if (megabytes !== undefined && !(megabytes > 0)) {
    throw new Error(`--megabytes takes a number above 0; '${values.megabytes}' is none`);
  }
  if (!(await benchLive(megabytes))) process.exitCode = 1;
}

try {
  if (values.live) await benchLine();
  else {
    if (!values.application) await benchReading();
    await benchApplication(values.large);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
