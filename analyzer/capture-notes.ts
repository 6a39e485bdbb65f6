/** What the user has noted of a capture's frames, for those who read captures without the application. */
import { stat } from "node:fs/promises";
import type { NotedRows } from "./filter/index.js";
import { type FrameNote, notedRows } from "./session/frame-notes.js";
import { placeOfMergedNotes, placeOfNotes, readNotes } from "./session/notes-file.js";

export interface CaptureNotes {
  /** Where they are kept, were there any. */
  readonly file: string;
  /** By frame. */
  readonly notes: ReadonlyMap<number, FrameNote>;
  /** The same for filters. */
  readonly rows: NotedRows;
}

/**
 * The notes of a capture, or of captures that are merged in this order. Undefined where one of them is no
 * file on a disk, and so has none. `stateFolder`: where the application keeps what may not lie beside the
 * capture. Throws `NotesFileError` where they are none, and what the disk says.
 */
export async function readCaptureNotes(
  captures: readonly string[],
  stateFolder: string,
): Promise<CaptureNotes | undefined> {
  const [first] = captures;
  if (first === undefined) return undefined;
  for (const capture of captures) {
    // A pipe must not be looked into: its bytes are there once.
    const found = await stat(capture).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
  }
  const place =
    captures.length === 1
      ? await placeOfNotes(first, true, stateFolder)
      : await placeOfMergedNotes(captures, stateFolder);
  const notes = new Map(await readNotes(place));
  return { file: place.file, notes, rows: notedRows(notes) };
}
