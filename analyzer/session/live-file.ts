/** Files that are being recorded, by this application or by another, and files of rings. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { followRecording } from "../../captures/live/follow.js";
import { readRecording } from "../../captures/live/recording-marker.js";
import { listRingFiles } from "../../captures/live/recording-ring.js";
import type { CaptureSource } from "../../captures/open.js";

/** A file of captures, or the files of a ring under their common name. */
export interface StoredFile {
  readonly isGrowing: boolean;
  /** The signal ends the reading of one that grows; it goes on at its end until its writer has ended. */
  readonly open: (signal: AbortSignal) => CaptureSource;
  /** What is there now. */
  readonly stored: () => AsyncIterable<Uint8Array>;
}

/** Finds out whether somebody writes a file. */
export async function findStoredFile(path: string): Promise<StoredFile> {
  const recording = await readRecording(path).catch(() => undefined);
  if (recording?.isRunning === true) {
    return {
      isGrowing: true,
      open: (signal) => followRecording(path, { signal }),
      stored: () => readFiles(async () => (await readRecording(path))?.files ?? [path]),
    };
  }
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const ring = isThere ? [] : await listRingFiles(path).catch(() => []);
  const stored = () =>
    readFiles(async () => (ring.length > 0 ? ring.map((one) => one.path) : [path]));
  return { isGrowing: false, open: () => (ring.length > 0 ? stored() : path), stored };
}

async function* readFiles(list: () => Promise<readonly string[]>): AsyncGenerator<Uint8Array> {
  for (const path of await list()) yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}
