/** Moments and durations as the columns of the list show them. Figures stand under figures. */
import type { MomentView, Row, Settings } from "../../analyzer/protocol/index.js";

const secondsOfDay = 86_400;

/** `09:04:05.123456`: the time of day, in UTC, as captures keep it. */
export function clockText({ seconds, nanoseconds }: MomentView): string {
  const ofDay = ((seconds % secondsOfDay) + secondsOfDay) % secondsOfDay;
  const parts = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map(twoDigits);
  return `${parts.join(":")}.${microseconds(nanoseconds)}`;
}

/** `2026-01-02 09:04:05.123456`; the time alone where the capture knows no date. */
export function dateText(moment: MomentView): string {
  const clock = clockText(moment);
  if (!moment.dated) return clock;
  const date = new Date(moment.seconds * 1000);
  if (Number.isNaN(date.getTime())) return clock;
  return `${date.toISOString().slice(0, date.toISOString().indexOf("T"))} ${clock}`;
}

/** `0.004907`, `-12.5`: nanoseconds as seconds, to the microsecond. */
export function secondsText(nanoseconds: number): string {
  const micros = Math.round(Math.abs(nanoseconds) / 1000);
  const sign = nanoseconds < 0 && micros > 0 ? "−" : "";
  const fraction = String(micros % 1_000_000).padStart(6, "0");
  return `${sign}${Math.floor(micros / 1_000_000)}.${fraction}`;
}

/** `242 µs`, `41.2 ms`, `1.204 s`, `2 min 5 s`: three figures or a little more. */
export function durationText(nanoseconds: number): string {
  const size = Math.abs(nanoseconds);
  const sign = nanoseconds < 0 ? "−" : "";
  if (size < 999_500) return `${sign}${figures(size / 1e3)} µs`;
  if (size < 999_500_000) return `${sign}${figures(size / 1e6)} ms`;
  if (size < 60e9) return `${sign}${(size / 1e9).toFixed(3)} s`;
  const seconds = Math.round(size / 1e9);
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${sign}${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
}

/** The text of the time column; empty where the frame has no time. */
export function timeText(row: Row, format: Settings["timeFormat"]): string {
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

function microseconds(nanoseconds: number): string {
  // Cut, not rounded: a clock is not ahead of itself.
  return String(Math.floor(nanoseconds / 1000)).padStart(6, "0");
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function figures(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
