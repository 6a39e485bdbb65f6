import { type CaptureInput, CaptureOpenError, type CaptureProgress } from "../analyzer/index.js";
import type { CaptureOptions } from "./capture-options.js";
import { ExitCode } from "./exit.js";
import { NotesError } from "./export-notes.js";
import type { Output } from "./output.js";
import { createProgress, type Progress } from "./progress.js";

/** One of the captures that a command was given. */
export interface GivenCapture {
  /** As named on the command line; of several that are merged `first.pcap and 2 more`. */
  readonly file: string;
  readonly source: CaptureInput;
  readonly onProgress: (progress: CaptureProgress) => void;
}

/**
 * Reads the captures of a command one after the other, or merged as one. One that cannot be opened is
 * told on standard error, behind what was written before, and the others are read all the same; a merge
 * is not read without it.
 */
export async function eachCapture(
  { files, merge, progress, quiet }: CaptureOptions,
  output: Output,
  read: (capture: GivenCapture) => Promise<void>,
): Promise<typeof ExitCode.done | typeof ExitCode.unreadable> {
  let code: typeof ExitCode.done | typeof ExitCode.unreadable = ExitCode.done;
  for (const capture of merge ? [mergeFiles(files)] : files.map(toInput)) {
    try {
      await readOne(capture, createProgress(progress && !quiet, capture.file), read);
    } catch (error) {
      if (!(error instanceof CaptureOpenError || error instanceof NotesError)) throw error;
      await output.flush();
      process.stderr.write(`obiscope: ${error.message}\n`);
      code = ExitCode.unreadable;
    }
    await output.flush();
  }
  return code;
}

type NamedInput = Omit<GivenCapture, "onProgress">;

function toInput(file: string): NamedInput {
  return { file, source: sourceOf(file) };
}

function mergeFiles(files: readonly string[]): NamedInput {
  const merged = files.map((file) => ({
    name: file === "-" ? "standard input" : file,
    source: sourceOf(file),
  }));
  return { file: nameFiles(files), source: { merged } };
}

function sourceOf(file: string): string | typeof process.stdin {
  return file === "-" ? process.stdin : file;
}

/** `first.pcap and 2 more`. */
export function nameFiles([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

async function readOne(
  capture: NamedInput,
  progress: Progress,
  read: (capture: GivenCapture) => Promise<void>,
): Promise<void> {
  try {
    await read({ ...capture, onProgress: progress.update });
  } finally {
    progress.done();
  }
}
