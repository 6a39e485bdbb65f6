/** Where files lie between the engine that writes them and the user who takes them. */
import { mkdir, mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDiskFull } from "../../captures/live/full-disk.js";

/** With so many bytes free nobody looks elsewhere. */
const plenty = 2 ** 30;

export class HandoverFolder {
  readonly #usual: string;
  #spare: string | null = null;

  /** `usual` is made when it is needed, and removed at the end. */
  constructor(usual: string) {
    this.#usual = usual;
  }

  /** The usual folder; where its disk is short of room, one for temporary files, if there is more. */
  async find(): Promise<string> {
    const room = await roomIn(this.#usual);
    if (room >= plenty || (await roomIn(tmpdir())) <= room) return this.#usual;
    this.#spare ??= await mkdtemp(join(tmpdir(), "obiscope-"));
    return this.#spare;
  }

  /** With everything in it. */
  async remove(): Promise<void> {
    const spare = this.#spare;
    this.#spare = null;
    await rm(this.#usual, { recursive: true, force: true });
    if (spare !== null) await rm(spare, { recursive: true, force: true });
  }
}

/** Free bytes; the folder is made. Rejects where that fails for another reason than for want of room. */
async function roomIn(folder: string): Promise<number> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (isDiskFull(error)) return 0;
    throw error;
  }
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
