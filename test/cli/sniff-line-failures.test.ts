/** What goes wrong with serial lines, from the plug to the disk, as one sees it who runs `obiscope sniff`. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FrameJson } from "../../decoder/index.js";
import { TestFolder } from "../analyzer/test-folder.js";
import {
  afterMounting,
  asNobody,
  isRoot,
  mayBeNobody,
  mayMount,
} from "../simulator/other-machine.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { command, Running } from "./live-command.js";
import { obiscope } from "./run-command.js";

// Corpus, fs-22222885268-iec21-0001: SNRM of client 16 to server 1.
const snrm = fromHex("7ea0070321930f017e");
// Corpus, blockworksco-playground-hdlc-0003: DISC of client 16.
const disconnect = fromHex("7ea00703215303c77e");

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

let folder: TestFolder;
let pair: PtyPair;
const running: Running[] = [];

function sniff(args: readonly string[], environment?: NodeJS.ProcessEnv): Running {
  const started = new Running(process.execPath, [command, "sniff", ...args], environment);
  running.push(started);
  return started;
}

/** The frames of a recording. */
function decode(path: string): FrameJson[] {
  const { status, stdout, stderr } = obiscope(["decode", "--format", "ndjson", path]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as FrameJson);
}

describe.skipIf(!socatIsHere)("a serial line on which something fails (socat)", () => {
  beforeEach(async () => {
    folder = new TestFolder();
    pair = await PtyPair.open();
  });

  afterEach(async () => {
    for (const { child } of running.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    }
    await pair.close();
    folder.remove();
  });

  it("is heard again when its port comes back, and both are told and recorded", async () => {
    const path = join(folder.path, "line.pcapng");
    const sniffer = sniff(["--serial", pair.near, "--out", path, "--format", "ndjson"]);
    await sniffer.says(/Listening on/);
    await pair.write(snrm);
    await expect.poll(() => sniffer.stdout, { timeout: 20_000 }).toContain(toHex(snrm));
    for (const times of [1, 2]) {
      await pair.vanish();
      await expect
        .poll(() => sniffer.stderr.match(/went away.*; it is opened again as soon as/g)?.length)
        .toBe(times);
      await pair.return();
      await expect
        .poll(() => sniffer.stderr.match(/ is back, 9600 8N1/g)?.length, { timeout: 20_000 })
        .toBe(times);
    }
    await pair.write(disconnect);
    await expect.poll(() => sniffer.stdout, { timeout: 20_000 }).toContain(toHex(disconnect));
    expect(await sniffer.end("SIGINT")).toBe(0);
    const frames = decode(path);
    expect(frames.map(({ layers }) => layers.at(-1))).toEqual([
      "hdlc",
      ...Array(4).fill("rtac-serial"),
      "hdlc",
    ]);
    expect(frames.map(({ info, comment }) => comment ?? info).join("\n")).toMatch(
      new RegExp(
        `SNRM.*\n.*${pair.near} went away.*\n.*${pair.near} is back.*\n.* went away.*\n.* is back.*\n.*DISC`,
      ),
    );
  });

  it("loses half a frame with its port, and no more", async () => {
    const path = join(folder.path, "line.pcapng");
    const sniffer = sniff(["--serial", pair.near, "--out", path, "--format", "ndjson"]);
    await sniffer.says(/Listening on/);
    await pair.write(snrm.subarray(0, 5));
    // Nobody is told of half a frame; the tap has read it when its file has it.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await pair.vanish();
    await sniffer.says(/went away/);
    await pair.return();
    await sniffer.says(/ is back, 9600 8N1/);
    await pair.write(disconnect);
    await expect.poll(() => sniffer.stdout, { timeout: 20_000 }).toContain(toHex(disconnect));
    await sniffer.end("SIGINT");
    const frames = decode(path).filter(({ layers }) => layers.at(-1) !== "rtac-serial");
    // The half, told as it is, and the next one whole.
    expect(frames.map(({ layers, bytes }) => `${layers.at(-1)} ${bytes}`)).toEqual([
      `noise ${toHex(snrm.subarray(0, 5))}`,
      `hdlc ${toHex(disconnect)}`,
    ]);
  });

  it("has one listener: a second one is told who listens, and the first goes on", async () => {
    const first = sniff(["--serial", pair.near, "--format", "ndjson"]);
    await first.says(/Listening on/);
    const second = sniff(["--serial", pair.near, "--out", join(folder.path, "second.pcapng")]);
    expect(await second.end()).toBe(1);
    const number = first.child.pid;
    expect(second.stderr).toMatch(
      new RegExp(`${pair.near} is in use by .*\\(process ${number}\\)\\. Close it there`),
    );
    await pair.write(snrm);
    await expect.poll(() => first.stdout, { timeout: 20_000 }).toContain(toHex(snrm));
    expect(await first.end("SIGTERM")).toBe(0);
  });

  it.runIf(!isRoot || mayBeNobody(command))("without permission says what to do", async () => {
    const port = realpathSync(pair.near);
    chmodSync(port, 0o600);
    if (!isRoot) chmodSync(port, 0);
    const words = [process.execPath, command, "sniff", "--serial", port] as const;
    const [program, ...rest] = isRoot ? asNobody(words) : words;
    const sniffer = new Running(program, rest);
    running.push(sniffer);
    expect(await sniffer.end()).toBe(1);
    expect(sniffer.stderr).toMatch(
      new RegExp(
        `No permission to open ${port}\\. Do: (?:sudo usermod -aG \\w+ \\$USER, then log out|ask for the rights)`,
      ),
    );
  });

  it.runIf(mayMount)("goes on being shown when the disk is full", async () => {
    const path = join(folder.path, "disk");
    mkdirSync(path);
    const options = ["--serial", pair.near, "--out", join(path, "line.pcapng")];
    const words = [process.execPath, command, "sniff", ...options, "--format", "ndjson"];
    const [program, ...rest] = afterMounting('mount -t tmpfs -o size=64k none "$0"', path, words);
    const sniffer = new Running(program, rest);
    running.push(sniffer);
    await sniffer.says(/Recording/);
    // 9 bytes a frame, with the headers of their packets or without: more than there is room for.
    for (let i = 0; i < 40; i++) await pair.write(Buffer.concat(Array(200).fill(snrm)));
    await sniffer.says(/the disk is full; make room, then record again/);
    await pair.write(disconnect);
    await expect.poll(() => sniffer.stdout, { timeout: 20_000 }).toContain(toHex(disconnect));
    expect(await sniffer.end("SIGINT")).toBe(1);
  });
});

describe("a serial port that is not there", () => {
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => folder.remove());

  it("is told together with those that are", () => {
    const { status, stderr } = obiscope(["sniff", "--serial", "/dev/ttyNOBODY7"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^obiscope: There is no port \/dev\/ttyNOBODY7\. (?:No serial port is there|The ports that are here: )/m,
    );
  });

  it("is told for a file that is none", () => {
    const path = folder.write("notes.txt", "no port");
    const { status, stderr } = obiscope(["sniff", "--serial", path]);
    expect(status).toBe(1);
    expect(stderr).toContain(`${path} is no serial port`);
  });

  it("is looked for without udevadm, and without anything else to call", async () => {
    const environment = { ...process.env, PATH: folder.path };
    const lister = new Running(process.execPath, [command, "sniff", "--list"], environment);
    expect(await lister.end()).toBe(0);
    const usual = obiscope(["sniff", "--list"]);
    expect([lister.stdout, lister.stderr]).toEqual([usual.stdout, usual.stderr]);
    if (lister.stdout === "") expect(lister.stderr).toMatch(/No serial port is there\. Plug/);
    else expect(lister.stdout).toMatch(/^(?:\/dev\/\S+.*\n)+$/);
  });
});

/** The ports of this machine are what they are; in a name space of its own a process sees others. */
describe.runIf(mayMount)("a machine that has", () => {
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => folder.remove());

  /** Runs `obiscope sniff` with another folder for `/sys`, and with no other program to call. */
  function sniffOn(sys: string, ...args: readonly string[]) {
    const words = [process.execPath, command, "sniff", ...args];
    const [program, ...rest] = afterMounting('mount --bind "$0" /sys && PATH="$0"', sys, words);
    const { status, stdout, stderr } = spawnSync(program, rest, { encoding: "utf8" });
    return { status, stdout, stderr };
  }

  it("no port says what to do, when ports are listed and when one is missed", () => {
    const sys = join(folder.path, "sys");
    mkdirSync(join(sys, "class/tty"), { recursive: true });
    const advice =
      "No serial port is there. Plug the adapter in; in a container or a virtual machine, pass the device through to it";
    expect(sniffOn(sys, "--list")).toEqual({
      status: 0,
      stdout: "",
      stderr: `obiscope: ${advice}\n`,
    });
    expect(sniffOn(sys, "--serial", "/dev/ttyNOBODY7")).toEqual({
      status: 1,
      stdout: "",
      stderr: `obiscope: There is no port /dev/ttyNOBODY7. ${advice}\n`,
    });
  });

  it("ports names them, when they are listed and when another one is missed", () => {
    const sys = join(folder.path, "sys");
    const device = join(sys, "devices/usb1/1-1/1-1:1.0/ttyUSB3");
    mkdirSync(join(sys, "class/tty/ttyUSB3"), { recursive: true });
    mkdirSync(device, { recursive: true });
    symlinkSync("../../../devices/usb1/1-1/1-1:1.0/ttyUSB3", join(sys, "class/tty/ttyUSB3/device"));
    for (const [name, text] of [
      ["idVendor", "0403"],
      ["idProduct", "6001"],
      ["manufacturer", "FTDI"],
      ["product", "FT232R USB UART"],
    ] as const) {
      writeFileSync(join(sys, "devices/usb1/1-1", name), `${text}\n`);
    }
    const words = "FTDI FT232R USB UART, 0403:6001";
    const { status, stdout, stderr } = sniffOn(sys, "--list");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("/dev/ttyUSB3");
    expect(stdout).toContain(words);
    expect(sniffOn(sys, "--serial", "/dev/ttyNOBODY7")).toEqual({
      status: 1,
      stdout: "",
      stderr: `obiscope: There is no port /dev/ttyNOBODY7. The ports that are here: /dev/ttyUSB3 (${words})\n`,
    });
  });
});

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
