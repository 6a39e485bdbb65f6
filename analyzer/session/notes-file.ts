/** The side file of a capture: notes, kept beside it or, where that may not be written, elsewhere. */
import { createHash, type Hash } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as v from "valibot";
import type { FrameNote } from "./frame-notes.js";

const noteSchema = v.object({
  isMarked: v.exactOptional(v.boolean()),
  isIgnored: v.exactOptional(v.boolean()),
  isReference: v.exactOptional(v.boolean()),
  comment: v.exactOptional(v.string()),
});
const fileSchema = v.object({
  obiscope: v.literal("notes"),
  version: v.literal(1),
  frames: v.record(v.pipe(v.string(), v.regex(/^[1-9]\d{0,9}$/)), noteSchema),
});

/** Where the notes of a capture are kept. */
export interface NotesPlace {
  readonly file: string;
  /** In place of the first one, where the folder of the capture cannot be written. */
  readonly otherwise: string;
}

/** `isOwn`: whether the capture lies where the user has put it, so that a file may stand beside it. */
export async function placeOfNotes(
  capture: string,
  isOwn: boolean,
  stateFolder: string,
): Promise<NotesPlace> {
  const otherwise = join(stateFolder, "notes", `${await fingerprint(capture)}.json`);
  return { file: isOwn ? `${capture}.obiscope.json` : otherwise, otherwise };
}

/**
 * Frames of captures that were merged are numbered through, so that their notes belong to none of them
 * alone: they are kept apart from all, for the same captures in the same order.
 */
export async function placeOfMergedNotes(
  captures: readonly string[],
  stateFolder: string,
): Promise<NotesPlace> {
  const digest = createHash("sha256");
  for (const capture of captures) digest.update(await fingerprint(capture));
  const file = join(stateFolder, "notes", `merged-${shortened(digest)}.json`);
  return { file, otherwise: file };
}

/** The same capture has it again, wherever it lies: its length, and a digest of its two ends. */
async function fingerprint(path: string): Promise<string> {
  const { size } = await stat(path);
  const digest = createHash("sha256").update(String(size));
  const handle = await open(path, "r");
  try {
    for (const position of [0, Math.max(0, size - sampleLength)]) {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(sampleLength),
        0,
        sampleLength,
        position,
      );
      digest.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
  return shortened(digest);
}

function shortened(digest: Hash): string {
  return digest.digest("hex").slice(0, 32);
}

const sampleLength = 1 << 16;

/** A file of notes that is not one, or not one that this version knows. */
export class NotesFileError extends Error {
  override readonly name = "NotesFileError";
}

/**
 * The notes that were kept for a capture, none where there are none. Throws `NotesFileError` where the
 * file is something else: it is not to be written over.
 */
export async function readNotes({
  file,
  otherwise,
}: NotesPlace): Promise<readonly (readonly [number, FrameNote])[]> {
  const text = (await readIfThere(file)) ?? (await readIfThere(otherwise));
  if (text === undefined) return [];
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new NotesFileError(
      `${file} is no file of notes: it is not JSON. Move it away to keep notes.`,
    );
  }
  const result = v.safeParse(fileSchema, content);
  if (!result.success) {
    const path = result.issues[0].path?.map(({ key }) => String(key)).join(".") ?? "it";
    throw new NotesFileError(
      `${file} is no file of notes: ${path} is not as expected. Move it away to keep notes.`,
    );
  }
  return Object.entries(result.output.frames).map(([frame, note]) => [Number(frame), note]);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Keeps the notes; none: the file is taken away. Returns where they are. Throws what the disk says. */
export async function writeNotes(
  place: NotesPlace,
  notes: Iterable<readonly [number, FrameNote]>,
): Promise<string> {
  const frames = Object.fromEntries([...notes].sort(([a], [b]) => a - b));
  const isEmpty = Object.keys(frames).length === 0;
  const text = `${JSON.stringify({ obiscope: "notes", version: 1, frames }, null, 2)}\n`;
  try {
    await replace(place.file, isEmpty ? undefined : text);
    return place.file;
  } catch (error) {
    if (place.file === place.otherwise || !isRefusal(error)) throw error;
    await replace(place.otherwise, isEmpty ? undefined : text);
    return place.otherwise;
  }
}

function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return ["EACCES", "EPERM", "EROFS", "ENOENT"].includes(code);
}

/** As a whole or not at all: a crash leaves the file of before. */
async function replace(path: string, text: string | undefined): Promise<void> {
  if (text === undefined) {
    await rm(path, { force: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}
