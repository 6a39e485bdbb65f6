import type { Direction, Severity } from "../../decoder/index.js";

/** Seconds since 1970, or of the day where the capture knows no date; then nanoseconds. */
export interface MomentView {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly dated: boolean;
}

/** A row of the list of frames. */
export interface Row {
  /** Number of the frame in its capture, from 1; the same under every filter. */
  readonly number: number;
  readonly time: MomentView | null;
  /** Nanoseconds since the row before it in the list, and since the time reference before it. */
  readonly delta: number | null;
  readonly sinceReference: number | null;
  readonly conversation: number | null;
  readonly direction: Direction | null;
  /** `16`; `1/17`; null where the frame names none. */
  readonly client: string | null;
  readonly server: string | null;
  /** The meter as far as it is known: its title, what it calls itself, or its address. */
  readonly meter: string | null;
  /** Innermost APDU, or kind of the link frame: `get-response-normal`, `RR`. */
  readonly type: string;
  /** Outermost first. */
  readonly layers: readonly string[];
  /** What it means: `GET 1-0:1.8.0*255 attribute 2 (Register.value) = 123.456 kWh`. */
  readonly info: string;
  /** Bytes of the link frame. */
  readonly length: number;
  /** Nanoseconds from the request that it answers. */
  readonly latency: number | null;
  readonly severity: Severity | null;
  /** The most severe finding, in words. */
  readonly problem: string | null;
  /** Of a ciphered APDU. */
  readonly ciphering: string | null;
  readonly answers: number | null;
  readonly answeredBy: number | null;
  /** Where its part of a message was put together, and the parts of one that it completes. */
  readonly completedIn: number | null;
  readonly parts: readonly number[];
  readonly isMarked: boolean;
  readonly isIgnored: boolean;
  readonly isReference: boolean;
  readonly comment: string | null;
  /** The first colour rule that fits: its place in the profile. */
  readonly colour: number | null;
  /** Values of the columns that the client asked for, in their order. */
  readonly cells: readonly string[];
}

/** Rows of the list as it was at one moment. */
export interface RowWindow {
  readonly generation: number;
  /** Rows in the list. */
  readonly total: number;
  /** Place of the first one. */
  readonly start: number;
  readonly rows: readonly Row[];
}
