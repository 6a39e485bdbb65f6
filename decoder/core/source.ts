/** The byte strings that a frame's fields point into. */

/** A piece of a derived byte string, and where it came from. */
export interface OriginPiece {
  /** Range in the derived bytes. */
  readonly start: number;
  readonly end: number;
  /** Where those bytes stood: source index of the same frame, and offset in it. */
  readonly source: number;
  readonly offset: number;
}

/**
 * `frame`: the link frame itself, always source 0. `packet`: a captured packet that carried it.
 * `reassembled`, `decrypted`, `decompressed`: made from other sources, as `origin` says. `content`:
 * a part of another source as it is, where more of its APDU follows behind it (a tag, a signature).
 */
export type ByteSourceKind =
  | "frame"
  | "packet"
  | "reassembled"
  | "decrypted"
  | "decompressed"
  | "content";

export interface ByteSource {
  readonly id: number;
  readonly kind: ByteSourceKind;
  readonly bytes: Uint8Array;
  readonly origin: readonly OriginPiece[];
}
