/**
 * The corpus of real captures, read in place. It is not part of the project: where it is missing
 * these tests do not run and say so; on a build server (`CI`) its absence is a failure.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromHex, type KeySet } from "../../decoder/index.js";
import type { JsonObject } from "../../decoder/present/frame-json.js";

export const corpusFolder =
  process.env["OBISCOPE_CORPUS"] ?? join(import.meta.dirname, "../../../shared/corpus");

export const corpusIsHere = existsSync(join(corpusFolder, "items.jsonl"));

if (!corpusIsHere && process.env["CI"] === "true") {
  throw new Error(`the corpus is not at ${corpusFolder}; a build server must have it`);
}

export interface CorpusItem {
  readonly id: string;
  readonly family: string;
  readonly framing: string;
  readonly hex?: string;
  readonly file?: string;
  readonly frames_inline?: readonly { readonly dir: string; readonly hex: string }[];
  readonly dir?: string;
  readonly fcs?: string;
  readonly note?: string;
  readonly kind?: string;
  readonly keys?: {
    readonly ek?: string | readonly string[];
    readonly ak?: string | readonly string[];
  };
  /** What the source itself states. */
  readonly expect?: JsonObject;
  readonly verified?: {
    readonly decrypted: number;
    readonly tag_ok: number;
    readonly system_titles: readonly string[];
    readonly plain?: string;
  };
  readonly op?: string;
  /** Named byte strings of a cryptographic primitive, in hex. */
  readonly data?: Readonly<Record<string, string>>;
  /** Counts of a session or capture, by scripts of the corpus: a second opinion. */
  readonly frames?: number;
  readonly packets?: number;
  readonly payload_kinds?: Readonly<Record<string, number>>;
  readonly apdu_tags?: Readonly<Record<string, number>>;
  readonly ciphered_apdus?: number;
}

/** Every item, in the order of the file; none where the corpus is missing. */
export function readItems(): CorpusItem[] {
  if (!corpusIsHere) return [];
  return readLines(join(corpusFolder, "items.jsonl")).map((line) => JSON.parse(line) as CorpusItem);
}

export function readCorpusFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(corpusFolder, name)));
}

/** A message of an item, with the direction that its source states. */
export interface CorpusMessage {
  readonly dir: string;
  readonly bytes: Uint8Array;
}

/** The messages of an item that has them in hex (a single one, inline, or a session's). */
export function readMessages(item: CorpusItem): CorpusMessage[] {
  if (item.hex !== undefined) return [{ dir: item.dir ?? "?", bytes: parseHex(item.hex) }];
  if (item.frames_inline !== undefined) {
    return item.frames_inline.map(({ dir, hex }) => ({ dir, bytes: parseHex(hex) }));
  }
  if (item.file?.startsWith("sessions/") === true) {
    return readLines(join(corpusFolder, item.file)).map((line) => {
      const { dir, hex } = JSON.parse(line) as { dir?: string; hex: string };
      return { dir: dir ?? "?", bytes: parseHex(hex) };
    });
  }
  if (item.file !== undefined) return [{ dir: item.dir ?? "?", bytes: readCorpusFile(item.file) }];
  return [];
}

/**
 * The item's keys as key sets: one for each encryption key that it names. Where but one system
 * title plays a part, it goes with them: on the wire it may be missing.
 */
export function toKeySets({ keys, verified }: CorpusItem): KeySet[] {
  const list = (value: string | readonly string[] | undefined) =>
    value === undefined ? [] : typeof value === "string" ? [value] : value;
  const authenticationKey = list(keys?.ak)[0];
  const [title, ...others] = verified?.system_titles ?? [];
  const titles =
    title === undefined || others.length > 0
      ? {}
      : { systemTitle: parseHex(title), clientSystemTitle: parseHex(title) };
  return list(keys?.ek).map((encryptionKey) => ({
    ...titles,
    globalUnicastEncryptionKey: parseHex(encryptionKey),
    ...(authenticationKey === undefined ? {} : { authenticationKey: parseHex(authenticationKey) }),
  }));
}

function parseHex(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (bytes === undefined) throw new Error(`not hex: ${text.slice(0, 40)}`);
  return bytes;
}

function readLines(path: string): string[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}
