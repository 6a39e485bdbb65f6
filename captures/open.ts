import { type FileHandle, open } from "node:fs/promises";
import type { CaptureFormat, CaptureItem, CaptureProblem, CaptureReader } from "./capture.js";
import { gunzip } from "./gunzip.js";
import { HeadedBytes } from "./open-head.js";
import { PcapReader } from "./pcap.js";
import { PcapngReader } from "./pcapng.js";
import type { PcapngInterface } from "./pcapng-interface.js";
import { RawReader } from "./raw.js";
import { recogniseCapture, recogniseForeignFile } from "./recognise.js";
import { createTextLogReader } from "./text/text-log.js";

const PIECE_LENGTH = 1 << 16;

/** gzip in gzip happens by mistake; more than that is not a capture. */
const MAXIMUM_GZIP_DEPTH = 3;

const expected =
  "expected a capture: pcap, pcapng, either of them in gzip, a text log with hex, or raw bytes";

/** `missing`, `directory`, `permission`: as the file system says. `not-a-capture`: known foreign. */
export type CaptureOpenReason =
  | "missing"
  | "directory"
  | "permission"
  | "unreadable"
  | "empty"
  | "damaged"
  | "not-a-capture";

/** A capture cannot be opened. The message names it and says what was expected. */
export class CaptureOpenError extends Error {
  override readonly name = "CaptureOpenError";
  readonly reason: CaptureOpenReason;
  /** The file as it was named. */
  readonly source: string;

  constructor(reason: CaptureOpenReason, source: string, found: string, cause?: unknown) {
    super(`${source}: ${found}; ${expected}`, { cause });
    this.reason = reason;
    this.source = source;
  }
}

/** A path, or a stream of bytes such as standard input. */
export type CaptureSource = string | AsyncIterable<Uint8Array>;

export interface CaptureOptions {
  /** What messages call a stream; a file is called by its path. Default `standard input`. */
  readonly name?: string;
}

/** An open capture. It must be read to its end or closed. */
export interface Capture {
  readonly format: CaptureFormat;
  /** Whether the capture came in gzip. */
  readonly compressed: boolean;
  /** Length of the file as it is stored; null where only its end will tell (a pipe). */
  readonly size: number | null;
  /** How much of the stored file has been read, for the progress shown. */
  readonly bytesRead: number;
  /** The interfaces that pcapng has described so far, with their names. */
  readonly interfaces: readonly PcapngInterface[];
  /**
   * The capture's items in order, in batches as they come. Faults of the file, also a failing read,
   * are problems among them; nothing is thrown. To be called once.
   */
  items(): AsyncGenerator<CaptureItem[]>;
  close(): Promise<void>;
}

/**
 * Opens a capture and finds out by its content what it is. Memory does not grow with the file.
 * Throws `CaptureOpenError` where there is nothing to read: no such file, no right to read it, an
 * empty file, a file well known to be something else.
 */
export async function openCapture(
  source: CaptureSource,
  options: CaptureOptions = {},
): Promise<Capture> {
  const name = typeof source === "string" ? source : (options.name ?? "standard input");
  const stored =
    typeof source === "string" ? await openFile(source) : new StoredBytes(source, null);
  let content = new HeadedBytes(stored);
  let compressed = false;
  try {
    let format = recogniseCapture(await readHead(content, name, compressed));
    for (let depth = 0; format === "gzip" && depth < MAXIMUM_GZIP_DEPTH; depth += 1) {
      compressed = true;
      content = new HeadedBytes(gunzip(content));
      format = recogniseCapture(await readHead(content, name, compressed));
    }
    const head = await readHead(content, name, compressed);
    const foreign = format === "gzip" ? "gzip in gzip in gzip" : recogniseForeignFile(head);
    if (foreign !== null || format === "gzip") {
      const found = `at offset 0${compressed ? " of the decompressed file" : ""} is ${foreign}`;
      throw new CaptureOpenError("not-a-capture", name, found);
    }
    return new RecognisedCapture(format, compressed, stored, content);
  } catch (error) {
    await content.close();
    throw error;
  }
}

/** The items of a capture in batches: `openCapture` and `items` in one. */
export async function* readCapture(
  source: CaptureSource,
  options: CaptureOptions = {},
): AsyncGenerator<CaptureItem[]> {
  const capture = await openCapture(source, options);
  yield* capture.items();
}

class RecognisedCapture implements Capture {
  readonly format: CaptureFormat;
  readonly compressed: boolean;
  readonly #reader: CaptureReader;
  readonly #stored: StoredBytes;
  readonly #content: HeadedBytes;

  constructor(
    format: CaptureFormat,
    compressed: boolean,
    stored: StoredBytes,
    content: HeadedBytes,
  ) {
    this.format = format;
    this.compressed = compressed;
    this.#reader = createReader(format);
    this.#stored = stored;
    this.#content = content;
  }

  get size(): number | null {
    return this.#stored.size;
  }

  get bytesRead(): number {
    return this.#stored.bytesRead;
  }

  get interfaces(): readonly PcapngInterface[] {
    return this.#reader instanceof PcapngReader ? this.#reader.interfaces : [];
  }

  async *items(): AsyncGenerator<CaptureItem[]> {
    let silent = true;
    for await (const piece of this.#content) {
      const items = piece instanceof Uint8Array ? this.#reader.push(piece) : [piece];
      silent &&= items.every((item) => item.kind === "comment");
      if (items.length > 0) yield items;
    }
    const items = this.#reader.finish();
    silent &&= items.every((item) => item.kind === "comment");
    if (silent && this.format === "text") items.push(noHex);
    if (items.length > 0) yield items;
  }

  async close(): Promise<void> {
    await this.#content.close();
  }
}

const noHex: CaptureProblem = {
  kind: "problem",
  severity: "error",
  code: "capture.no-bytes",
  offset: 0,
  message: "The file is text without any bytes in hex in it, expected a log of frames",
};

function createReader(format: CaptureFormat): CaptureReader {
  switch (format) {
    case "pcap":
      return new PcapReader();
    case "pcapng":
      return new PcapngReader();
    case "text":
      return createTextLogReader();
    case "raw":
      return new RawReader();
  }
}

async function readHead(
  content: HeadedBytes,
  name: string,
  compressed: boolean,
): Promise<Uint8Array> {
  let head: Uint8Array;
  try {
    head = await content.head();
  } catch (error) {
    throw fileSystemError(name, error);
  }
  const fault = content.firstProblem;
  if (head.length === 0 && fault !== null) {
    throw new CaptureOpenError("damaged", name, fault.message);
  }
  if (head.length === 0) {
    const found = compressed ? "the gzip file has no content" : "the file is empty";
    throw new CaptureOpenError("empty", name, found);
  }
  return head;
}

async function openFile(path: string): Promise<StoredBytes> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, "r");
    const status = await handle.stat();
    if (status.isDirectory()) throw new CaptureOpenError("directory", path, "this is a directory");
    return new StoredBytes(readPieces(handle), status.isFile() ? status.size : null);
  } catch (error) {
    await handle?.close();
    throw error instanceof CaptureOpenError ? error : fileSystemError(path, error);
  }
}

function fileSystemError(name: string, error: unknown): CaptureOpenError {
  const code = error instanceof Error && "code" in error ? error.code : null;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new CaptureOpenError("missing", name, "there is no such file", error);
    case "EISDIR":
      return new CaptureOpenError("directory", name, "this is a directory", error);
    case "EACCES":
    case "EPERM":
      return new CaptureOpenError("permission", name, "there is no permission to read it", error);
    default: {
      const found = `it cannot be read (${error instanceof Error ? error.message : String(error)})`;
      return new CaptureOpenError("unreadable", name, found, error);
    }
  }
}

/** Reads one piece ahead. Every piece has a buffer of its own, because chunks are views of it. */
async function* readPieces(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const read = async (): Promise<Uint8Array> => {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(PIECE_LENGTH));
    return buffer.subarray(0, bytesRead);
  };
  let ahead = read();
  try {
    for (;;) {
      const piece = await ahead;
      if (piece.length === 0) return;
      ahead = read();
      // The failure is met by the next turn; until then nobody listens.
      ahead.catch(() => {});
      yield piece;
    }
  } finally {
    await ahead.catch(() => {});
    await handle.close();
  }
}

/** The bytes as they are stored, counted. */
class StoredBytes implements AsyncIterable<Uint8Array> {
  readonly size: number | null;
  bytesRead = 0;
  readonly #source: AsyncIterable<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>, size: number | null) {
    this.#source = source;
    this.size = size;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const bytes of this.#source) {
      this.bytesRead += bytes.length;
      yield bytes;
    }
  }
}
