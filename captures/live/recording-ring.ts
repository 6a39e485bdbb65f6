/** How the files of a ring are called, and when the next one begins. */
import { readdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { RingSettings } from "./tap-settings.js";

/** A file of a ring. */
export interface RingFile {
  readonly path: string;
  /** From 1. */
  readonly number: number;
}

/**
 * The path of a ring's file: `trace_00001_20261125T101500.pcapng` for `trace.pcapng`; the time is
 * the local one, as dumpcap has it.
 */
export function ringFilePath(path: string, number: number, time: Date): string {
  const ending = extname(path);
  const base = path.slice(0, path.length - ending.length);
  return `${base}_${String(number).padStart(5, "0")}_${localTime(time)}${ending}`;
}

/** What the ring was named after that a file belongs to; undefined for other files. */
export function ringOfFile(path: string): string | undefined {
  const ending = extname(path);
  const base = /^(.+)_\d{5,9}_\d{8}T\d{6}$/.exec(basename(path, ending))?.[1];
  return base === undefined ? undefined : join(dirname(path), `${base}${ending}`);
}

/** The files of the ring that `path` names, by their numbers. Rejects where the folder cannot be read. */
export async function listRingFiles(path: string): Promise<readonly RingFile[]> {
  const ending = extname(path);
  const base = `${basename(path, ending)}_`;
  const files: RingFile[] = [];
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(base) || !name.endsWith(ending)) continue;
    const rest = name.slice(base.length, name.length - ending.length);
    const number = /^(\d{5,9})_\d{8}T\d{6}$/.exec(rest)?.[1];
    if (number !== undefined)
      files.push({ path: join(dirname(path), name), number: Number(number) });
  }
  return files.sort((a, b) => a.number - b.number);
}

/** Whether a file of `length` bytes, begun at `start`, has no room for `added` bytes at `now`. */
export function isFileFull(
  ring: RingSettings,
  file: { readonly length: number; readonly start: number; readonly isEmpty: boolean },
  added: number,
  now: number,
): boolean {
  // A packet that is greater than a file gets one of its own.
  if (file.isEmpty) return false;
  if (ring.size !== undefined && file.length + added > ring.size) return true;
  return ring.duration !== undefined && now - file.start >= ring.duration * 1000;
}

function localTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
}
