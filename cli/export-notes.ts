import type { NotedRows } from "../analyzer/filter/index.js";
import type { CaptureInput, FrameNotes } from "../analyzer/index.js";
import type { FrameRanges } from "./frames-option.js";
import { userFolders } from "./user-folders.js";

/** What was to be read of a capture's notes is not there; the message says what. */
export class NotesError extends Error {
  override readonly name = "NotesError";
}

/** What the application has kept of a capture's marks and comments. */
export interface ExportNotes {
  readonly notes: FrameNotes;
  /** For filters: `frame.marked`, `frame.comment`. */
  readonly rows: NotedRows;
  /** The frames that are marked. */
  readonly marked: FrameRanges;
}

/**
 * The notes of a capture, `file` as named on the command line; undefined where it can have none. Where
 * they are `needed`, that a frame is marked is, too: throws `NotesError`. Where they are not, notes that
 * cannot be read are told on standard error, and left out. What reads them is loaded only here.
 */
export async function readExportNotes(
  file: string,
  source: CaptureInput,
  needed: boolean,
): Promise<ExportNotes | undefined> {
  const paths = pathsOf(source);
  if (paths === undefined) return undefined;
  const { readCaptureNotes } = await import("../analyzer/capture-notes.js");
  const found = await readCaptureNotes(paths, userFolders().state).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (needed) throw new NotesError(message);
    process.stderr.write(`obiscope: marks and comments are left out: ${message}\n`);
  });
  if (found === undefined) {
    if (needed) throw new NotesError(`${file}: no frame is marked: it is not there, or is no file`);
    return undefined;
  }
  const { notes, rows } = found;
  const marked = new Set([...notes].flatMap(([frame, note]) => (note.isMarked ? [frame] : [])));
  if (needed && marked.size === 0) {
    const why = notes.size > 0 ? "the notes of it mark none" : `there is no ${found.file}`;
    throw new NotesError(`${file}: no frame is marked: ${why}; the application marks frames`);
  }
  return {
    notes,
    rows,
    marked: { has: (number) => marked.has(number), last: Math.max(0, ...marked) },
  };
}

/** Undefined where one of them is no file: what comes from a pipe has no notes. */
function pathsOf(source: CaptureInput): readonly string[] | undefined {
  if (typeof source === "string") return [source];
  if (!("merged" in source)) return undefined;
  const paths = source.merged.flatMap((one) =>
    typeof one.source === "string" ? [one.source] : [],
  );
  return paths.length === source.merged.length ? paths : undefined;
}
