/** Files that are being recorded, by this application or by another, and files of rings. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import {
  followRecording,
  followUnrecorded,
  type ReadUnrecorded,
} from "../../captures/live/follow.js";
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

/**
 * Finds out whether somebody writes a file. `unrecorded`: what could not be recorded of it, which goes
 * on behind it.
 */
export async function findStoredFile(
  path: string,
  unrecorded: ReadUnrecorded,
): Promise<StoredFile> {
  const recording = await readRecording(path).catch(() => undefined);
  if (recording?.isRunning === true) {
    return {
      isGrowing: true,
      open: (signal) => followRecording(path, { signal, unrecorded }),
      stored: () => readFiles(async () => (await readRecording(path))?.files ?? [path], unrecorded),
    };
  }
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const ring = isThere ? [] : await listRingFiles(path).catch(() => []);
  const files = ring.length > 0 ? ring.map((one) => one.path) : [path];
  const stored = () => readFiles(async () => files, unrecorded);
  // The recording has come to its end, and what is shown goes on.
  if ((await unrecorded(0)) !== null) {
    return {
      isGrowing: true,
      open: (signal) => readFiles(async () => files, unrecorded, signal),
      stored,
    };
  }
  return { isGrowing: false, open: () => (ring.length > 0 ? stored() : path), stored };
}

/** Files, and what could not be recorded: until there will be no more of it, or, without a signal, of now. */
async function* readFiles(
  list: () => Promise<readonly string[]>,
  unrecorded: ReadUnrecorded,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (const path of await list()) yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  if (signal !== undefined) yield* followUnrecorded(unrecorded, signal);
  else yield* whatIsHeld(unrecorded);
}

async function* whatIsHeld(read: ReadUnrecorded): AsyncGenerator<Uint8Array> {
  for (let offset = 0; ; ) {
    const piece = await read(offset);
    if (piece === null || piece.length === 0) return;
    offset += piece.length;
    yield piece;
  }
}
