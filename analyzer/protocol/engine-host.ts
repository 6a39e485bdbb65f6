/** What the engine needs of the process that it runs in; and what it leaves there for its successor. */

import type { CapturePorts, CaptureRequest, CaptureState, UnfinishedRecording } from "./capture.js";
import type { ReadingOptions } from "./document.js";
import type { SourceReference } from "./source-reference.js";

/** What an engine that starts again brings back. No key is in it. */
export interface EngineSession {
  readonly documents: readonly {
    readonly id: string;
    readonly sources: readonly SourceReference[];
    readonly merge: boolean;
    readonly options: ReadingOptions;
    readonly filter: string;
  }[];
}

/** A source as it can be read. */
export interface ResolvedSource {
  /** On the machine of the engine. */
  readonly path: string;
  /** For people. */
  readonly name: string;
  /** Whether marks and comments may be kept in a file beside it. */
  readonly isOwn: boolean;
}

/** What captures live for the clients: it outlives engines. Everything may reject with `ProtocolError`. */
export interface CaptureHost {
  ports(): Promise<CapturePorts>;
  /** Comes back once it listens and the file has its first bytes. */
  start(request: CaptureRequest): Promise<{ readonly path: string }>;
  /** Comes back when the file is complete; at once where nothing runs. */
  stop(): Promise<void>;
  /**
   * A piece of what the capture to `file` could not record, since its disk is full, from an offset on:
   * pcapng that goes on behind the file. Empty where nothing has come yet, null where there is nothing
   * of that kind or no more of it will come. Kept beyond the end of the capture.
   */
  unrecorded(file: string, from: number): Promise<Uint8Array | null>;
  unfinished(): Promise<readonly UnfinishedRecording[]>;
  dismiss(path: string): Promise<void>;
}

export interface EngineHost {
  readonly capture: CaptureHost;
  /** Throws `ProtocolError` where the source is not one that clients may read. */
  resolve(source: Extract<SourceReference, { kind: "path" | "upload" }>): Promise<ResolvedSource>;
  /** The session to begin with, the ring of keys as a key file, and the capture that runs. */
  restore(): Promise<{
    readonly session: EngineSession | null;
    readonly keys: string | null;
    readonly capture: CaptureState | null;
  }>;
  keepSession(session: EngineSession): void;
  /** Keeps the ring. `storage`: in words, how, or why not beyond this session. */
  keepKeys(keys: string): Promise<{ readonly isStored: boolean; readonly storage: string }>;
  /** A file for an export to be written to, and its name for `Shell.save`. */
  createDownload(name: string): Promise<{ readonly path: string; readonly download: string }>;
}
