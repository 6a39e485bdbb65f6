/** The extcap as Wireshark calls it, and where its programs are installed, called by them. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestFolder } from "../analyzer/test-folder.js";
import { sampleSession } from "../captures/live/heard.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { command, freePort, Running } from "./live-command.js";
import { obiscope } from "./run-command.js";

let folder: TestFolder;
let cleanups: (() => unknown)[];
beforeEach(() => {
  folder = new TestFolder();
  cleanups = [];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  folder.remove();
});

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function extcap(...args: string[]): string {
  const { status, stdout, stderr } = obiscope(["extcap", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("obiscope extcap", () => {
  it("names its interfaces and itself", () => {
    const lines = extcap("--extcap-interfaces", "--extcap-version=4.0").trimEnd().split("\n");
    expect(lines[0]).toMatch(/^extcap \{version=[\d.]+\}\{display=Obiscope\}$/);
    const names = lines.slice(1).map((line) => /^interface \{value=(\S+?)\}/.exec(line)?.[1]);
    expect(names).toEqual(
      ["serial", "tcp", "listen", "udp", "relay"].map((kind) => `obiscope-${kind}`),
    );
    expect(extcap("--extcap-version")).toMatch(/^extcap \{version=[\d.]+\}\n$/);
  });

  it.each([
    ["serial", "250"],
    ["relay", "101"],
  ])("tells the link type of %s", (kind, number) => {
    const line = extcap("--extcap-dlts", "--extcap-interface", `obiscope-${kind}`);
    expect(line).toMatch(
      new RegExp(`^dlt \\{number=${number}\\}\\{name=\\w+\\}\\{display=.+\\}\n$`),
    );
  });

  it("asks for port, preset, speed and character format of a line", () => {
    const lines = extcap("--extcap-config", "--extcap-interface", "obiscope-serial").split("\n");
    const calls = lines.flatMap((line) => /^arg .*\{call=(\S+?)\}/.exec(line)?.[1] ?? []);
    expect(calls).toEqual(["--serial", "--serial-answers", "--preset", "--baud", "--line"]);
    const presets = lines.flatMap(
      (line) => /^value \{arg=2\}\{value=(\w+)\}/.exec(line)?.[1] ?? [],
    );
    expect(presets).toEqual(["hdlc", "optical", "han", "mbus", "p1", "auto"]);
    const again = extcap(
      "--extcap-config",
      "--extcap-interface",
      "obiscope-serial",
      "--extcap-reload-option",
      "preset",
    );
    expect(again.trimEnd().split("\n")).toHaveLength(6);
  });

  it.each([
    [[], /extcap is for Wireshark; --install makes it known there/],
    [["--extcap-dlts"], /--extcap-interface takes obiscope-serial, /],
    [["--capture", "--extcap-interface", "obiscope-udp", "--udp", "1"], /--capture needs --fifo/],
    [["--capture", "--extcap-interface", "obiscope-udp", "--fifo", "x"], /nothing to listen on/],
  ])("says what is wrong with %j", (args, message) => {
    const { status, stderr } = obiscope(["extcap", ...args]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("writes a script that calls it, into a folder that it makes", () => {
    const own = join(folder.path, "it's a folder");
    const told = extcap("--install", own);
    expect(told).toMatch(/obiscope is there; Wireshark lists the interfaces at its next start/);
    expect(readdirSync(own)).toEqual(["obiscope"]);
    const script = join(own, "obiscope");
    expect(statSync(script).mode & 0o111).toBe(0o111);
    expect(readFileSync(script, "utf8")).toBe(extcap("--script"));
    const called = spawnSync(script, ["--extcap-interfaces"], { encoding: "utf8" });
    expect(called.stdout).toMatch(/^extcap \{version=/);
  });

  it("says who may write where it may not, and where else", () => {
    const { status, stderr } = obiscope(["extcap", "--install", "/proc/nowhere"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/cannot be written to \/proc\/nowhere.*WIRESHARK_EXTCAP_DIR/s);
  });

  it("writes into the pipe until it is told to stop", async () => {
    const port = await freePort();
    const fifo = join(folder.path, "pipe");
    spawnSync("mkfifo", [fifo]);
    const reader = run("cat", [fifo]);
    const capture = run(process.execPath, [
      command,
      "extcap",
      "--capture",
      "--extcap-interface",
      "obiscope-listen",
      "--fifo",
      fifo,
      "--listen",
      `127.0.0.1:${port}`,
    ]);
    // The pipe begins with the header of a section.
    await expect.poll(() => reader.stdout.length, { timeout: 20_000 }).toBeGreaterThan(28);
    expect(await capture.end("SIGTERM")).toBe(0);
    expect(await reader.end()).toBe(0);
  });

  it("tells Wireshark why it cannot begin", () => {
    const fifo = folder.write("pipe", "");
    const args = ["--capture", "--extcap-interface", "obiscope-serial", "--fifo", fifo];
    const { status, stderr } = obiscope(["extcap", ...args, "--serial", "/dev/no-such-port"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/no-such-port/);
  });
});

/**
 * Wireshark takes WIRESHARK_EXTCAP_DIR from users without privileges only: as root its programs are
 * started as nobody.
 */
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
const tsharkRuns =
  spawnSync("tshark", ["--version"]).status === 0 &&
  (!isRoot || spawnSync("setpriv", ["--reuid=65534", "true"]).status === 0);

if (!tsharkRuns) console.log("tshark is not here: the extcap was not tried with it.");

function run(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): Running {
  const running = new Running(program, args, env);
  cleanups.push(() => running.kill());
  return running;
}

/** tshark with the extcap in a folder of its own. */
function tshark(...args: string[]): Running {
  const extcaps = join(folder.path, "extcap");
  const home = join(folder.path, "home");
  obiscope(["extcap", "--install", extcaps]);
  mkdirSync(home);
  chmodSync(folder.path, 0o755);
  chmodSync(home, 0o777);
  const env = { ...process.env, HOME: home, WIRESHARK_EXTCAP_DIR: extcaps };
  const [program = "tshark", ...rest] = [...asUser, "tshark", ...args];
  return run(program, rest, env);
}

describe.runIf(tsharkRuns)("tshark", () => {
  it("lists the interfaces", async () => {
    const listing = tshark("-D");
    expect(await listing.end()).toBe(0);
    expect(listing.stdout).toMatch(/obiscope-serial \(Serial line of a meter\)/);
    expect(listing.stdout).toMatch(/obiscope-relay \(Relay between a client and a meter\)/);
  }, 60_000);

  it("captures what a serial device server sends", async () => {
    let ready: (socket: Socket) => void = () => {};
    const connected = new Promise<Socket>((resolve) => {
      ready = resolve;
    });
    const server = createServer((socket) => {
      socket.on("error", () => {});
      ready(socket);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    cleanups.push(() => server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const capture = tshark(
      ...["-l", "-i", "obiscope-tcp", "-o", `extcap.obiscope_tcp.tcp:127.0.0.1:${port}`],
      ...["-T", "fields", "-e", "tcp.payload", "-Y", "tcp.payload"],
    );
    const socket = await connected;
    cleanups.push(() => socket.destroy());
    const sent = sampleSession.map(({ bytes }) => Buffer.from(bytes).toString("hex"));
    for (const [i, { bytes }] of sampleSession.entries()) {
      socket.write(bytes);
      const seen = () => capture.stdout.trimEnd().split("\n");
      await expect.poll(seen, { timeout: 20_000 }).toEqual(sent.slice(0, i + 1));
    }
    // The capture ends with tshark: it closes the connection.
    const closed = once(socket.resume(), "close");
    expect(await capture.end("SIGINT")).toBe(0);
    await closed;
  }, 120_000);

  it.runIf(socatIsHere)(
    "captures a serial line",
    async () => {
      const pair = await PtyPair.open();
      cleanups.push(() => pair.close());
      if (isRoot) {
        chmodSync(pair.near, 0o666);
        chmodSync(join(pair.near, ".."), 0o755);
      }
      const capture = tshark(
        ...["-l", "-i", "obiscope-serial", "-o", `extcap.obiscope_serial.serial:${pair.near}`],
        ...["-T", "fields", "-e", "frame.len", "-e", "data.data"],
      );
      // What is sent before somebody listens is lost, as on any line.
      const bytes = sampleSession[4]?.bytes ?? new Uint8Array(0);
      const hex = Buffer.from(bytes).toString("hex");
      const deadline = Date.now() + 50_000;
      while (!capture.stdout.includes(hex) && Date.now() < deadline) {
        await pair.write(bytes);
        await sleep(500);
      }
      expect(capture.stdout).toContain(hex);
      expect(await capture.end("SIGINT")).toBe(0);
    },
    120_000,
  );
});
