import type { CaptureChunk } from "../decoder/chunk.js";

/** A fault of the file itself. Everything before it has been delivered. */
export interface CaptureProblem {
  readonly kind: "problem";
  /** `error`: the rest of the file cannot be read; `warning`: reading goes on behind it. */
  readonly severity: "warning" | "error";
  /** A registered name, such as `pcap.truncated` or `pcapng.bad-block-length`. */
  readonly code: string;
  /** Offset in the (decompressed) file. */
  readonly offset: number;
  /** What was found, what was expected. */
  readonly message: string;
}

/** Bytes for the decoder. */
export interface CaptureBytes {
  readonly kind: "chunk";
  readonly chunk: CaptureChunk;
  /**
   * Of a text, and where it was asked for: which characters spell each byte, as text/byte-places.ts
   * says.
   */
  readonly places?: Uint32Array;
}

/** Words of a capture that belong to no bytes: prose in a log, a comment on a section. */
export interface CaptureComment {
  readonly kind: "comment";
  readonly offset: number;
  readonly text: string;
}

export type CaptureItem = CaptureBytes | CaptureComment | CaptureProblem;

/**
 * A format, read piece by piece. Readers are pure state machines over bytes: any chunking of the
 * same file gives the same items, memory is bounded by one packet, and no input makes them throw.
 */
export interface CaptureReader {
  /** Takes the next bytes of the file and returns the items that they complete. */
  push(bytes: Uint8Array): CaptureItem[];
  /** The file has ended: what was begun is delivered as far as it goes, with a problem. */
  finish(): CaptureItem[];
}

export type CaptureFormat = "pcap" | "pcapng" | "text" | "raw";
