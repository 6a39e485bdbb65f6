import type { Severity } from "../../decoder/index.js";
import type { Row } from "./row.js";

/** One frame with all that is known of it. */
export interface FrameDetail {
  readonly row: Row;
  readonly generation: number;
  readonly sources: readonly ByteSourceView[];
  readonly tree: readonly DetailNode[];
  readonly problems: readonly ProblemView[];
  /** What became of its ciphered APDU, in words; null where there is none. */
  readonly verdict: CipheringVerdict | null;
  /** The process of IEC 62056-1-0, table 1, that the exchange serves. */
  readonly process: string | null;
}

/** Bytes that fields point into. Source 0 is the link frame. */
export interface ByteSourceView {
  readonly id: number;
  /** `frame`, `packet`, `fragment`, `reassembled`, `decrypted`, `decompressed`, `content`. */
  readonly kind: string;
  /** In hex. */
  readonly bytes: string;
  /** Where pieces of them stood: in other sources of the frame. */
  readonly origin: readonly {
    readonly start: number;
    readonly end: number;
    readonly source: number;
    readonly offset: number;
  }[];
  /** Of a fragment: the frame that brought it. */
  readonly from: {
    readonly frame: number;
    readonly source: number;
    readonly offset: number;
  } | null;
}

/** A field of the tree. */
export interface DetailNode {
  /** Public name: `hdlc.fcs`. */
  readonly field: string;
  /** In the standard's words. */
  readonly name: string;
  /** The value as people read it, with its remark; empty for groups without one. */
  readonly display: string;
  /** How a display filter spells the value; null where the field cannot be compared. */
  readonly literal: string | null;
  readonly source: number;
  readonly start: number;
  readonly end: number;
  /** Bits of the number that it is: a mask over its bytes; 0 for whole bytes. */
  readonly mask: number;
  /** Derived, not in the bytes. */
  readonly generated: boolean;
  /** The most severe finding in it or below. */
  readonly severity: Severity | null;
  /** The frame that the field speaks of: `answers`, a fragment, a key's teacher. */
  readonly frame: number | null;
  readonly children: readonly DetailNode[];
}

/** A finding in the frame. */
export interface ProblemView {
  readonly code: string;
  readonly severity: Severity;
  readonly group: string;
  readonly message: string;
  readonly clause: string | null;
  /** What to look at next. */
  readonly check: string | null;
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

export interface CipheringVerdict {
  readonly status: string;
  readonly reason: string | null;
  readonly service: string;
  /** Key set and role; never the key. */
  readonly key: string | null;
  /** The sender's title, in hex. */
  readonly systemTitle: string | null;
  readonly invocationCounter: number | null;
  readonly authenticated: boolean;
  readonly encrypted: boolean;
}
