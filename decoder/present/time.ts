import type { Timestamp } from "../chunk.js";

// Frames of a capture come many to the second: the part down to the second is made once for each.
let cachedSeconds = Number.NaN;
let cachedText = "";

/**
 * ISO 8601 in UTC with nine digits: `2026-01-02T03:04:05.123456789Z`. A moment whose date the
 * capture does not know is the time of day alone: `03:04:05.123000000`.
 */
export function formatTimestamp(time: Timestamp): string {
  const fraction = String(time.nanoseconds).padStart(9, "0");
  if (time.seconds !== cachedSeconds) {
    cachedSeconds = time.seconds;
    cachedText = new Date(time.seconds * 1000).toISOString().slice(0, -5);
  }
  return time.dated ? `${cachedText}.${fraction}Z` : `${cachedText.slice(11)}.${fraction}`;
}
