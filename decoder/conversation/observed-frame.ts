/** What the rules of a conversation see of a frame, and what they can say of it. */
import type { Direction, Timestamp } from "../chunk.js";
import type { FrameContext } from "../core/context.js";
import type { DiagnosticDefinition } from "../core/diagnostics.js";
import type { Finding } from "../core/finding.js";
import type { Framing } from "../link/link-frame.js";
import type { Ciphering } from "../security/ciphering.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import type { GeneralBlockTransfer } from "../xdlms/general-block-transfer.js";

/** An APDU that stands in a frame, or that the frame completes. */
export interface ObservedApdu {
  /** The ASN.1 name in kebab-case, with its choice: `get-response-normal`. */
  readonly name: string;
  /** Bytes of the whole APDU, tag included; of one in parts, of all parts together. */
  readonly length: number;
}

/** Where an APDU stands: in the frame, or in what was made of it and of others. */
export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * A frame after its dissection, in the order of the capture. Nothing that outlives it may hold the
 * frame or a byte string of it: they are views, each of which keeps a whole piece of the capture.
 */
export interface ObservedFrame {
  readonly number: number;
  /** Of its first byte; null where the capture knows no times. */
  readonly time: Timestamp | null;
  readonly framing: Framing;
  readonly direction: Direction | null;
  /** The link frame as it was captured. */
  readonly bytes: Uint8Array;
  /** A check sequence is wrong, or the frame is cut: what it says is not to be relied on. */
  readonly damaged: boolean;
  /** The typed values of each link layer by its name: `hdlc`, `llc`, `wrapper`, `mbus`. */
  readonly link: Readonly<Record<string, object>>;
  /** The APDUs in it, outermost first: `general-block-transfer`, `glo-get-response`, ... */
  readonly apdus: readonly ObservedApdu[];
  /**
   * The innermost APDU that could be read; undefined where there is none, as in a frame with a
   * segment that is not the last. One that could not be read to its end has but its name.
   */
  readonly apdu: Apdu | undefined;
  /** The bytes of the innermost of `apdus`. */
  readonly content?: ByteRange | undefined;
  /** The block of a general block transfer in it, also where `apdu` is what the block completes. */
  readonly generalBlock?: GeneralBlockTransfer | undefined;
  /** The outcome of the innermost ciphering. */
  readonly ciphering: Ciphering | undefined;
  /** With what it was dissected: keys, titles, and what earlier frames taught. */
  readonly context: FrameContext;
}

/** Where rules put what they find. */
export interface FindingSink {
  /** Something about the frame that is being observed. */
  report(definition: DiagnosticDefinition, detail?: string, about?: Finding["about"]): void;
  /** Something about an earlier frame that only now shows. */
  amend(frame: number, definition: DiagnosticDefinition, detail?: string): void;
}

/** Nanoseconds from `earlier` to `later`; undefined where a time is missing or they cannot be compared. */
export function nanosecondsBetween(
  earlier: Timestamp | null,
  later: Timestamp | null,
): number | undefined {
  if (earlier === null || later === null || earlier.dated !== later.dated) return undefined;
  const nanoseconds =
    (later.seconds - earlier.seconds) * 1e9 + (later.nanoseconds - earlier.nanoseconds);
  // A time of day begins anew at midnight.
  return !later.dated && nanoseconds < 0 ? nanoseconds + 86_400e9 : nanoseconds;
}
