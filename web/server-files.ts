/** Files that the server keeps for its pages: as long as it runs, for its user's eyes only. */
import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

/** A file of the server, and what people call it. */
export interface KeptFile {
  readonly path: string;
  readonly name: string;
}

const prefix = "browser-";

/** A folder for this server. What servers before have left that did not end well is removed. */
export async function serverFolder(cacheFolder: string): Promise<string> {
  for (const name of await readdir(cacheFolder).catch(() => [])) {
    const number = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0;
    if (Number.isInteger(number) && number > 0 && !isRunning(number)) {
      await rm(join(cacheFolder, name), { recursive: true, force: true });
    }
  }
  return join(cacheFolder, `${prefix}${process.pid}`);
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // Another user's process is one all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A name as it can be shown and saved under: no folders, no control characters, not too long. */
export function cleanName(name: string, otherwise: string): string {
  // Through bytes: half a surrogate pair could not be written into a header.
  const text = Buffer.from(basename(name.replaceAll("\\", "/"))).toString();
  const shown = [...text].filter((character) => !/\p{Cc}/u.test(character));
  const cleaned = shown.slice(0, 200).join("").trim();
  return cleaned === "" || cleaned === "." || cleaned === ".." ? otherwise : cleaned;
}
