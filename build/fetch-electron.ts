/** Has Electron's package fetch its runtime, as long as something arrives. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Behind a silent firewall nothing ever comes, and nothing says so. In milliseconds. */
const longestSilence = 20_000;
const longest = 300_000;

/**
 * Runs the package's own script (`folder` is the package's) and gives up where nothing has arrived for
 * a while. Comes back in any case; whether the runtime is there then is to be looked at.
 */
export async function fetchElectron(folder: string, silence = longestSilence): Promise<void> {
  // Of our own, so that what arrives can be seen.
  const incoming = mkdtempSync(join(tmpdir(), "obiscope-electron-"));
  const env = { ...process.env, TMPDIR: incoming, TEMP: incoming, TMP: incoming };
  const child = spawn(process.execPath, [join(folder, "install.js")], { env, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
  const started = Date.now();
  let size = 0;
  let grown = started;
  const timer = setInterval(async () => {
    const now = Date.now();
    const next = (await sizeOf(incoming)) + (await sizeOf(join(folder, "dist")));
    if (next !== size) [size, grown] = [next, now];
    if (now - grown > silence || now - started > longest) child.kill("SIGKILL");
  }, silence / 20);
  await ended;
  clearInterval(timer);
  rmSync(incoming, { recursive: true, force: true });
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  let size = 0;
  for (const name of names) {
    size += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}
