/**
 * Taps on pseudo-terminals: what the system and the serial library do. They run in a process of
 * their own, for tests run on threads, and there the library cannot be used.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { findPortLock } from "../../../captures/live/port-holders.js";
import { createSerialTap } from "../../../captures/live/serial-tap.js";
import { TapError } from "../../../captures/live/tap.js";
import type { SerialTapSettings } from "../../../captures/live/tap-settings.js";
import { PtyPair, socatIsHere } from "../../simulator/pty-pair.js";
import { TapLog } from "./tap-log.js";
import { TapProcess } from "./tap-process.js";

const hasFlock = spawnSync("flock", ["--version"], { stdio: "ignore" }).status === 0;

async function lay(): Promise<PtyPair> {
  const pair = await PtyPair.open();
  onTestFinished(() => pair.close());
  return pair;
}

const taps = new TapProcess();
afterAll(() => taps.end());

async function start(port: string, settings: Partial<SerialTapSettings> = {}, isSlow = false) {
  const log = new TapLog();
  const running = await taps.start({ ...settings, kind: "serial", port }, log, isSlow);
  onTestFinished(() => running.stop());
  return { log, running };
}

/** The speed that the terminal is set to, as the system tells it. */
function speedOf(port: string): number {
  const [, speed] =
    /speed (\d+) baud/.exec(execFileSync("stty", ["-F", port, "-a"]).toString()) ?? [];
  return Number(speed);
}

/** What lets a terminal mark errors (POSIX, General Terminal Interface, Input Modes). */
const marking = process.platform === "linux" ? ["parmrk", "inpck", "-ignpar", "-brkint"] : [];

function flagsOf(port: string): string[] {
  return execFileSync("stty", ["-F", port, "-a"]).toString().split(/\s+/);
}

/** Bytes of every value, in no order that repeats soon. */
function mixed(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0, state = 1; at < length; at++) {
    state = (state * 75 + 74) % 65_537;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

describe.skipIf(!socatIsHere)("a line over a pseudo-terminal", () => {
  it("gives every byte, of whatever value, in order", async () => {
    const pair = await lay();
    const { log } = await start(pair.near);
    const bytes = mixed(40_000);
    await pair.write(bytes);
    await log.until(() => log.heard.length >= bytes.length);
    expect(log.heard.equals(bytes)).toBe(true);
    const times = log.packets.map(({ time }) => time.seconds * 1e3 + time.nanoseconds / 1e6);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("loses nothing where the taker is behind all the time", async () => {
    const pair = await lay();
    const { log } = await start(pair.near, {}, true);
    const bytes = mixed(400_000);
    await Promise.all([
      pair.write(bytes),
      log.until(() => log.packets.length > 90 && log.heard.length >= bytes.length, 20_000),
    ]);
    expect(log.heard.equals(bytes)).toBe(true);
  });

  it("hears two ports as one conversation", async () => {
    const [client, meter] = [await lay(), await lay()];
    const { log } = await start(client.near, { answersPort: meter.near });
    for (const [pair, text] of [
      [client, "question 1"],
      [meter, "answer 1"],
      [client, "question 2"],
      [meter, "answer 2"],
    ] as const) {
      const before = log.heard.length;
      await pair.write(Buffer.from(text));
      await log.until(() => log.heard.length >= before + text.length);
    }
    expect(log.heard.toString()).toBe("question 1answer 1question 2answer 2");
    const directions = log.packets.map(({ direction }) => direction);
    expect(directions.filter((one, index) => one !== directions[index - 1])).toEqual([
      "outbound",
      "inbound",
      "outbound",
      "inbound",
    ]);
  });

  it("sets the speed, and follows it", async () => {
    const pair = await lay();
    const { log } = await start(pair.near, { preset: "optical" });
    expect(speedOf(pair.near)).toBe(300);
    expect(flagsOf(pair.near)).toEqual(expect.arrayContaining(marking));
    await pair.write(Buffer.from("/?!\r\n/LGZ5\\2ZMD310.B32\r\n\x06252\r\n", "latin1"));
    await log.until(() => log.comments.length > 0 && speedOf(pair.near) === 9600);
    // Errors are marked with the new character format as well.
    expect(flagsOf(pair.near)).toEqual(expect.arrayContaining(marking));
    // It goes on through the same opening of the port.
    await pair.write(Buffer.from("HDLC"));
    await log.until(() => log.heard.toString().endsWith("HDLC"));
    expect(log.states.map(({ phase }) => phase)).not.toContain("waiting");
  });

  it.each([4800, 57_600, 921_600])("sets %i Bd", async (baud) => {
    const pair = await lay();
    await start(pair.near, { line: { baud, dataBits: 8, parity: "none", stopBits: 1 } });
    expect(speedOf(pair.near)).toBe(baud);
  });

  it("notices at once that the port went away, and opens it when it is back", async () => {
    const pair = await lay();
    const { log } = await start(pair.near);
    await pair.write(Buffer.from("before"));
    await log.until(() => log.heard.toString() === "before");
    const pulled = Date.now();
    await pair.vanish();
    await log.until(() => log.states.at(-1)?.phase === "waiting");
    expect(Date.now() - pulled).toBeLessThan(2000);
    expect(log.comments).toEqual([`Port ${pair.near} went away`]);
    await pair.return();
    await log.until(() => log.states.at(-1)?.phase === "open");
    await pair.write(Buffer.from(" and after"));
    await log.until(() => log.heard.toString() === "before and after");
    expect(log.comments.at(-1)).toBe(`Port ${pair.near} is back, 9600 8N1`);
  });

  it("ends while the port is away", async () => {
    const pair = await lay();
    const { log, running } = await start(pair.near);
    await pair.vanish();
    await log.until(() => log.states.at(-1)?.phase === "waiting");
    await running.stop();
    const told = log.events.length;
    await pair.return();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(log.events.length).toBe(told);
  });

  it("is not taken twice by this program, and the first listener keeps its settings", async () => {
    const pair = await lay();
    const { log } = await start(pair.near, { preset: "han" });
    const second = start(pair.near, { preset: "p1" });
    await expect(second).rejects.toThrow(TapError);
    await expect(second).rejects.toThrow(/in use by another/);
    expect(speedOf(pair.near)).toBe(2400);
    await pair.write(Buffer.from("still here"));
    await log.until(() => log.heard.toString() === "still here");
  });

  it.skipIf(!hasFlock || process.platform !== "linux")(
    "is refused where another process has it, which is named",
    async () => {
      const pair = await lay();
      const holder = spawn("flock", [pair.near, "sleep", "60"], { detached: true });
      onTestFinished(() => endGroup(holder));
      while ((await findPortLock(pair.near)) === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await expect(start(pair.near)).rejects.toThrow(
        new RegExp(
          `^${pair.near} is in use by flock \\(process ${holder.pid}\\)\\. Close it there`,
        ),
      );
    },
  );
});

/** It and its child: the lock is theirs together. */
function endGroup(holder: ChildProcess): void {
  if (holder.pid !== undefined) process.kill(-holder.pid);
}

it("are refused on a worker thread, where they would end the process", async () => {
  const log = new TapLog();
  const tap = createSerialTap({ kind: "serial", port: "/dev/no-such-port" });
  await expect(tap.start(log)).rejects.toThrow(/main thread/);
});

describe("ports that are none", () => {
  it("are refused with the names of those that are there", async () => {
    await expect(start("/dev/no-such-port")).rejects.toThrow(
      /^There is no port \/dev\/no-such-port\. (The ports that are here: |No serial port is there)/,
    );
  });

  it.skipIf(process.platform === "win32")("are not opened for being files or folders", async () => {
    await expect(start(import.meta.filename)).rejects.toThrow(/is no serial port/);
    await expect(start(import.meta.dirname)).rejects.toThrow(/is no serial port/);
  });
});
