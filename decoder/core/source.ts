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
 * `fragment`: a part of a message that an earlier frame brought, as `from` says. `reassembled`,
 * `decrypted`, `decompressed`: made from other sources, as `origin` says. `content`: a part of
 * another source as it is, where more of its APDU follows behind it (a tag, a signature).
 */
export type ByteSourceKind =
  | "frame"
  | "packet"
  | "fragment"
  | "reassembled"
  | "decrypted"
  | "decompressed"
  | "content";

export interface ByteSource {
  readonly id: number;
  readonly kind: ByteSourceKind;
  readonly bytes: Uint8Array;
  readonly origin: readonly OriginPiece[];
  readonly from?: FragmentOrigin;
}

/** Where the bytes of a fragment stand: in another frame. */
export interface FragmentOrigin {
  /** Number of the frame, index in its sources, and offset there. */
  readonly frame: number;
  readonly source: number;
  readonly offset: number;
}
