/** The script that Wireshark wants in its folder of extcaps. */
import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The script cannot be installed; the message says why and what to do. */
export class ExtcapInstallError extends Error {
  override readonly name = "ExtcapInstallError";
}

/** What calls this very program, as `obiscope extcap`. */
export function extcapScript(
  node = process.execPath,
  program = process.argv[1] ?? "",
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === "win32") return `@echo off\r\n"${node}" "${program}" extcap %*\r\n`;
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return `#!/bin/sh\nexec ${quote(node)} ${quote(program)} extcap "$@"\n`;
}

/**
 * Writes the script into `folder`, or into the one that Wireshark looks into; returns its path. Throws
 * `ExtcapInstallError`.
 */
export async function installExtcap(folder: string | undefined): Promise<string> {
  const target = folder ?? findFolder();
  const isWindows = process.platform === "win32";
  const path = join(target, isWindows ? "obiscope.bat" : "obiscope");
  try {
    await makeFolder(target);
    await writeFile(path, extcapScript());
    await chmod(path, 0o755);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExtcapInstallError(
      `The script cannot be written to ${target} (${reason}). Install it as a user who may: obiscope extcap --install '${target}'; or into a folder of your own, which WIRESHARK_EXTCAP_DIR then names to Wireshark`,
    );
  }
  return path;
}

/**
 * Makes a folder, and those above it where they are missing. Node's own way of doing that never ends
 * where the system makes none (/proc).
 */
async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  try {
    await make();
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
}

/** The user's own folder where this Wireshark has one, else the one of all users; as it says itself. */
function findFolder(): string {
  const { stdout, status } = spawnSync("tshark", ["-G", "folders"], {
    encoding: "utf8",
    timeout: 20_000,
  });
  const told = status === 0 ? stdout : "";
  const own = /^Personal Extcap path:\s+(\S.*)$/im.exec(told)?.[1];
  const all = /^(?:Global )?Extcap path:\s+(\S.*)$/im.exec(told)?.[1];
  return own ?? all ?? usualFolder();
}

/** Where Wireshark from 4.2 on looks, when it cannot be asked. */
function usualFolder(): string {
  if (process.platform === "win32") {
    return join(process.env["APPDATA"] ?? homedir(), "Wireshark", "extcap");
  }
  return join(homedir(), ".local/lib/wireshark/extcap");
}
