/**
 * Characters that a port's hardware lost because they were not taken from it in time. Terminals do
 * not mark them among what is read; Linux counts them for ports on the board (not for USB adapters),
 * and shows the count to the superuser alone: `oe` in the files of `/proc/tty/driver` (Linux,
 * drivers/tty/serial/serial_core.c, `uart_line_info`).
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Gives the count since the machine started; rejects where there is none any more. */
export type CountOverruns = () => Promise<number>;

/** The counter of a port; undefined where the system has none, or does not show it. Never rejects. */
export async function findOverrunCounter(
  port: string,
  terminals = "/proc/tty",
): Promise<CountOverruns | undefined> {
  if (process.platform !== "linux") return undefined;
  try {
    const { rdev } = await stat(port);
    const place = findPlace(await readFile(join(terminals, "drivers"), "utf8"), rdev);
    if (place === undefined) return undefined;
    const path = join(terminals, "driver", place.driver);
    const count = async () => readOverruns(await readFile(path, "latin1"), place.line);
    await count();
    return count;
  } catch {
    return undefined;
  }
}

interface DriverPlace {
  readonly driver: string;
  readonly line: number;
}

/** As glibc's `gnu_dev_major` and `gnu_dev_minor` take a device number apart. */
function findPlace(drivers: string, device: number): DriverPlace | undefined {
  const major = Math.floor(device / 0x100) % 0x1000;
  const minor = (device % 0x100) + Math.floor(device / 0x10_0000) * 0x100;
  for (const row of drivers.split("\n")) {
    // "serial               /dev/ttyS       4 64-95 serial", or a single number for a single port.
    const [driver = "", , itsMajor, minors = "", type] = row.trim().split(/\s+/);
    if (type !== "serial" || Number(itsMajor) !== major) continue;
    const [first = 0, last = first] = minors.split("-").map(Number);
    if (minor >= first && minor <= last) return { driver, line: minor - first };
  }
  return undefined;
}

/** "0: uart:16550A port:000003F8 irq:4 tx:218 rx:90 oe:2 RTS|DTR": what is 0 is left out. */
function readOverruns(ports: string, line: number): number {
  const row = new RegExp(`^${line}: uart:.*$`, "m").exec(ports)?.[0];
  if (row === undefined) throw new Error("the driver does not know the port");
  return Number(/ oe:(\d+)/.exec(row)?.[1] ?? 0);
}
