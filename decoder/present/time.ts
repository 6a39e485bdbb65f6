import type { Timestamp } from "../chunk.js";
import type { TextBuffer } from "./text-buffer.js";

// Frames of a capture come many to the second: the part down to the second is made once for each.
let latest: Second = { seconds: Number.NaN, iso: "", spaced: "", clock: "" };

/** A second in the ways it is written. */
interface Second {
  readonly seconds: number;
  readonly iso: string;
  /** With a space between the date and the time of day. */
  readonly spaced: string;
  /** The time of day alone. */
  readonly clock: string;
}

/**
 * ISO 8601 in UTC with nine digits: `2026-01-02T03:04:05.123456789Z`. A moment whose date the
 * capture does not know is the time of day alone: `03:04:05.123000000`.
 */
export function formatTimestamp(time: Timestamp): string {
  const fraction = String(time.nanoseconds).padStart(9, "0");
  const { iso, clock } = secondOf(time);
  return time.dated ? `${iso}.${fraction}Z` : `${clock}.${fraction}`;
}

/**
 * As people read it: `2026-01-02 03:04:05.123456`, or the time of day alone. Microseconds are what a
 * person compares; nanoseconds only where they say something.
 */
export function writeShortTime(out: TextBuffer, time: Timestamp): void {
  const { spaced, clock } = secondOf(time);
  out.text(time.dated ? spaced : clock);
  out.byte(0x2e);
  if (time.nanoseconds % 1000 === 0) out.digits(time.nanoseconds / 1000, 6);
  else out.digits(time.nanoseconds, 9);
}

/** `2026-01-02 03:04:05.123`, or the time of day alone; what is less than a millisecond is left out. */
export function formatShortTime(time: Timestamp): string {
  const { spaced, clock } = secondOf(time);
  const milliseconds = String(Math.floor(time.nanoseconds / 1e6)).padStart(3, "0");
  return `${time.dated ? spaced : clock}.${milliseconds}`;
}

function secondOf({ seconds }: Timestamp): Second {
  if (seconds !== latest.seconds) {
    const iso = new Date(seconds * 1000).toISOString().slice(0, -5);
    const clock = iso.slice(11);
    latest = { seconds, iso, spaced: `${iso.slice(0, 10)} ${clock}`, clock };
  }
  return latest;
}
