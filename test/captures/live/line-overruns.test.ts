import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findOverrunCounter } from "../../../captures/live/line-overruns.js";
import { TestFolder } from "../../analyzer/test-folder.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** As Linux 6 writes them (drivers/tty/tty_io.c and serial_core.c). */
function writeTerminals(name: string, drivers: string, ports: string): string {
  const path = join(folder.path, name);
  mkdirSync(join(path, "driver"), { recursive: true });
  writeFileSync(join(path, "drivers"), drivers);
  writeFileSync(join(path, "driver", "serial"), ports);
  return path;
}

const isLinux = process.platform === "linux";
/** A terminal's device number that every Linux has: 5, 0. */
const controlling = "/dev/tty";

describe.skipIf(!isLinux)("counts characters that a port lost", () => {
  it("finds the port in its driver's list by its device number", async () => {
    const drivers =
      "/dev/tty             /dev/tty        5       0 system:/dev/tty\n" +
      "other                /dev/ttyO       7 0-3 serial\n" +
      "serial               /dev/ttyS       5 0-3 serial\n";
    const head = "serinfo:1.0 driver revision:\n";
    const terminals = writeTerminals(
      "found",
      drivers,
      `${head}0: uart:16550A port:000003F8 irq:4 tx:218 rx:90 oe:2 RTS|DTR\n`,
    );
    const count = await findOverrunCounter(controlling, terminals);
    expect(await count?.()).toBe(2);
    const grown = "0: uart:16550A port:000003F8 irq:4 tx:218 rx:170 fe:1 oe:13 brk:2 RTS|DTR\n";
    writeTerminals("found", drivers, head + grown);
    expect(await count?.()).toBe(13);
    // What is 0 is left out.
    writeTerminals("found", drivers, `${head}0: uart:16550A port:000003F8 irq:4 tx:0 rx:0\n`);
    expect(await count?.()).toBe(0);
  });

  it("counts from the first minor number of the driver", async () => {
    const drivers = "serial               /dev/ttyS       1 2-9 serial\n";
    // /dev/null is 1, 3: the second port.
    const ports = "0: uart:16550A port:1 irq:4 oe:5\n1: uart:16550A port:2 irq:3 oe:6\n";
    const count = await findOverrunCounter("/dev/null", writeTerminals("second", drivers, ports));
    expect(await count?.()).toBe(6);
  });

  it("has none for ports that no driver of serial ports knows", async () => {
    const drivers = "pty_slave            /dev/pts      136 0-1048575 pty:slave\n";
    const terminals = writeTerminals("none", drivers, "");
    expect(await findOverrunCounter("/dev/null", terminals)).toBeUndefined();
    expect(await findOverrunCounter(join(folder.path, "no-port"), terminals)).toBeUndefined();
    expect(await findOverrunCounter("/dev/null", join(folder.path, "no-list"))).toBeUndefined();
  });

  it.skipIf(!hasCounter())("reads what this machine counts", async () => {
    const count = await findOverrunCounter("/dev/ttyS0");
    expect(await count?.()).toBeGreaterThanOrEqual(0);
  });
});

function hasCounter(): boolean {
  try {
    statSync("/dev/ttyS0");
    return /^0: uart:/m.test(readFileSync("/proc/tty/driver/serial", "latin1"));
  } catch {
    return false;
  }
}
