/** A recording as it grows: what `tail -f` is for a text. */
import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { sectionByteOrder } from "../pcapng-block.js";
import { lengthOfWholeBlocks } from "../pcapng-writer.js";
import { readRecording } from "./recording-marker.js";
import { listRingFiles, ringOfFile } from "./recording-ring.js";

const PIECE_LENGTH = 1 << 16;
const LONGEST_BLOCK = 1 << 24;

/** How long the end of a file is left alone at most, in milliseconds. */
const POLL_INTERVAL = 100;

/**
 * What a writer holds that it could not write, a piece from an offset on: empty where nothing has come
 * yet, null where nothing more will come. It goes on behind the last file, which is complete.
 */
export type ReadUnrecorded = (from: number) => Promise<Uint8Array | null>;

export interface FollowOptions {
  /** Ends the following, also where the recording goes on. */
  readonly signal?: AbortSignal;
  /** Whether somebody still writes; default: whether the process that marked the recording lives. */
  readonly isWritten?: () => Promise<boolean>;
  readonly unrecorded?: ReadUnrecorded;
}

/**
 * The bytes of a recording from its first to the last that will ever come: at the end of the file it
 * waits for more, until its writer has finished or died. `path` is the file; of a ring also what its
 * files are named after: then from the oldest that is kept, else from that file on, through all that
 * follow, each of which begins with a section header. Every piece has a buffer of its own.
 *
 * Rejects where the file cannot be read, or was cut off or replaced meanwhile.
 */
export async function* followRecording(
  path: string,
  options: FollowOptions = {},
): AsyncGenerator<Uint8Array> {
  const ring = ringOfFile(path);
  const recording = await readRecording(path);
  const base = recording === undefined ? (ring ?? path) : path;
  const isWritten =
    options.isWritten ?? (async () => (await readRecording(base))?.isRunning === true);
  const follower = { base, isWritten, signal: options.signal };
  let next: string | undefined = recording?.files[0] ?? path;
  while (next !== undefined) next = yield* followFile(next, follower);
  if (options.unrecorded !== undefined) yield* followUnrecorded(options.unrecorded, options.signal);
}

/** What could not be recorded, to the last byte that will ever come. */
export async function* followUnrecorded(
  read: ReadUnrecorded,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (let offset = 0; signal?.aborted !== true; ) {
    const piece = await read(offset);
    if (piece === null) return;
    offset += piece.length;
    if (piece.length > 0) yield piece;
    else
      await sleep(POLL_INTERVAL, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  }
}

interface Follower {
  readonly base: string;
  readonly isWritten: () => Promise<boolean>;
  readonly signal: AbortSignal | undefined;
}

/** Gives the bytes of one file; returns the path of the next one of its ring when there is one. */
async function* followFile(
  path: string,
  { base, isWritten, signal }: Follower,
): AsyncGenerator<Uint8Array, string | undefined> {
  const handle = await open(path, "r");
  const bell = new Bell(path, signal);
  let isOfBlocks = false;
  try {
    for (let offset = 0; ; ) {
      // In this order: what comes last is there when the next file is, or when nobody writes any more.
      const next = path === base ? undefined : await nextFile(base, path);
      const goesOn = next === undefined && (await isWritten());
      bell.mute();
      for (;;) {
        if (signal?.aborted === true) return undefined;
        const piece = await readPiece(handle, offset, PIECE_LENGTH);
        isOfBlocks ||= offset === 0 && sectionByteOrder(viewOf(piece), 0) === "little";
        // A part of a block may be taken back, where the disk has no room for the rest.
        const taken = goesOn && isOfBlocks ? await wholeBlocks(handle, offset, piece) : piece;
        if (taken.length === 0) break;
        offset += taken.length;
        yield taken;
      }
      if (next !== undefined) return next;
      await refuseOtherFile(handle, path, offset);
      if (!goesOn) return undefined;
      await bell.rings();
    }
  } finally {
    bell.close();
    await handle.close();
  }
}

/** Of a piece that was read at `offset` the whole blocks; or the first one, where it is longer. */
async function wholeBlocks(
  handle: FileHandle,
  offset: number,
  piece: Uint8Array,
): Promise<Uint8Array> {
  const end = lengthOfWholeBlocks(piece);
  if (end > 0 || piece.length < PIECE_LENGTH) return piece.subarray(0, end);
  const length = viewOf(piece).getUint32(4, true);
  // Of no block that is read.
  if (length > LONGEST_BLOCK) return piece;
  const longer = await readPiece(handle, offset, length);
  return longer.subarray(0, lengthOfWholeBlocks(longer));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function readPiece(handle: FileHandle, offset: number, most: number): Promise<Uint8Array> {
  const piece = new Uint8Array(most);
  const { bytesRead } = await handle.read(piece, 0, piece.length, offset);
  return piece.subarray(0, bytesRead);
}

/** The file behind `path` in its ring; its number is the next one that is left. */
async function nextFile(base: string, path: string): Promise<string | undefined> {
  const files = await listRingFiles(base);
  const own = numberOf(path);
  return files.find(({ number }) => number > own)?.path;
}

function numberOf(path: string): number {
  return Number(/_(\d+)_\d{8}T\d{6}[^/\\]*$/.exec(path)?.[1] ?? Number.NaN);
}

/** Throws where the file is shorter than what was read of it, or another one has taken its place. */
async function refuseOtherFile(handle: FileHandle, path: string, offset: number): Promise<void> {
  const own = await handle.stat();
  if (own.isFile() && own.size < offset) {
    throw new Error(`${path} was cut off at ${own.size} bytes when ${offset} had been read`);
  }
  // One that was removed is followed all the same: what is written to it still comes.
  const named = await stat(path).catch(() => undefined);
  if (named !== undefined && (named.ino !== own.ino || named.dev !== own.dev)) {
    throw new Error(`${path} was replaced by another file when ${offset} bytes had been read`);
  }
}

/** Rings when a file changes, at the latest after the poll interval, and at once for a signal. */
class Bell {
  readonly #watcher: FSWatcher | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #ring = () => {
    this.#rung = true;
    this.#wake?.();
  };
  #rung = false;
  #wake: (() => void) | undefined;

  constructor(path: string, signal: AbortSignal | undefined) {
    try {
      this.#watcher = watch(path, { persistent: false }, this.#ring);
      this.#watcher.on("error", () => {});
    } catch {
      // Not every file system can; then it is asked often enough.
    }
    this.#signal = signal;
    signal?.addEventListener("abort", this.#ring);
  }

  /** Forgets what has rung until now. */
  mute(): void {
    this.#rung = false;
  }

  async rings(): Promise<void> {
    if (this.#rung) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, POLL_INTERVAL);
    });
    clearTimeout(timer);
  }

  close(): void {
    this.#watcher?.close();
    this.#signal?.removeEventListener("abort", this.#ring);
  }
}
