/** What lies around the files of a document: its name, the key file beside it, the place of its notes. */
import { access } from "node:fs/promises";
import { type NotesPlace, placeOfMergedNotes, placeOfNotes } from "./notes-file.js";
import type { ReadySource } from "./sources.js";

/** `meter.pcapng`; `meter.pcapng and 2 more`. */
export function nameOfDocument(sources: readonly ReadySource[]): string {
  const [first, ...others] = sources.map(({ name }) => name);
  return others.length === 0 ? (first ?? "") : `${first} and ${others.length} more`;
}

/** `meter.pcapng` has `meter.keys.json`; null where there is no such file, or no one capture. */
export async function findKeysBeside(sources: readonly ReadySource[]): Promise<string | null> {
  const [only] = sources;
  if (sources.length !== 1 || only === undefined || only.file === null) return null;
  const stem = only.file.path.replace(/(\.(pcap|pcapng|txt|log|bin|gz))+$/i, "");
  const path = `${stem}.keys.json`;
  try {
    await access(path);
    return path;
  } catch {
    return null;
  }
}

/** Null where notes cannot be kept: pasted text has no file of its own. */
export async function findNotes(
  sources: readonly ReadySource[],
  stateFolder: string,
): Promise<NotesPlace | null> {
  const files = sources.flatMap(({ file }) => (file === null ? [] : [file]));
  const [first] = files;
  if (first === undefined || files.length < sources.length) return null;
  try {
    if (files.length === 1) return await placeOfNotes(first.path, first.isOwn, stateFolder);
    return await placeOfMergedNotes(
      files.map(({ path }) => path),
      stateFolder,
    );
  } catch {
    // One of them cannot be read at all; opening it says why.
    return null;
  }
}
