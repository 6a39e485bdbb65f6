/** What fails with ports and disks, as the process tells it in which a shell captures. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FromCapture, ToCapture } from "../../captures/live/capture-messages.js";
import { TestFolder } from "../analyzer/test-folder.js";
import {
  afterMounting,
  asNobody,
  isRoot,
  mayBeNobody,
  mayMount,
} from "../simulator/other-machine.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";

const program = [
  process.execPath,
  join(import.meta.dirname, "../../dist/capture-process.js"),
] as const;

let folder: TestFolder;
const children: ChildProcess[] = [];
const cables: PtyPair[] = [];

beforeEach(() => {
  folder = new TestFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const cable of cables.splice(0)) await cable.close();
  folder.remove();
});

async function layCable(): Promise<PtyPair> {
  const cable = await PtyPair.open();
  cables.push(cable);
  return cable;
}

/** Starts the process by these words, and sends it an order; `messages` are what it says. */
function order(words: readonly string[], message: ToCapture) {
  const [first = "", ...rest] = words;
  const child = spawn(first, rest, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  children.push(child);
  const messages: FromCapture[] = [];
  child.on("message", (said) => messages.push(said as FromCapture));
  child.send(message);
  return { child, messages };
}

const record = (port: string, file: string): ToCapture => ({
  kind: "record",
  tap: { kind: "serial", port, preset: "hdlc" },
  file,
  ring: null,
  application: "Obiscope 0",
});

const patience = { timeout: 20_000 };

describe("the process that captures", () => {
  it.runIf(mayMount)("says what to do where there is no port, and calls nobody", async () => {
    const sys = join(folder.path, "sys");
    mkdirSync(sys);
    const words = afterMounting('mount --bind "$0" /sys && PATH="$0"', sys, program);
    const advice =
      "No serial port is there. Plug the adapter in; in a container or a virtual machine, pass the device through to it.";
    const lister = order(words, { kind: "list-ports" });
    await expect
      .poll(() => lister.messages, patience)
      .toEqual([{ kind: "ports", ports: [], note: advice }]);
    const file = join(folder.path, "line.pcapng");
    const taker = order(words, record("/dev/ttyNOBODY7", file));
    const message = `There is no port /dev/ttyNOBODY7. ${advice}`;
    await expect.poll(() => taker.messages, patience).toEqual([{ kind: "refused", message }]);
  });

  it.runIf(socatIsHere)("says who has the port", async () => {
    const line = await layCable();
    const first = order(program, record(line.near, join(folder.path, "first.pcapng")));
    await expect.poll(() => first.messages[0]?.kind, patience).toBe("started");
    const second = order(program, record(line.near, join(folder.path, "second.pcapng")));
    await expect.poll(() => second.messages, patience).toHaveLength(1);
    expect(second.messages[0]).toEqual({
      kind: "refused",
      message: expect.stringMatching(
        new RegExp(
          `${line.near} is in use by .*\\(process ${first.child.pid}\\)\\. Close it there`,
        ),
      ),
    });
  });

  it.runIf(socatIsHere && (!isRoot || mayBeNobody(program[1])))(
    "says who may open the port",
    async () => {
      const port = realpathSync((await layCable()).near);
      chmodSync(port, isRoot ? 0o600 : 0);
      const recordings = join(folder.path, "recordings");
      mkdirSync(recordings);
      for (const path of [folder.path, recordings]) chmodSync(path, 0o777);
      const words = isRoot ? asNobody(program) : program;
      const { messages } = order(words, record(port, join(recordings, "line.pcapng")));
      await expect.poll(() => messages, patience).toHaveLength(1);
      expect(messages[0]).toEqual({
        kind: "refused",
        message: expect.stringMatching(
          new RegExp(
            `^No permission to open ${port}\\. Do: (?:sudo usermod -aG \\w+ \\$USER|ask for)`,
          ),
        ),
      });
    },
  );

  it.runIf(mayMount && socatIsHere)("says that the disk is full, and listens on", async () => {
    const line = await layCable();
    const disk = join(folder.path, "disk");
    mkdirSync(disk);
    const words = afterMounting('mount -t tmpfs -o size=64k none "$0"', disk, program);
    const { messages } = order(words, record(line.near, join(disk, "line.pcapng")));
    await expect.poll(() => messages[0]?.kind, patience).toBe("started");
    // More than there is room for, with the headers of its packets or without.
    for (let i = 0; i < 20; i++) await line.write(Buffer.alloc(4096, 0x7e));
    const isRecorded = (message: FromCapture | undefined) =>
      message?.kind === "status" ? message.status.isRecorded : undefined;
    await expect.poll(() => isRecorded(messages.at(-1)), patience).toBe(false);
    expect(messages.at(-1)).toMatchObject({
      status: {
        phase: "open",
        severity: "error",
        message:
          "Recording stopped: the disk is full; make room, then record again. What is shown since is not recorded.",
      },
    });
  });
});
