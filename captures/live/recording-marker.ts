/**
 * A small file beside a recording, `NAME.recording`, that is there as long as the recording goes on:
 * it keeps a second process from the same file, tells followers which files there are and when the
 * last byte has come, and after a crash shows what was left unfinished.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const ENDING = ".recording";

/** A recording that goes on, or that has not come to its end. */
export interface MarkedRecording {
  /** What the recording was asked to write to; with a ring, what its files are named after. */
  readonly path: string;
  /** Its files that are kept, oldest first. */
  readonly files: readonly string[];
  readonly startedAt: Date;
  /** The settings of its tap, as JSON; null where they were not told. To be checked before use. */
  readonly tap: unknown;
  /** The process that records, or did. */
  readonly process: number;
  /** Whether that process is still there. */
  readonly isRunning: boolean;
}

interface Marker {
  readonly version: 1;
  readonly process: number;
  /** Tells the process from a later one of the same number; null where the system does not say. */
  readonly processStart: string | null;
  readonly startedAt: string;
  /** In the folder of the marker. */
  readonly files: readonly string[];
  readonly tap: unknown;
}

/** The marker of the recording that this process makes. */
export class RecordingMarker {
  readonly #path: string;
  readonly #startedAt = new Date().toISOString();
  readonly #tap: unknown;
  /** Changes are made one after the other. */
  #last: Promise<void> = Promise.resolve();

  /**
   * Marks the recording to `path`. Resolves to the recording that is in the way where another
   * process makes it just now. The marker of one that has died is replaced.
   */
  static async acquire(path: string, tap: unknown): Promise<RecordingMarker | MarkedRecording> {
    const marker = new RecordingMarker(`${path}${ENDING}`, tap);
    for (;;) {
      try {
        // At one go: another process that finds it must not find it empty.
        writeFileSync(marker.#path, marker.#text([]), { flag: "wx" });
        return marker;
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      const other = await readRecording(path);
      if (other?.isRunning === true) return other;
      await rm(marker.#path, { force: true });
    }
  }

  private constructor(path: string, tap: unknown) {
    this.#path = path;
    this.#tap = tap;
  }

  /** Tells which files there are, oldest first. Rejects where that cannot be written. */
  update(files: readonly string[]): Promise<void> {
    const text = this.#text(files.map((file) => basename(file)));
    const temporary = `${this.#path}.${process.pid}.part`;
    return this.#then(async () => {
      try {
        await writeFile(temporary, text);
        await rename(temporary, this.#path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    });
  }

  /** The recording has come to its end. */
  remove(): Promise<void> {
    return this.#then(() => rm(this.#path, { force: true }));
  }

  #then(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(change);
    this.#last = done.catch(() => {});
    return done;
  }

  #text(files: readonly string[]): string {
    const marker: Marker = {
      version: 1,
      process: process.pid,
      processStart: startOfProcess(process.pid),
      startedAt: this.#startedAt,
      files,
      tap: this.#tap ?? null,
    };
    return `${JSON.stringify(marker)}\n`;
  }
}

/** The recording to `path` that goes on or did not come to its end; undefined where there is none. */
export async function readRecording(path: string): Promise<MarkedRecording | undefined> {
  let text: string;
  try {
    text = await readFile(`${path}${ENDING}`, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
  const marker = parseMarker(text);
  // Being written just now, or damaged: nobody knows whose it is.
  if (marker === undefined) return undefined;
  const folder = dirname(path);
  return {
    path,
    files: marker.files.map((file) => join(folder, file)),
    startedAt: new Date(marker.startedAt),
    tap: marker.tap,
    process: marker.process,
    isRunning: isProcessRunning(marker),
  };
}

/**
 * The recordings in a folder whose process has died before their end: what they wrote is there, and
 * nobody writes any more. Rejects where the folder cannot be read.
 */
export async function findUnfinishedRecordings(
  folder: string,
): Promise<readonly MarkedRecording[]> {
  const found: MarkedRecording[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith(ENDING)) continue;
    const recording = await readRecording(join(folder, name.slice(0, -ENDING.length)));
    if (recording !== undefined && !recording.isRunning) found.push(recording);
  }
  return found;
}

/** Takes the marker of an unfinished recording away: it will not be found again. */
export async function settleRecording({ path, isRunning }: MarkedRecording): Promise<void> {
  if (!isRunning) await rm(`${path}${ENDING}`, { force: true });
}

function parseMarker(text: string): Marker | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (!("process" in value && "startedAt" in value && "files" in value)) return undefined;
  const { process: number, startedAt, files } = value;
  if (typeof number !== "number" || typeof startedAt !== "string" || !Array.isArray(files)) {
    return undefined;
  }
  const processStart = "processStart" in value ? value.processStart : null;
  return {
    version: 1,
    process: number,
    processStart: typeof processStart === "string" ? processStart : null,
    startedAt,
    // A name only, so that no marker leads anywhere else.
    files: files.filter((file) => typeof file === "string").map((file) => basename(file)),
    tap: "tap" in value ? value.tap : null,
  };
}

function isProcessRunning(marker: Marker): boolean {
  try {
    process.kill(marker.process, 0);
  } catch (error) {
    // It is there, but somebody else's.
    if (codeOf(error) !== "EPERM") return false;
  }
  const start = startOfProcess(marker.process);
  return start === null || marker.processStart === null || start === marker.processStart;
}

/** When a process has begun, in the words of Linux; null elsewhere. */
function startOfProcess(id: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const status = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name of the program, in brackets, may have spaces in it. Behind it stand fields 3 to 52.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    // A zombie (Z) does nothing any more.
    return fields[0] === "Z" ? "ended" : `${boot} ${fields[22 - 3]}`;
  } catch {
    return null;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
