import type { Direction, Timestamp } from "../chunk.js";
import type { DiagnosticDefinition } from "../core/diagnostics.js";

/** How the bytes of a frame are to be read. The first eight are the public names of `--framing`. */
export type Framing =
  | "hdlc"
  | "wrapper"
  | "llc"
  | "llc-61334"
  | "mbus"
  | "apdu"
  | "p1"
  | "iec-62056-21"
  | "packet" // a captured packet in which no DLMS was found, or only a part of a message
  | "noise"; // bytes between frames

/** A captured packet that carried (a part of) a frame. */
export interface Carrier {
  /** LINKTYPE_ number of pcap. */
  readonly linkType: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  /** What its headers say; undefined where they have findings, which only a dissection tells. */
  readonly headers: PacketHeaders | undefined;
}

/** The headers of a packet, as a dissection names and shows them. */
export interface PacketHeaders {
  readonly layers: readonly string[];
  readonly link: Readonly<Record<string, object>>;
}

/** Something that was noticed while the frame was cut out of its stream. */
export interface StreamNotice {
  readonly definition: DiagnosticDefinition;
  readonly detail?: string;
}

/** One frame as it was cut out of the capture, not yet read. */
export interface LinkFrame {
  readonly framing: Framing;
  readonly bytes: Uint8Array;
  /** Of the first byte. */
  readonly time: Timestamp | null;
  readonly interface: number;
  /** What the capture says about the direction. */
  readonly mark: Direction | null;
  /**
   * The packets that carried it, in the order of their bytes; none for bare streams and logs. Of the
   * reads of a serial line only the first.
   */
  readonly carriers: readonly Carrier[];
  /** Where each piece of `bytes` stands in the carriers; empty without carriers. */
  readonly pieces: readonly CarrierPiece[];
  /** Names both ends of the flow that carried it, sorted the same way for both directions. */
  readonly flow: string;
  /** True when it was sent by the flow's first-named end. */
  readonly fromFirst: boolean | null;
  readonly notices: readonly StreamNotice[];
  readonly comment?: string;
}

export interface CarrierPiece {
  readonly start: number;
  readonly end: number;
  /** Index in `carriers`, and offset in that packet. */
  readonly carrier: number;
  readonly offset: number;
}
