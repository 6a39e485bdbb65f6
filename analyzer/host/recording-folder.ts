/** Where a shell keeps recordings that were given no other place. */
import { mkdir, stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { findUnfinishedRecordings, settleRecording } from "../../captures/live/recording-marker.js";
import { listRingFiles } from "../../captures/live/recording-ring.js";
import { ProtocolError, type ResolvedSource, type UnfinishedRecording } from "../protocol/index.js";
import type { RecordingPlaces } from "./capture-supervisor.js";

export interface RecordingFolderOptions {
  /** Absolute. Made when the first recording is. */
  readonly folder: string;
  /** Whether the user has chosen that place in a dialog of the shell. */
  readonly isChosen?: (path: string) => boolean;
}

export class RecordingFolder implements RecordingPlaces {
  readonly folder: string;
  readonly #isChosen: (path: string) => boolean;

  constructor({ folder, isChosen = () => false }: RecordingFolderOptions) {
    this.folder = resolve(folder);
    this.#isChosen = isChosen;
  }

  async place(file: string | null): Promise<string> {
    const wanted = this.#wanted(file?.trim() || null);
    try {
      await mkdir(dirname(wanted), { recursive: true, mode: 0o700 });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "no access";
      throw refused(`${dirname(wanted)}, the folder of recordings, cannot be made (${code}).`);
    }
    return freePath(wanted);
  }

  /** A recording of the folder, for the engine to read; null for a path that is none. */
  async find(path: string): Promise<ResolvedSource | null> {
    if (path.includes("\0") || resolve(path) !== path || dirname(path) !== this.folder) return null;
    const isThere = (await isFile(path)) || (await listRingFiles(path).catch(() => [])).length > 0;
    return isThere ? { path, name: basename(path), isOwn: true } : null;
  }

  async unfinished(): Promise<readonly UnfinishedRecording[]> {
    const recordings = await this.#unfinished();
    return Promise.all(
      recordings.map(async ({ path, files, startedAt }) => {
        const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size)).catch(
          () => [],
        );
        return {
          path,
          files,
          name: basename(path),
          size: sizes.reduce((sum, size) => sum + size, 0),
          since: Number.isNaN(startedAt.getTime()) ? null : startedAt.getTime(),
        };
      }),
    );
  }

  async dismiss(path: string): Promise<void> {
    const recording = (await this.#unfinished()).find((one) => one.path === path);
    if (recording !== undefined) await settleRecording(recording);
  }

  async #unfinished(): Promise<Awaited<ReturnType<typeof findUnfinishedRecordings>>> {
    try {
      return await findUnfinishedRecordings(this.folder);
    } catch {
      // Nothing was recorded here yet.
      return [];
    }
  }

  #wanted(file: string | null): string {
    if (file === null) return join(this.folder, `capture-${momentOf(new Date())}.pcapng`);
    if (file.includes("\0")) throw refused("The name of a recording is a name of a file.");
    if (isAbsolute(file)) {
      if (this.#isChosen(file)) return file;
      throw refused(`${file} was not chosen here as a place for a recording.`);
    }
    if (/[\\/]/.test(file) || file.startsWith(".")) {
      throw refused(`A recording has a name without folders: it is put into ${this.folder}.`);
    }
    return join(this.folder, extname(file) === "" ? `${file}.pcapng` : file);
  }
}

function refused(message: string): ProtocolError {
  return new ProtocolError({ code: "bad-recording", message });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

/** A recording is never written over what is there: it is given a number. */
async function freePath(wanted: string): Promise<string> {
  const ending = extname(wanted);
  const stem = wanted.slice(0, wanted.length - ending.length);
  for (let number = 1; ; number++) {
    const path = number === 1 ? wanted : `${stem}-${number}${ending}`;
    const isTaken = (await stat(path).catch(() => null)) !== null;
    const ring = await listRingFiles(path).catch(() => []);
    if (!isTaken && ring.length === 0) return path;
  }
}

/** `20261125-101500`, by the clock on the wall. */
function momentOf(date: Date): string {
  const [year, month, day, hour, minute, second] = [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ].map((number) => String(number).padStart(2, "0"));
  return `${year}${month}${day}-${hour}${minute}${second}`;
}
