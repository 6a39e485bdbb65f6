/** The clock status at the end of a date-time, in words. IEC 62056-6-2, Date and time formats. */
import { dateTimeLength, formatDateTime } from "./date-time.js";

const words: readonly (readonly [bit: number, word: string])[] = [
  [0x01, "invalid value"],
  [0x02, "doubtful value"],
  [0x04, "different clock base"],
  [0x08, "invalid clock status"],
  [0x80, "daylight saving active"],
];

/** What a clock status says; nothing where it is not specified. */
export function describeClockStatus(status: number): string[] {
  if (status === 0xff) return [];
  return words.flatMap(([bit, word]) => ((status & bit) === 0 ? [] : [word]));
}

/** The 12 bytes of a date-time as text, and what its status says behind it. */
export function describeDateTime(bytes: Uint8Array): string {
  const status = bytes[dateTimeLength - 1] ?? 0xff;
  return [formatDateTime(bytes), ...describeClockStatus(status)].join(", ");
}
