/** Processes that see a machine other than this one, or that are somebody else on it. */
import { spawnSync } from "node:child_process";

/** Whether tests may mount what they like, in a name space of their own. */
export const mayMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]).status === 0;

/**
 * The words of a command that runs another one after a line of bash has mounted what that is to see:
 * `$0` is `place`.
 */
export function afterMounting(
  line: string,
  place: string,
  command: readonly string[],
): readonly [program: string, ...words: string[]] {
  return ["unshare", "-rm", "bash", "-c", `${line} && exec "$@"`, place, ...command];
}

export const isRoot = process.getuid?.() === 0;

/** The words of a command that runs another one as somebody who may do nothing. For root. */
export function asNobody(
  command: readonly string[],
): readonly [program: string, ...words: string[]] {
  return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", ...command];
}

/** Whether somebody else could run a program: one that is in a folder of root's only, nobody can. */
export function mayBeNobody(path: string): boolean {
  const [program, ...words] = asNobody([process.execPath, "--check", path]);
  return isRoot && spawnSync(program, words).status === 0;
}
