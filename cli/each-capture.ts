import { CaptureOpenError, type CaptureProgress } from "../analyzer/index.js";
import type { CaptureOptions } from "./capture-options.js";
import { ExitCode } from "./exit.js";
import type { Output } from "./output.js";
import { createProgress, type Progress } from "./progress.js";

/** One of the captures that a command was given. */
export interface GivenCapture {
  /** As named on the command line. */
  readonly file: string;
  readonly source: string | typeof process.stdin;
  readonly onProgress: (progress: CaptureProgress) => void;
}

/**
 * Reads the captures of a command one after the other. One that cannot be opened is told on standard
 * error, behind what was written before, and the others are read all the same.
 */
export async function eachCapture(
  { files, progress, quiet }: CaptureOptions,
  output: Output,
  read: (capture: GivenCapture) => Promise<void>,
): Promise<typeof ExitCode.done | typeof ExitCode.unreadable> {
  let code: typeof ExitCode.done | typeof ExitCode.unreadable = ExitCode.done;
  for (const file of files) {
    try {
      await readOne(file, createProgress(progress && !quiet, file), read);
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      await output.flush();
      process.stderr.write(`obiscope: ${error.message}\n`);
      code = ExitCode.unreadable;
    }
    await output.flush();
  }
  return code;
}

async function readOne(
  file: string,
  progress: Progress,
  read: (capture: GivenCapture) => Promise<void>,
): Promise<void> {
  try {
    const source = file === "-" ? process.stdin : file;
    await read({ file, source, onProgress: progress.update });
  } finally {
    progress.done();
  }
}
