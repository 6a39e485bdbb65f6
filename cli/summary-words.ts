/** Times and counts of a summary in words. */
import {
  formatTimestamp,
  type ServerAddress,
  type SeverityCounts,
  type TimeSpan,
  type Timestamp,
} from "../analyzer/index.js";
import { count, unbroken } from "./text-layout.js";

/** `10:00:00.000000 to 10:00:03.250000 (3.250 s)`. */
export function describeSpan({ first, last, duration }: TimeSpan): string {
  const lasting = duration === undefined ? "" : ` (${unbroken(describeDuration(duration))})`;
  return `${unbroken(describeTime(first))} to ${unbroken(describeTime(last))}${lasting}`;
}

/** Down to the microsecond, as the text of a frame has it. */
function describeTime(time: Timestamp): string {
  const iso = formatTimestamp(time);
  const end = iso.indexOf(".") + 7;
  return time.dated ? `${iso.slice(0, 10)} ${iso.slice(11, end)}` : iso.slice(0, end);
}

/** `41.2 ms`, `3.250 s`, `12 min 3 s`, `2 h 5 min`. */
function describeDuration(nanoseconds: number): string {
  const seconds = nanoseconds / 1e9;
  if (seconds < 1) return `${describeMilliseconds(nanoseconds)} ms`;
  if (seconds < 60) return `${seconds.toFixed(3)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Three digits are enough to compare: `0.412`, `4.12`, `41.2`, `412`. */
export function describeMilliseconds(nanoseconds: number): string {
  const milliseconds = nanoseconds / 1e6;
  if (milliseconds < 1) return milliseconds.toFixed(3);
  if (milliseconds < 10) return milliseconds.toFixed(2);
  return milliseconds < 100 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
}

/** `16 -> 1/17`; undefined where the frames name nobody. */
export function describeParties(
  client: number | null,
  server: ServerAddress | null,
): string | undefined {
  if (client === null || server === null) return undefined;
  const { upper, lower } = server;
  return `${client} -> ${lower === undefined ? upper : `${upper}/${lower}`}`;
}

/** `1 error, 2 notes`; empty where nothing was found. */
export function describeFindings(counts: SeverityCounts): string {
  const words = [
    [counts.error, "error"],
    [counts.warning, "warning"],
    [counts.note, "note"],
    [counts.info, "info"],
  ] as const;
  return words
    .filter(([number]) => number > 0)
    .map(([number, word]) => (word === "info" ? `${number} info` : count(number, word)))
    .join(", ");
}
