/** What clients are told of live captures. */
import type { CaptureStatus, SerialPortView } from "../../captures/live/capture-messages.js";
import type { RingSettings, TapSettings } from "../../captures/live/tap-settings.js";

export type { SerialPortView, TapSettings };

/** What a capture is started with. */
export interface CaptureRequest {
  readonly tap: TapSettings;
  /** Where it is recorded to, as the shell takes it; null for a new file in the folder of recordings. */
  readonly file: string | null;
  /** A new file when one is full or old; null for one file. */
  readonly ring: RingSettings | null;
}

/** The capture that runs in a process of its own, or the last one that did. */
export interface CaptureState extends Omit<CaptureStatus, "phase"> {
  /** Counts the captures of the shell. */
  readonly id: number;
  readonly phase: CaptureStatus["phase"] | "stopping";
  readonly request: CaptureRequest;
}

export interface CapturePorts {
  readonly ports: readonly SerialPortView[];
  /** Why there are none, or what to do; null where there is nothing to say. */
  readonly note: string | null;
  /** The folder of recordings, for people. */
  readonly folder: string;
}

/** A recording whose process has ended without closing it. It can be opened all the same. */
export interface UnfinishedRecording {
  readonly path: string;
  /** One, or those of a ring, the oldest first. */
  readonly files: readonly string[];
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When it began, in milliseconds since 1970; null where that is not known. */
  readonly since: number | null;
}
