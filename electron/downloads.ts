/** Files that the engine writes and the user then puts where he wants them. */
import { randomUUID } from "node:crypto";
import { copyFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { HandoverFolder } from "../analyzer/host/handover-folder.js";
import type { EngineHost } from "../analyzer/protocol/index.js";

export class Downloads {
  readonly #folder: HandoverFolder;
  readonly #paths = new Map<string, string>();

  /** `folder` is this class's own: it is emptied. */
  constructor(folder: string) {
    this.#folder = new HandoverFolder(folder);
  }

  create: EngineHost["createDownload"] = async (name) => {
    const download = randomUUID();
    const path = join(await this.#folder.find(), `${download}-${fileName(name)}`);
    this.#paths.set(download, path);
    return { path, download };
  };

  /**
   * Moves a file to where `choose` says; null from it removes the file. False then. Throws with a
   * sentence for people where it cannot be written there.
   */
  async save(download: string, choose: () => Promise<string | null>): Promise<boolean> {
    const path = this.#paths.get(download);
    if (path === undefined) throw new Error("The exported file is not there any more.");
    const target = await choose();
    if (target === null) {
      await this.#remove(download, path);
      return false;
    }
    try {
      await move(path, target);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      throw new Error(`${target} cannot be written${code}.`);
    }
    this.#paths.delete(download);
    return true;
  }

  /** Removes what nobody wanted; that of a start before that ended badly, too. */
  async clear(): Promise<void> {
    this.#paths.clear();
    await this.#folder.remove();
  }

  async #remove(download: string, path: string): Promise<void> {
    this.#paths.delete(download);
    await rm(path, { force: true });
  }
}

/** A name without a folder, and without what some system does not take. */
export function fileName(name: string): string {
  const plain = basename(name.replaceAll("\\", "/"))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replaceAll(/[<>:"|?*\u0000-\u001f]/g, "_")
    .replaceAll(/^\.+|[. ]+$/g, "");
  return plain === "" ? "export" : plain.slice(-200);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another disk.
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    await copyFile(from, to);
    await rm(from, { force: true });
  }
}
