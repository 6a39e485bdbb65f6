import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { explainPortFailure } from "../../../captures/live/port-failure.js";
import { findPortHolders } from "../../../captures/live/port-holders.js";
import { TapError } from "../../../captures/live/tap.js";
import { TestFolder } from "../../analyzer/test-folder.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** What the serial library says on Linux, macOS and Windows. */
describe("a port that cannot be opened", () => {
  it.each([
    [
      "Error: No such file or directory, cannot open /dev/ttyX9",
      /^There is no port \/dev\/ttyX9\. /,
    ],
    ["Opening /dev/ttyX9: File not found", /^There is no port/],
    ["Error Resource temporarily unavailable Cannot lock port", /in use by another process/],
    ["Opening /dev/ttyX9: Access denied", /in use by another process/],
    ["Error: Device or resource busy, cannot open /dev/ttyX9", /in use by another process/],
    ["Error: Permission denied, cannot open /dev/ttyX9", /^No permission to open \/dev\/ttyX9/],
    ["Error: Inappropriate ioctl for device setting custom baud rate of 13", /is no serial port/],
    ["Error: Invalid argument, cannot open /dev/ttyX9", /cannot be opened: Invalid argument/],
  ])("is explained: %s", async (said, words) => {
    const error = await explainPortFailure("/dev/ttyX9", new Error(said));
    expect(error).toBeInstanceOf(TapError);
    expect(error.message).toMatch(words);
  });

  it.skipIf(process.platform !== "linux")("names the group that may open it", async () => {
    const said = "Error: Permission denied, cannot open it";
    const { message } = await explainPortFailure("/dev/ttyX9", new Error(said));
    expect(message).toBe(
      "No permission to open /dev/ttyX9. Do: sudo usermod -aG dialout $USER, then log out and in again",
    );
  });
});

describe.skipIf(process.platform === "win32")("holders of a port", () => {
  it("are found in /proc, with their locks", async () => {
    const root = join(folder.path, "proc");
    const port = join(folder.path, "ttyUSB0");
    const other = join(folder.path, "ttyUSB1");
    writeFileSync(port, "");
    writeFileSync(other, "");
    const lay = (process: string, name: string, target: string) => {
      mkdirSync(join(root, process, "fd"), { recursive: true });
      writeFileSync(join(root, process, "comm"), `${name}\n`);
      symlinkSync(target, join(root, process, "fd/3"));
    };
    lay("100001", "minicom", port);
    lay("100002", "cat", port);
    lay("100003", "cat", other);
    mkdirSync(join(root, "sys"));
    const { ino } = statSync(port);
    writeFileSync(
      join(root, "locks"),
      `1: POSIX  ADVISORY  READ 100002 00:06:${ino} 0 EOF\n2: FLOCK  ADVISORY  WRITE 100001 00:06:${ino} 0 EOF\n`,
    );
    const holders = await findPortHolders(port, root);
    expect([...holders].sort((a, b) => a.process - b.process)).toEqual([
      { process: 100_001, name: "minicom", isLocked: true, isOwn: false },
      { process: 100_002, name: "cat", isLocked: false, isOwn: false },
    ]);
  });

  it("are none where nothing can be looked up", async () => {
    expect(await findPortHolders(join(folder.path, "nowhere"))).toEqual([]);
    expect(await findPortHolders(folder.path, join(folder.path, "no-proc"))).toEqual([]);
  });
});
