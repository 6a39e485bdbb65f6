/** Times as the list shows them. */
import type { MomentView, Settings } from "../../analyzer/protocol/index.js";

const two = (number: number) => String(number).padStart(2, "0");

/** `12:34:56.123456`, with its date, or seconds since the time reference or the row before. */
export function timeText(
  row: {
    readonly time: MomentView | null;
    readonly delta: number | null;
    readonly sinceReference: number | null;
  },
  format: Settings["timeFormat"],
): string {
  switch (format) {
    case "clock":
      return row.time === null ? "" : clockText(row.time);
    case "date":
      return row.time === null ? "" : dateText(row.time);
    case "since-reference":
      return row.sinceReference === null ? "" : secondsText(row.sinceReference);
    case "delta":
      return row.delta === null ? "" : secondsText(row.delta);
  }
}

/** UTC, to the microsecond. */
export function clockText({ seconds, nanoseconds }: MomentView): string {
  const ofDay = ((seconds % 86_400) + 86_400) % 86_400;
  const clock = `${two(Math.floor(ofDay / 3600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)}`;
  return `${clock}.${String(Math.floor(nanoseconds / 1000)).padStart(6, "0")}`;
}

/** `2026-01-02 03:04:05.123456`; the time of day alone where no date is known. */
export function dateText(time: MomentView): string {
  if (!time.dated) return clockText(time);
  return `${new Date(time.seconds * 1000).toISOString().slice(0, 10)} ${clockText(time)}`;
}

/** Seconds to the microsecond. */
export function secondsText(nanoseconds: number): string {
  return (nanoseconds / 1e9).toFixed(6);
}

/** `0.412 ms`, `41.2 ms`, `1.250 s`. */
export function durationText(nanoseconds: number): string {
  const milliseconds = nanoseconds / 1e6;
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(3)} s`;
  if (milliseconds >= 100) return `${milliseconds.toFixed(0)} ms`;
  return milliseconds >= 10 ? `${milliseconds.toFixed(1)} ms` : `${milliseconds.toFixed(3)} ms`;
}
