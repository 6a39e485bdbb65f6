import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const projectFolder = join(import.meta.dirname, "../..");
const command = join(projectFolder, "dist/cli.js");

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in the project's folder, as a user does. */
export function obiscope(args: readonly string[], input?: string | Uint8Array): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: projectFolder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
  });
  return { status, stdout, stderr };
}

/** Runs a line of bash in the project's folder. */
export function shell(line: string): CommandResult {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
