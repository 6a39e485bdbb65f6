/**
 * A tap: where live bytes come from. It hands out packets as a file of them holds them, header of
 * the link type and all, so that what is recorded is what is decoded, now and later.
 */
import type { Timestamp } from "../../decoder/chunk.js";

/** What a tap listens on, as the file describes it. Known before the first packet. */
export interface TapInterface {
  /** The system's name for it, such as `/dev/ttyUSB0` or `tcp 192.0.2.7:4059`. */
  readonly name: string;
  /** For people: settings of the line, who sends what. */
  readonly description: string;
  /** LINKTYPE_ number of its packets: RTAC serial (250) for lines, raw IP (101) for sockets. */
  readonly linkType: number;
}

export interface TapPacket {
  readonly kind: "packet";
  /** Index in `Tap.interfaces`. */
  readonly interface: number;
  /** From a monotonic clock, at the read. */
  readonly time: Timestamp;
  /** As the packet flags of pcapng have it: `outbound` what the client sends; null: not known. */
  readonly direction: "outbound" | "inbound" | null;
  /** With the header that the link type has. Whose it is; the tap writes to it no more. */
  readonly bytes: Uint8Array;
  /** How many bytes of the line are in it: 0 for an event. */
  readonly payloadLength: number;
  /** Parity, framing and overrun errors, breaks: counted apart. */
  readonly isLineError: boolean;
  /** What happened, in words: a port that went away, a speed that was followed. */
  readonly comment?: string;
}

/** How it stands with the tap; for the person in front of it. What is to be kept is a packet too. */
export interface TapState {
  readonly kind: "state";
  /** `waiting`: for a peer, or for a port to come back. */
  readonly phase: "opening" | "open" | "waiting" | "closed";
  readonly severity: "information" | "warning" | "error";
  /** One sentence that says what happened and what to do about it. */
  readonly message: string;
}

export type TapEvent = TapPacket | TapState;

/** Takes what a tap has to tell, in order. */
export interface TapSink {
  /** False where the taker is behind: the tap reads no more where its line can wait, until `resume`. */
  take(event: TapEvent): boolean;
}

/** A tap that listens. */
export interface RunningTap {
  /** The taker has caught up. */
  resume(): void;
  /** Lets go of the line. Nothing is told after it; never rejects. */
  stop(): Promise<void>;
}

export interface Tap {
  readonly interfaces: readonly TapInterface[];
  /**
   * Begins to listen. Throws `TapError` where it cannot begin at all (no such port, no permission,
   * taken by another process, address in use); a line lost later is told as a state.
   */
  start(sink: TapSink): Promise<RunningTap>;
}

/** A tap cannot begin. The message names the port or address, the reason, and what to do. */
export class TapError extends Error {
  override readonly name = "TapError";
}
