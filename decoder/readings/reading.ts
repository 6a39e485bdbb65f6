/** What a meter has told: one value of one object, with all that is needed to understand it. */
import type { Data } from "../xdlms/data.js";
import type { DateTime } from "../xdlms/date-time.js";
import type { ScalerUnit } from "./meter-objects.js";

export interface Reading {
  /** Undefined where the message names logical names alone. */
  readonly classId: number | undefined;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  readonly attribute: number;
  /** Never an array or a structure. Of a P1 telegram, the characters as they were sent. */
  readonly data: Data;
  /** What the number counts in, where the message itself or the trace says so. */
  readonly scalerUnit: ScalerUnit | undefined;
  readonly scaledBy: "message" | "trace" | "habit" | undefined;
  /** The maker's habit that says what the value is of, where the message does not. */
  readonly habit?: string | undefined;
  /** The unit in words, as P1 telegrams have it. */
  readonly unitText?: string | undefined;
  /** On the meter's clock: when the value was captured or sent; undefined where nothing tells. */
  readonly time: DateTime | undefined;
  /** The row of a profile that it stands in. */
  readonly row?: ProfileRow | undefined;
}

export interface ProfileRow {
  /** Logical name of the profile, 6 bytes. */
  readonly profile: Uint8Array;
  /** From 1, as the meter sent them. */
  readonly number: number;
  /** From 1. */
  readonly column: number;
  /** The time was not sent: it follows from the row before, and the capture period. */
  readonly isTimeReckoned: boolean;
  /** The value of the profile's column for status, where it has one. */
  readonly status: Data | undefined;
}

/** Whether the value stands alone, as those of readings do. */
export function isSimple({ type }: Data): boolean {
  return type !== "array" && type !== "structure" && type !== "compact-array";
}
