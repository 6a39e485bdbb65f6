import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FrameJson } from "../../decoder/index.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { sampleLayers, sampleSession } from "../captures/live/heard.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { command, freePort, Running } from "./live-command.js";
import { obiscope } from "./run-command.js";

let folder: TestFolder;
let running: Running[];
let sockets: Socket[];
let port: number;
beforeEach(async () => {
  folder = new TestFolder();
  running = [];
  sockets = [];
  port = await freePort();
});
afterEach(() => {
  for (const one of running) one.kill();
  for (const socket of sockets) socket.destroy();
  folder.remove();
});

const inFolder = (name: string) => join(folder.path, name);
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function start(program: string, args: readonly string[]): Running {
  const one = new Running(program, args);
  running.push(one);
  return one;
}

const sniff = (...args: string[]) => start(process.execPath, [command, "sniff", ...args]);

/** A sniffer that listens, and a meter that has connected to it. */
async function listen(...args: string[]): Promise<{ sniffer: Running; meter: Socket }> {
  const sniffer = sniff("--listen", `127.0.0.1:${port}`, ...args);
  await sniffer.says(/Listening on/);
  return { sniffer, meter: await connectMeter() };
}

async function connectMeter(): Promise<Socket> {
  const meter = connect(port, "127.0.0.1");
  meter.on("error", () => {});
  sockets.push(meter);
  await once(meter, "connect");
  return meter;
}

/** Frames of NDJSON that carry more than TCP. */
function framesIn(text: string): FrameJson[] {
  return text
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as FrameJson)
    .filter(({ layers }) => layers.at(-1) !== "tcp");
}

function decode(file: string): FrameJson[] {
  const { status, stdout } = obiscope(["decode", "--format", "ndjson", file]);
  expect(status).toBe(0);
  return framesIn(stdout);
}

const layers = (frames: readonly FrameJson[]) => frames.map((frame) => frame.layers.at(-1));

/** What one frame says by itself: links to later frames are not known yet while it is live. */
const content = (frames: readonly FrameJson[]) =>
  frames.map(({ number, time, direction, client, server, layers, info, bytes, apdu }) => {
    // What a frame answers stands behind the words.
    const [words] = (info ?? "").split("  (");
    return { number, time, direction, client, server, layers, words, bytes, apdu };
  });

describe("obiscope sniff", () => {
  it("shows each frame as it comes, and the file has the same when it is interrupted", async () => {
    const file = inFolder("trace.pcapng");
    const { sniffer, meter } = await listen("--out", file, "--format", "ndjson");
    for (const [i, { bytes }] of sampleSession.entries()) {
      meter.write(bytes);
      await expect.poll(() => framesIn(sniffer.stdout).length, { timeout: 5000 }).toBe(i + 1);
    }
    expect(existsSync(`${file}.recording`)).toBe(true);
    expect(await sniffer.end("SIGINT")).toBe(0);
    const live = framesIn(sniffer.stdout);
    expect(layers(live)).toEqual(sampleLayers);
    const recorded = decode(file);
    expect(content(live)).toEqual(content(recorded));
    expect(readdirSync(folder.path)).toEqual(["trace.pcapng"]);
    expect(sniffer.stderr).toMatch(/obiscope: Recording to .*trace\.pcapng\n/);
    expect(sniffer.stderr).toMatch(/trace\.pcapng is complete: \d+ packets\n$/);
  });

  it("ends well with SIGTERM, also while it waits for a peer", async () => {
    const { sniffer } = await listen("--out", inFolder("trace.pcapng"));
    expect(await sniffer.end("SIGTERM")).toBe(0);
    expect(readdirSync(folder.path)).toEqual(["trace.pcapng"]);
  });

  it("shows what the filter lets through, and stops after so many frames", async () => {
    const args = ["--filter", "xdlms || acse", "--stop-after", "3", "--format", "ndjson"];
    const { sniffer, meter } = await listen(...args);
    for (const { bytes } of sampleSession) meter.write(bytes);
    expect(await sniffer.end()).toBe(0);
    expect(layers(framesIn(sniffer.stdout))).toEqual(["aarq", "aare", "get-request-normal"]);
  });

  it("stops after a time, and JSON is whole then", async () => {
    const { sniffer, meter } = await listen("--duration", "2s", "--format", "json");
    meter.write(sampleSession[0]?.bytes ?? "");
    expect(await sniffer.end()).toBe(0);
    const frames = JSON.parse(sniffer.stdout) as FrameJson[];
    expect(layers(frames)).toContain("hdlc");
  }, 60_000);

  it("goes on in the files of a ring", async () => {
    const ring = ["--out", inFolder("ring.pcapng"), "--ring", "files:2,size:0.0006"];
    const { sniffer, meter } = await listen(...ring);
    for (const { bytes } of sampleSession) {
      meter.write(bytes);
      await sleep(20);
    }
    await sniffer.says(/ring_00003_/);
    expect(await sniffer.end("SIGINT")).toBe(0);
    const files = readdirSync(folder.path).sort();
    expect(files).toHaveLength(2);
    for (const file of files) expect(obiscope(["decode", inFolder(file)]).status).toBe(0);
  });

  it("gives pcapng on standard output, which decode reads as it comes", async () => {
    const line = `${process.execPath} ${command} sniff --listen 127.0.0.1:${port} --out - | ${process.execPath} ${command} decode --format ndjson -`;
    const pipe = start("bash", ["-c", line]);
    await pipe.says(/Listening on/);
    const meter = await connectMeter();
    for (const [i, { bytes }] of sampleSession.entries()) {
      meter.write(bytes);
      // An answer comes at once; a request is held for its answer, but not for ever.
      if (i >= 4) continue;
      await expect.poll(() => framesIn(pipe.stdout).length, { timeout: 10_000 }).toBe(i + 1);
    }
    await expect
      .poll(() => layers(framesIn(pipe.stdout)), { timeout: 10_000 })
      .toEqual(sampleLayers);
  }, 60_000);

  it("ends when the reader of its text has gone, and the file is complete", async () => {
    const file = inFolder("trace.pcapng");
    const line = `${process.execPath} ${command} sniff --listen 127.0.0.1:${port} --out ${file} | head -n 1`;
    const pipe = start("bash", ["-o", "pipefail", "-c", line]);
    await pipe.says(/Listening on/);
    const meter = await connectMeter();
    for (const { bytes } of sampleSession) {
      meter.write(bytes);
      await sleep(30);
    }
    expect(await pipe.end()).toBe(0);
    expect(pipe.stderr).toMatch(/is complete: \d+ packets/);
    expect(readdirSync(folder.path)).toEqual(["trace.pcapng"]);
  });

  it("refuses a file that another one records, and one that is there", async () => {
    const file = inFolder("trace.pcapng");
    const { sniffer } = await listen("--out", file);
    const second = sniff("--udp", `${await freePort()}`, "--out", file, "--overwrite");
    expect(await second.end()).toBe(1);
    expect(second.stderr).toMatch(
      `trace.pcapng is being recorded by another process (${sniffer.child.pid}); choose another name`,
    );
    await sniffer.end("SIGINT");
    const third = sniff("--udp", `${await freePort()}`, "--out", file);
    expect(await third.end()).toBe(1);
    expect(third.stderr).toMatch(/is there already and would be lost; choose another name/);
  });

  it("goes on showing when the disk is full, says so, and ends with 1", async () => {
    const file = inFolder("trace.pcapng");
    // The greatest size of a file: one block of 1024 bytes.
    const line = `trap '' XFSZ; ulimit -f 1; exec ${process.execPath} ${command} sniff --listen 127.0.0.1:${port} --out ${file} --format ndjson`;
    const sniffer = start("bash", ["-c", line]);
    await sniffer.says(/Listening on/);
    const meter = await connectMeter();
    for (const { bytes } of sampleSession) {
      meter.write(bytes);
      await sleep(50);
    }
    await expect
      .poll(() => layers(framesIn(sniffer.stdout)), { timeout: 10_000 })
      .toEqual(sampleLayers);
    expect(await sniffer.end("SIGINT")).toBe(1);
    expect(sniffer.stderr).toMatch(/has stopped: the file has the greatest size that is allowed/);
    const recorded = decode(file);
    expect(recorded.length).toBeGreaterThan(2);
    expect(layers(recorded)).toEqual(sampleLayers.slice(0, recorded.length));
  });

  it("says that a port is taken, and makes no file", async () => {
    const { sniffer } = await listen();
    const second = sniff("--listen", `127.0.0.1:${port}`, "--out", inFolder("trace.pcapng"));
    expect(await second.end()).toBe(1);
    expect(second.stderr).toMatch(/is taken: another program listens there; end it, or choose/);
    expect(readdirSync(folder.path)).toEqual([]);
    await sniffer.end("SIGINT");
  });

  it.runIf(socatIsHere)("listens on a serial line", async () => {
    const pair = await PtyPair.open();
    try {
      const file = inFolder("line.pcapng");
      const sniffer = sniff("--serial", pair.near, "--out", file, "--format", "ndjson");
      await sniffer.says(/Listening on/);
      for (const { bytes } of sampleSession) {
        await pair.write(bytes);
        await sleep(30);
      }
      await expect
        .poll(() => layers(framesIn(sniffer.stdout)).filter((layer) => layer !== "rtac-serial"), {
          timeout: 10_000,
        })
        .toEqual(sampleLayers);
      expect(await sniffer.end("SIGINT")).toBe(0);
      const recorded = layers(decode(file)).filter((layer) => layer !== "rtac-serial");
      expect(recorded).toEqual(sampleLayers);
    } finally {
      await pair.close();
    }
  });

  it("lists serial ports, or says that there are none", () => {
    const { status, stdout, stderr } = obiscope(["sniff", "--list"]);
    expect(status).toBe(0);
    if (stdout === "") expect(stderr).toMatch(/No serial port is there/);
    else expect(stdout).toMatch(/^(\/dev\/|COM)\S+/);
  });

  it.each([
    [[], /there is nothing to listen on: say --serial PORT/],
    [["--udp", "1", "--listen", "2"], /--listen and --udp cannot be listened on at once/],
    [["--tcp", "4059"], /--tcp takes HOST:PORT with a port from 1 to 65535/],
    [["--listen", "70000"], /--listen takes \[HOST:\]PORT/],
    [["--udp", "::1:4059"], /an IPv6 address in brackets/],
    [["--relay", "4059"], /--relay takes \[HOST:\]PORT=HOST:PORT/],
    [["--relay", "4059=4060"], /--relay takes HOST:PORT/],
    [["--udp", "1", "--baud", "9600"], /--baud goes with --serial/],
    [["--serial", "x", "--baud", "12"], /"12" is no speed; expected bits per second from 300/],
    [["--serial", "x", "--line", "9N1"], /"9N1" is no character format/],
    [["--serial", "x", "--preset", "gsm"], /--preset takes hdlc, optical, han, mbus, p1/],
    [["--serial", "x", "--auto", "--baud", "9600"], /--auto finds the line's settings out/],
    [["--serial", "x", "--serial-answers", "x"], /are two ports, one for each direction/],
    [["--udp", "1", "--ring", "files:3,size:1"], /--ring needs --out FILE/],
    [["--udp", "1", "--out", "x", "--ring", "files:3"], /--ring needs size:MB or duration:S/],
    [["--udp", "1", "--out", "x", "--ring", "size:-1"], /--ring takes files:N,size:MB,duration:S/],
    [["--udp", "1", "--duration", "soon"], /--duration takes 90s, 15m, 2h or 7d/],
    [["--udp", "1", "--stop-after", "0"], /--stop-after takes a whole number from 1 on/],
    [["--udp", "1", "trace.pcapng"], /sniff takes no FILE; obiscope decode trace\.pcapng/],
    [["--udp", "1", "--keys", "missing.json"], /missing\.json/],
    [["--udp", "1", "--filter", "hdlc &&"], /--filter/],
  ])("says what is wrong with %j", (args, message) => {
    const { status, stdout, stderr } = obiscope(["sniff", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it("never shows keys", async () => {
    const key = "000102030405060708090a0b0c0d0e0f";
    const file = inFolder("trace.pcapng");
    const { sniffer, meter } = await listen("--guek", key, "--out", file);
    meter.write(sampleSession[0]?.bytes ?? "");
    await sleep(300);
    const marker = readFileSync(`${file}.recording`, "latin1");
    await sniffer.end("SIGINT");
    const all = sniffer.stdout + sniffer.stderr + marker + readFileSync(file, "latin1");
    expect(all.toLowerCase()).not.toContain(key);
  });
});
