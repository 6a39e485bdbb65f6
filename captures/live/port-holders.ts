/** Which processes have a serial port open, as far as Linux tells. */
import { readdir, readFile, readlink, realpath, stat } from "node:fs/promises";

export interface PortHolder {
  readonly process: number;
  /** Its name, such as `minicom`. */
  readonly name: string;
  /** It has locked the port: it cannot be opened by anybody else who asks for the lock. */
  readonly isLocked: boolean;
  /** It is this one. */
  readonly isOwn: boolean;
}

/**
 * Finds the holders of a port. Those of other users are hidden from a user who is not root: an
 * empty list proves nothing. Empty on other systems than Linux. Never rejects.
 */
export async function findPortHolders(path: string, root = "/proc"): Promise<PortHolder[]> {
  try {
    const device = await realpath(path);
    const locks = await findLocks(device, root);
    const processes = (await readdir(root)).filter((name) => /^\d+$/.test(name));
    return await describeHolders(device, processes, locks, root);
  } catch {
    return [];
  }
}

/**
 * Finds the one that has locked the port. Quicker than to look at all that every process has open.
 * Undefined where there is none that can be seen. Never rejects.
 */
export async function findPortLock(path: string, root = "/proc"): Promise<PortHolder | undefined> {
  try {
    const device = await realpath(path);
    const locks = await findLocks(device, root);
    return (await describeHolders(device, [...locks].map(String), locks, root))[0];
  } catch {
    return undefined;
  }
}

/** Those of the processes that have the device open. */
async function describeHolders(
  device: string,
  processes: readonly string[],
  locks: ReadonlySet<number>,
  root: string,
): Promise<PortHolder[]> {
  const holders: PortHolder[] = [];
  for (const name of processes) {
    if (!(await holds(`${root}/${name}/fd`, device))) continue;
    const command = await readFile(`${root}/${name}/comm`, "utf8").catch(() => "");
    holders.push({
      process: Number(name),
      name: command.trim() === "" ? "a process" : command.trim(),
      isLocked: locks.has(Number(name)),
      isOwn: Number(name) === process.pid,
    });
  }
  return holders;
}

async function holds(folder: string, device: string): Promise<boolean> {
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await readlink(`${folder}/${name}`).catch(() => undefined);
    if (target === device) return true;
  }
  return false;
}

/** Processes with a lock on the file. A line: `1: FLOCK ADVISORY WRITE 1234 00:06:789 0 EOF`. */
async function findLocks(device: string, root: string): Promise<ReadonlySet<number>> {
  const { ino } = await stat(device);
  const text = await readFile(`${root}/locks`, "utf8").catch(() => "");
  const processes = new Set<number>();
  for (const line of text.split("\n")) {
    const [, process, inode] = /\bFLOCK\b.*?\s(\d+)\s+[\da-f]+:[\da-f]+:(\d+)\s/.exec(line) ?? [];
    if (Number(inode) === ino) processes.add(Number(process));
  }
  return processes;
}
