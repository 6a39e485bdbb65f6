/**
 * Appends blocks to a file without ever waiting for the disk.
 *
 * Strategy. Blocks collect while one write is under way; what is collected goes to the system in
 * one write, when there is much of it, or when a moment has passed. A kill then loses no more than
 * that moment: what the system has taken it keeps. Where a write fails, what was written of the
 * last block is cut off again, so that the file ends with a whole one.
 */
import { close, fstat, ftruncate, open, write } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { lengthOfWholeBlocks } from "../pcapng-writer.js";

const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat);
const truncateFile = promisify(ftruncate);
const writeFile = promisify(write);

/** How long a block waits for others at most, in milliseconds. A quarter of a second is promised. */
const LONGEST_WAIT = 50;

/** So much is written without waiting. */
const BATCH_LENGTH = 64 * 1024;

/** How often standard output is tried again that another process made non-blocking. */
const RETRY_INTERVAL = 5;

export type RecordingTarget = string | { readonly descriptor: number };

export interface RecordingFileEvents {
  /** Something was written out; `waiting` has become less. */
  readonly onWritten: () => void;
  /** Nothing more is written. Told once; the file ends with a whole block. `abandon` gives the rest. */
  readonly onFailure: (error: unknown) => void;
}

/** A file that only grows. Errors are told, never thrown into whoever appends. */
export class RecordingFile {
  readonly #events: RecordingFileEvents;
  readonly #opened: Promise<number>;
  #blocks: Uint8Array[] = [];
  #collected = 0;
  /** When the oldest of what has collected came, in milliseconds of the process. */
  #waitsSince = 0;
  #inFlight = 0;
  #written = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /**
   * Opens the file when `before` has come about; `flags` as those of fs.open. Blocks may be appended
   * at once.
   */
  constructor(
    target: RecordingTarget,
    flags: "wx" | "w",
    events: RecordingFileEvents,
    before: Promise<void> = Promise.resolve(),
  ) {
    this.#events = events;
    this.#opened = before.then(() => {
      if (this.#failure !== undefined) throw this.#failure.error;
      return typeof target === "string" ? openFile(target, flags) : target.descriptor;
    });
    this.#opened.catch((error: unknown) => this.#fail(error));
  }

  /** Bytes that the system has not taken yet. */
  get waiting(): number {
    return this.#collected + this.#inFlight;
  }

  /** Bytes that the system has taken, and those that wait. */
  get length(): number {
    return this.#written + this.waiting;
  }

  /** Takes a whole block, whose bytes must not change any more. */
  append(block: Uint8Array): void {
    if (this.#failure !== undefined) return;
    if (this.#collected === 0) this.#waitsSince = performance.now();
    this.#blocks.push(block);
    this.#collected += block.length;
    if (this.#writing !== undefined) return;
    // A busy process runs its timers late, but not what it is told.
    const isLate = performance.now() - this.#waitsSince >= LONGEST_WAIT;
    if (this.#collected >= BATCH_LENGTH || isLate) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), LONGEST_WAIT);
  }

  /** Writes out everything that waits. Rejects where that fails, or where it has failed before. */
  async flush(): Promise<void> {
    while (this.waiting > 0 && this.#failure === undefined) {
      if (this.#writing === undefined) this.#start();
      await this.#writing;
    }
    await this.#opened;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /**
   * Writes nothing more; what has failed already stays so. Returns the whole blocks, oldest first, that
   * are not in the file. Not for a file that is being written just now.
   */
  abandon(error: unknown): readonly Uint8Array[] {
    this.#failure ??= { error };
    clearTimeout(this.#timer);
    const blocks = this.#blocks;
    this.#blocks = [];
    this.#collected = 0;
    this.#inFlight = 0;
    return blocks;
  }

  /** Writes out everything and closes the file. Rejects as `flush` does; closed it is all the same. */
  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      clearTimeout(this.#timer);
      const descriptor = await this.#opened.catch(() => undefined);
      if (descriptor !== undefined && descriptor > 2) await closeFile(descriptor);
    }
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writeOut().finally(() => {
      this.#writing = undefined;
      if (this.#collected >= BATCH_LENGTH) this.#start();
      else if (this.#collected > 0) this.#timer = setTimeout(() => this.#start(), LONGEST_WAIT);
    });
  }

  async #writeOut(): Promise<void> {
    let descriptor: number;
    try {
      descriptor = await this.#opened;
    } catch {
      return;
    }
    const batch = Buffer.concat(this.#blocks);
    this.#blocks = [];
    this.#collected = 0;
    this.#inFlight = batch.length;
    try {
      while (this.#inFlight > 0) await this.#writeSome(descriptor, batch);
    } catch (error) {
      const excess = await this.#cutOff(descriptor, batch);
      const kept = batch.length - this.#inFlight - excess;
      this.#blocks.unshift(batch.subarray(kept));
      this.#fail(error);
      return;
    }
    this.#events.onWritten();
  }

  async #writeSome(descriptor: number, batch: Uint8Array): Promise<void> {
    try {
      const at = batch.length - this.#inFlight;
      const { bytesWritten } = await writeFile(descriptor, batch, at, this.#inFlight, null);
      this.#inFlight -= bytesWritten;
      this.#written += bytesWritten;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      await sleep(RETRY_INTERVAL);
    }
  }

  /** Takes back what was written of the block that has no room; returns how much of it that was. */
  async #cutOff(descriptor: number, batch: Uint8Array): Promise<number> {
    const written = batch.length - this.#inFlight;
    const excess = written - lengthOfWholeBlocks(batch.subarray(0, written));
    if (excess === 0) return 0;
    try {
      if (!(await statFile(descriptor)).isFile()) return excess;
      await truncateFile(descriptor, this.#written - excess);
      this.#written -= excess;
    } catch {
      // Then the file ends with a part of a block, which readers tell.
    }
    return excess;
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    clearTimeout(this.#timer);
    this.#events.onFailure(error);
    // Whoever wanted the rest has taken it.
    this.#blocks = [];
    this.#collected = 0;
    this.#inFlight = 0;
  }
}
