import { createWriteStream, rmSync } from "node:fs";
import { realpath, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./exit.js";
import { Output } from "./output.js";

/** The file cannot be written; the message says why. */
export class ExportFileError extends Error {}

/**
 * A file that is there as a whole or not at all: it is written under another name in the same folder,
 * and gets its own at the end. A signal removes what was written, and ends the process as it would have.
 */
export class ExportFile {
  readonly output: Output;
  readonly #path: string;
  readonly #temporary: string;
  readonly #stop: (signal: NodeJS.Signals) => void;

  /**
   * `inputs` are files that are read meanwhile. Throws `UsageError` where the file is one of them, and
   * `ExportFileError` where it cannot be written.
   */
  static async create(path: string, inputs: readonly string[]): Promise<ExportFile> {
    const target = await realpath(path).catch(() => path);
    const existing = await stat(target).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) {
      throw new ExportFileError(`${path} cannot be written: it is no file`);
    }
    for (const input of inputs) {
      const read = await stat(input).catch(() => undefined);
      if (existing !== undefined && read?.ino === existing.ino && read.dev === existing.dev) {
        throw new UsageError(`--out ${path} would overwrite a file that is read`);
      }
    }
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
    const stream = createWriteStream(temporary, { flags: "wx" });
    await new Promise<void>((resolve, reject) => {
      stream.once("open", () => resolve());
      stream.once("error", (error) => reject(new ExportFileError(reason(path, error))));
    });
    return new ExportFile(target, temporary, new Output(stream));
  }

  private constructor(path: string, temporary: string, output: Output) {
    this.#path = path;
    this.#temporary = temporary;
    this.output = output;
    this.#stop = (signal) => {
      this.#remove();
      process.kill(process.pid, signal);
    };
    process.once("SIGINT", this.#stop).once("SIGTERM", this.#stop);
  }

  /** Everything was written: the file gets its name. Throws `ExportFileError`. */
  async finish(): Promise<void> {
    try {
      await this.output.end();
      await rename(this.#temporary, this.#path);
    } catch (error) {
      this.#remove();
      throw new ExportFileError(reason(this.#path, error));
    }
    this.#release();
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.output.end().catch(() => {});
    this.#remove();
  }

  #remove(): void {
    this.#release();
    rmSync(this.#temporary, { force: true });
  }

  #release(): void {
    process.off("SIGINT", this.#stop).off("SIGTERM", this.#stop);
  }
}

function reason(path: string, error: unknown): string {
  return `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
}
