/** Why a serial port cannot be opened, in words that say what to do. */
import { readFile, realpath, stat } from "node:fs/promises";
import { formatCharacterFormat } from "./line-settings.js";
import { findPortHolders, findPortLock, type PortHolder } from "./port-holders.js";
import { describeSerialPort, listSerialPorts, noSerialPorts } from "./serial-ports.js";
import { TapError } from "./tap.js";
import type { LineSettings } from "./tap-settings.js";

/** What the system lets no serial library set: told before the port is touched. */
export function refuseSettings(line: LineSettings, platform = process.platform): void {
  if (platform === "win32") return;
  const { parity, stopBits } = line;
  if (parity === "none" || parity === "even" || parity === "odd") {
    if (stopBits !== 1.5) return;
  }
  throw new TapError(
    `The character format ${formatCharacterFormat(line)} cannot be set on this system; the parity may be N, E or O, and the stop bits 1 or 2`,
  );
}

/**
 * Throws `TapError` where somebody has the port locked. To be asked before the port is
 * opened: opening sets the format of the line first and looks at the lock then, which would disturb
 * the one who listens.
 */
export async function refuseLocked(path: string): Promise<void> {
  const holder = await findPortLock(path);
  if (holder !== undefined) throw taken(path, holder);
}

/**
 * What to say of others who have the port open without a lock; undefined where there are none.
 * Pseudo-terminals are held by the program that made them.
 */
export async function warnOfHolders(path: string): Promise<string | undefined> {
  const device = await realpath(path).catch(() => path);
  if (device.startsWith("/dev/pts/")) return undefined;
  const holders = (await findPortHolders(path)).filter(({ isOwn }) => !isOwn);
  if (holders.length === 0) return undefined;
  const names = holders.map(({ name, process }) => `${name} (process ${process})`).join(", ");
  return `${path} is open in ${names} as well: every byte comes to one of you only. Close it there`;
}

/** The error for what opening a port has failed with. */
export async function explainPortFailure(path: string, error: unknown): Promise<TapError> {
  const reason = error instanceof Error ? error.message : String(error);
  if (/no such file|file not found|no such device/i.test(reason)) return missing(path);
  if (/cannot lock|resource busy|access denied/i.test(reason)) {
    return taken(path, await findPortLock(path));
  }
  if (/permission denied|operation not permitted/i.test(reason)) return forbidden(path);
  if (/inappropriate ioctl|not a tty|is a directory/i.test(reason)) {
    return new TapError(`${path} is no serial port. ${await nameThePorts()}`);
  }
  return new TapError(`${path} cannot be opened: ${reason.replace(/^Error:?\s*/, "")}`);
}

async function missing(path: string): Promise<TapError> {
  return new TapError(`There is no port ${path}. ${await nameThePorts()}`);
}

async function nameThePorts(): Promise<string> {
  const ports = await listSerialPorts().catch(() => []);
  if (ports.length === 0) return noSerialPorts;
  const names = ports.map((port) => {
    const words = describeSerialPort(port);
    return words === "" ? port.path : `${port.path} (${words})`;
  });
  return `The ports that are here: ${names.join("; ")}`;
}

function taken(path: string, holder: PortHolder | undefined): TapError {
  if (holder === undefined) {
    const who = process.platform === "linux" ? `; sudo fuser -v ${path} tells which` : "";
    return new TapError(`${path} is in use by another process. Close it there${who}`);
  }
  const { name, process: number, isOwn } = holder;
  if (isOwn) {
    return new TapError(
      `${path} is in use by another capture of this program. Stop that one first`,
    );
  }
  return new TapError(
    `${path} is in use by ${name} (process ${number}). Close it there; a port has one listener at a time`,
  );
}

async function forbidden(path: string): Promise<TapError> {
  const group = await groupOf(path);
  const what =
    process.platform === "linux" && group !== "root"
      ? `sudo usermod -aG ${group} $USER, then log out and in again`
      : "ask for the rights to read and write it";
  return new TapError(`No permission to open ${path}. Do: ${what}`);
}

/** The group that may open the port: `dialout` on Debian, `uucp` on others. */
async function groupOf(path: string): Promise<string> {
  const usual = "dialout";
  try {
    const { gid } = await stat(path);
    const groups = await readFile("/etc/group", "utf8");
    const line = groups.split("\n").find((one) => one.split(":")[2] === String(gid));
    return line?.split(":")[0] ?? usual;
  } catch {
    return usual;
  }
}
