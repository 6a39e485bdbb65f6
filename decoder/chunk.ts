/**
 * What a capture hands to the decoder: bytes with the time, the place and the direction in which
 * they were seen. Captures produce chunks, the decoder turns them into frames.
 */

/** A moment, exact to the nanosecond. */
export interface Timestamp {
  /** Seconds since 1970-01-01T00:00:00Z, or since midnight where `dated` is false. */
  readonly seconds: number;
  /** 0..999,999,999. */
  readonly nanoseconds: number;
  /** False where the capture knows the time of day only (pasted logs often do). */
  readonly dated: boolean;
}

/** Who speaks to whom, in the roles of IEC 62056-5-3. */
export type Direction = "client-to-server" | "server-to-client";

/** The other direction. */
export function opposite(direction: Direction): Direction {
  return direction === "client-to-server" ? "server-to-client" : "client-to-server";
}

/**
 * Link types of our own, beside the LINKTYPE_ numbers of pcap (0..65535). They say what is known
 * of bytes that come without a link header.
 */
export const LINK_TYPE_STREAM = -1;
export const LINK_TYPE_MESSAGE = -2;

/** Bytes as they were captured. */
export interface CaptureChunk {
  /** Index of the interface, tap or file section; chunks of different interfaces never mix. */
  readonly interface: number;
  readonly time: Timestamp | null;
  /** As the capture says it (a mark in a log, a packet flag); null where it does not. */
  readonly direction: Direction | null;
  /**
   * A LINKTYPE_ number of pcap, `LINK_TYPE_STREAM` (bytes go on where the chunk before them ended,
   * as on a serial line or in a raw file), or `LINK_TYPE_MESSAGE` (the source saw a boundary here:
   * a line of a log; a message may start here, or an unfinished one may go on).
   */
  readonly linkType: number;
  readonly bytes: Uint8Array;
  /** Length on the wire; greater than `bytes.length` where the capture cut the packet off. */
  readonly originalLength: number;
  /** Where the bytes stand in the source: an offset, for text that of the line. */
  readonly position: number;
  /** Words that stood beside the bytes: a comment of pcapng, prose of a log. */
  readonly comment?: string;
}
