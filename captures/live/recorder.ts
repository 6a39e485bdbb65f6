/**
 * Records what a tap hands out as pcapng: append-only from the first byte, with the system within a
 * quarter of a second, so that a kill at any moment leaves a file that opens. A ring goes on in a
 * new file when one is full; each is complete by itself.
 */
import { rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Timestamp } from "../../decoder/chunk.js";
import {
  enhancedPacketBlock,
  interfaceDescriptionBlock,
  interfaceStatisticsBlock,
  type SectionWriter,
  sectionHeaderBlock,
} from "../pcapng-writer.js";
import { isDiskFull } from "./full-disk.js";
import { RecordingFile, type RecordingTarget } from "./recording-file.js";
import { type MarkedRecording, RecordingMarker, readRecording } from "./recording-marker.js";
import { isFileFull, listRingFiles, ringFilePath } from "./recording-ring.js";
import type { TapInterface, TapPacket } from "./tap.js";
import type { RingSettings, TapSettings } from "./tap-settings.js";

/** The taker is told to wait when so many bytes are not with the system yet, and to go on below half. */
const PATIENCE = 4 * 1024 * 1024;

/** What lines that cannot wait may run ahead of a stuck disk; packets beyond it are dropped, and counted. */
const LONGEST_QUEUE = 256 * 1024 * 1024;

export interface RecorderSettings {
  /** The file; with a ring, what its files are named after; a descriptor for standard output. */
  readonly target: RecordingTarget;
  readonly ring?: RingSettings;
  /** A file that is there already gives way; without, it is refused unless it is empty. */
  readonly isReplacing?: boolean;
  readonly interfaces: readonly TapInterface[];
  readonly writer: SectionWriter;
  /** Kept beside the file while it is written, for whoever finds it unfinished. */
  readonly tap?: TapSettings;
  readonly onState: (state: RecordingState) => void;
  /** `write` has returned false, and now there is room again. */
  readonly onDrain: () => void;
  /**
   * Recording fails: what was taken and is not in a file, as blocks of a section of its own, before
   * `failed` is told. Packets that come later are not recorded either.
   */
  readonly onUnrecorded?: (blocks: readonly Uint8Array[]) => void;
}

/** How it stands with a recording. Told at its beginning, at each file, when it stops. */
export interface RecordingState {
  /** `failed`: nothing more is recorded; what was recorded is whole. */
  readonly phase: "recording" | "failed" | "ended";
  /** `full`: the disk, or the user's share of it. `reader-gone`: of a pipe. */
  readonly reason: "full" | "reader-gone" | "other" | null;
  readonly severity: "information" | "warning" | "error";
  /** A sentence: what happened and what to do about it. */
  readonly message: string;
  /** Of a failure: what is in the way and what to do about it, as a part of a sentence; else null. */
  readonly cause: string | null;
  /** The file that is or was written; null for a stream. */
  readonly file: string | null;
}

/** A recording cannot begin. The message names the file, the reason, and what to do. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

interface InterfaceCount {
  received: number;
  dropped: number;
}

/** One recording, from its first file to its last. */
export class Recorder {
  readonly #settings: RecorderSettings;
  readonly #header: readonly Uint8Array[];
  readonly #marker: RecordingMarker | undefined;
  /** Of the ring, oldest first; without a ring the one file. Empty for a stream. */
  readonly #files: string[] = [];
  /** Closings and removals of earlier files, one after the other. */
  #housekeeping: Promise<void> = Promise.resolve();
  #file: RecordingFile;
  /** Earlier files that are not with the system as a whole yet. */
  readonly #completing = new Set<RecordingFile>();
  #number: number;
  #fileStart = Date.now();
  #counts: InterfaceCount[];
  #start: Timestamp | undefined;
  #end: Timestamp | undefined;
  #hasBegun = false;
  #isFailed = false;
  #isWaiting = false;
  #stopping: Promise<void> | undefined;
  #dropped = 0;
  #packets = 0;
  #bytes = 0;

  /**
   * Begins a recording: its file is there, with its header, when the promise resolves. Throws
   * `RecordingError` where it cannot begin.
   */
  static async start(settings: RecorderSettings): Promise<Recorder> {
    const { target } = settings;
    if (typeof target !== "string") return Recorder.#begin(settings, undefined, 0, "w");
    const existing = await stat(target).catch(() => undefined);
    if (existing?.isDirectory() === true) {
      throw new RecordingError(`${target} cannot be recorded to: it is a directory; name a file`);
    }
    if (existing !== undefined && !existing.isFile()) {
      if (settings.ring !== undefined) {
        throw new RecordingError(`${target} cannot be a ring: it is no file`);
      }
      return Recorder.#begin(settings, undefined, 0, "w");
    }
    let number = 0;
    const other = await readRecording(target).catch(() => undefined);
    if (other?.isRunning === true) throw taken(other);
    if (settings.ring === undefined) {
      if ((existing?.size ?? 0) > 0 && settings.isReplacing !== true) {
        throw new RecordingError(
          `${target} is there already and would be lost; choose another name or remove it`,
        );
      }
    } else {
      number = ((await listRing(target)).at(-1)?.number ?? 0) + 1;
    }
    const marker = await acquireMarker(target, settings.tap);
    return Recorder.#begin(settings, marker, number, existing === undefined ? "wx" : "w");
  }

  static async #begin(
    settings: RecorderSettings,
    marker: RecordingMarker | undefined,
    number: number,
    flags: "wx" | "w",
  ): Promise<Recorder> {
    const recorder = new Recorder(settings, marker, number, flags);
    try {
      await marker?.update(recorder.#files);
      await recorder.#file.flush();
    } catch (error) {
      await recorder.#file.close().catch(() => {});
      await marker?.remove().catch(() => {});
      throw new RecordingError(`${nameOf(settings.target)} cannot be recorded to: ${why(error)}`);
    }
    recorder.#hasBegun = true;
    recorder.#tell("recording", null, "information", `Recording to ${recorder.#name}`);
    return recorder;
  }

  private constructor(
    settings: RecorderSettings,
    marker: RecordingMarker | undefined,
    number: number,
    flags: "wx" | "w",
  ) {
    this.#settings = settings;
    this.#marker = marker;
    this.#number = number;
    this.#header = [
      sectionHeaderBlock(settings.writer),
      ...settings.interfaces.map(interfaceDescriptionBlock),
    ];
    this.#counts = settings.interfaces.map(() => ({ received: 0, dropped: 0 }));
    this.#file = this.#open(flags);
  }

  /** The files that are kept, oldest first; none for a stream. */
  get files(): readonly string[] {
    return [...this.#files];
  }

  /** Packets that were taken, without those that were dropped. */
  get packets(): number {
    return this.#packets;
  }

  /** Bytes of all files that were or are written. */
  get bytes(): number {
    return this.#bytes + this.#file.length;
  }

  /** Packets for which there was no room any more. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether packets are still recorded. */
  get isRecording(): boolean {
    return !this.#isFailed;
  }

  /**
   * Records a packet; `block` is what it comes to in pcapng, for those who need it as well. False
   * where the disk is behind: a line that can wait should, until `onDrain`. Never throws.
   */
  write(packet: TapPacket, block: Uint8Array = enhancedPacketBlock(packet)): boolean {
    if (this.#isFailed) return true;
    const { ring } = this.#settings;
    if (ring !== undefined && isFileFull(ring, this.#fileFilling, block.length, Date.now())) {
      this.#nextFile();
    }
    const count = this.#counts[packet.interface];
    if (count !== undefined) count.received += 1;
    this.#start ??= packet.time;
    this.#end = packet.time;
    if (this.#waiting + block.length > LONGEST_QUEUE) {
      if (count !== undefined) count.dropped += 1;
      if (this.#dropped === 0) this.#tellOfDrops();
      this.#dropped += 1;
      return false;
    }
    this.#file.append(block);
    this.#packets += 1;
    this.#isWaiting ||= this.#waiting > PATIENCE;
    return !this.#isWaiting;
  }

  /** Ends the recording: the file is complete when the promise resolves. Never rejects. */
  stop(): Promise<void> {
    this.#stopping ??= this.#finish();
    return this.#stopping;
  }

  async #finish(): Promise<void> {
    if (!this.#isFailed) this.#finishFile();
    // A failure of the last blocks is told where it is met.
    await this.#file.close().catch(() => {});
    await this.#housekeeping;
    // The next file of a ring, of which not even the header had room.
    const last = this.#files.at(-1);
    if (this.#isFailed && this.#file.length === 0 && last !== undefined) {
      await rm(last, { force: true }).catch(() => {});
    }
    await this.#marker?.remove().catch(() => {});
    if (this.#isFailed) return;
    const dropped = this.#dropped === 0 ? "" : `, ${this.#dropped} were dropped`;
    const packets = this.#packets === 1 ? "1 packet" : `${this.#packets} packets`;
    this.#tell("ended", null, "information", `${this.#name} is complete: ${packets}${dropped}`);
  }

  get #waiting(): number {
    let waiting = this.#file.waiting;
    for (const file of this.#completing) waiting += file.waiting;
    return waiting;
  }

  get #name(): string {
    return this.#files.at(-1) ?? nameOf(this.#settings.target);
  }

  get #fileFilling() {
    const isEmpty = this.#counts.every(({ received }) => received === 0);
    return { length: this.#file.length, start: this.#fileStart, isEmpty };
  }

  #open(flags: "wx" | "w", before?: Promise<void>): RecordingFile {
    const { target, ring } = this.#settings;
    let path = target;
    if (ring !== undefined && typeof target === "string") {
      path = ringFilePath(target, this.#number, new Date());
    }
    if (typeof path === "string" && this.#marker !== undefined) this.#files.push(path);
    const events = {
      onWritten: () => this.#drain(),
      onFailure: (error: unknown) => this.#fail(error),
    };
    const file = new RecordingFile(path, flags, events, before);
    for (const block of this.#header) file.append(block);
    return file;
  }

  #nextFile(): void {
    this.#finishFile();
    const full = this.#file;
    this.#bytes += full.length;
    // A file that is there says to followers that the one before it is complete.
    this.#completing.add(full);
    const complete = full
      .close()
      .catch(() => {})
      .finally(() => this.#completing.delete(full));
    this.#number += 1;
    this.#fileStart = Date.now();
    this.#counts = this.#counts.map(() => ({ received: 0, dropped: 0 }));
    this.#start = undefined;
    this.#end = undefined;
    this.#file = this.#open("wx", complete);
    const kept = this.#settings.ring?.files ?? Number.POSITIVE_INFINITY;
    const removed = this.#files.splice(0, Math.max(0, this.#files.length - kept));
    const files = [...this.#files];
    this.#housekeeping = Promise.all([this.#housekeeping, complete])
      .then(() => this.#marker?.update(files))
      .then(async () => {
        for (const path of removed) await rm(path, { force: true });
      })
      .catch((error: unknown) => {
        const message = `The ring cannot be kept in order: ${why(error)}`;
        this.#tell("recording", null, "warning", message);
      });
    this.#tell("recording", null, "information", `Recording to ${this.#name}`);
  }

  #finishFile(): void {
    const now = nowTime();
    for (const [index, { received, dropped }] of this.#counts.entries()) {
      const start = this.#start ?? now;
      const end = this.#end ?? now;
      const statistics = { interface: index, start, end, received, dropped };
      this.#file.append(interfaceStatisticsBlock(statistics));
    }
  }

  #drain(): void {
    if (!this.#isWaiting || this.#waiting > PATIENCE / 2) return;
    this.#isWaiting = false;
    this.#settings.onDrain();
  }

  #fail(error: unknown): void {
    if (this.#isFailed) return;
    this.#isFailed = true;
    // Before the beginning it is thrown.
    if (!this.#hasBegun) return;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reason = isDiskFull(error) ? "full" : code === "EPIPE" ? "reader-gone" : "other";
    // In the order of the packets: a later file of the ring waits for the one before it.
    const unrecorded = [...this.#completing, this.#file].flatMap((file) => file.abandon(error));
    this.#settings.onUnrecorded?.([...this.#header, ...unrecorded]);
    const packets = `${this.#packets} packets were taken`;
    const cause = why(error);
    const message = `Recording to ${this.#name} has stopped: ${cause}; ${packets}, and what is seen from now on is not recorded`;
    this.#tell("failed", reason, "error", message, cause);
    if (this.#isWaiting) {
      this.#isWaiting = false;
      this.#settings.onDrain();
    }
  }

  #tellOfDrops(): void {
    const message = `${this.#name} cannot be written as fast as packets come: some are dropped. Is the disk stuck?`;
    this.#tell("recording", null, "error", message);
  }

  #tell(
    phase: RecordingState["phase"],
    reason: RecordingState["reason"],
    severity: RecordingState["severity"],
    message: string,
    cause: string | null = null,
  ): void {
    const file = this.#files.at(-1) ?? null;
    this.#settings.onState({ phase, reason, severity, message, cause, file });
  }
}

async function listRing(path: string): Promise<readonly { readonly number: number }[]> {
  try {
    return await listRingFiles(path);
  } catch (error) {
    throw new RecordingError(`${path} cannot be recorded to: ${why(error)}`);
  }
}

async function acquireMarker(path: string, tap: TapSettings | undefined): Promise<RecordingMarker> {
  let marker: Awaited<ReturnType<typeof RecordingMarker.acquire>>;
  try {
    marker = await RecordingMarker.acquire(path, tap);
  } catch (error) {
    throw new RecordingError(`${path} cannot be recorded to: ${why(error)} (${dirname(path)})`);
  }
  if (marker instanceof RecordingMarker) return marker;
  throw taken(marker);
}

function taken({ path, process }: MarkedRecording): RecordingError {
  return new RecordingError(
    `${path} is being recorded by another process (${process}); choose another name`,
  );
}

function nameOf(target: RecordingTarget): string {
  return typeof target === "string" ? target : "standard output";
}

function nowTime(): Timestamp {
  const now = Date.now();
  return { seconds: Math.floor(now / 1000), nanoseconds: (now % 1000) * 1_000_000, dated: true };
}

/** What the system says, in words, with what can be done about it. */
function why(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOSPC":
      return "the disk is full; make room, then record again";
    case "EDQUOT":
      return "the user's share of the disk is used up; make room, then record again";
    case "EFBIG":
      return "the file has the greatest size that is allowed; record to a ring of smaller files";
    case "EPIPE":
      return "its reader has gone";
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such folder";
    case "EACCES":
    case "EPERM":
      return "there is no permission to write it";
    case "EROFS":
      return "the file system can only be read";
    case "EEXIST":
      return "it is there already; choose another name or remove it";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
