/** What analyses read: one capture, or several by time as one. */
import type { CaptureSource } from "../captures/open.js";
import { mergeCaptures } from "./merge-captures.js";
import { type CaptureEntry, type ReadCaptureOptions, readCapture } from "./read-capture.js";

/** A capture among others. */
export interface NamedCapture {
  /** What messages call it. */
  readonly name: string;
  readonly source: CaptureSource;
}

/** A capture, or captures to be merged by time. */
export type CaptureInput = CaptureSource | { readonly merged: readonly NamedCapture[] };

/** Whether it can be read once more: files can, streams cannot. */
export function isStored(input: CaptureInput): boolean {
  if (typeof input === "string") return true;
  return "merged" in input && input.merged.every(({ source }) => typeof source === "string");
}

/** As `readCapture`; the progress of captures that are merged is that of all. Throws `CaptureOpenError`. */
export function readInput(
  input: CaptureInput,
  options: ReadCaptureOptions,
): AsyncIterable<readonly CaptureEntry[]> {
  if (typeof input === "string" || !("merged" in input)) return readCapture(input, options);
  const [only] = input.merged;
  if (only !== undefined && input.merged.length === 1) {
    return readCapture(only.source, { ...options, name: only.name });
  }
  const { onProgress } = options;
  const progress = input.merged.map(() => ({ bytesRead: 0, size: null as number | null }));
  return mergeCaptures(
    input.merged.map(({ name, source }, place) => {
      const entries = readCapture(source, {
        name,
        onProgress: ({ bytesRead, size }) => {
          progress[place] = { bytesRead, size };
          const isKnown = progress.every((one) => one.size !== null);
          onProgress?.({
            bytesRead: progress.reduce((sum, one) => sum + one.bytesRead, 0),
            size: isKnown ? progress.reduce((sum, one) => sum + (one.size ?? 0), 0) : null,
          });
        },
      });
      return nameProblems(entries, name);
    }),
  );
}

/** An offset alone does not say in which of several files it lies. */
async function* nameProblems(
  groups: AsyncIterable<readonly CaptureEntry[]>,
  name: string,
): AsyncGenerator<readonly CaptureEntry[]> {
  for await (const entries of groups) {
    yield entries.some(({ kind }) => kind === "problem")
      ? entries.map((entry) =>
          entry.kind === "problem" ? { ...entry, message: `${name}: ${entry.message}` } : entry,
        )
      : entries;
  }
}
