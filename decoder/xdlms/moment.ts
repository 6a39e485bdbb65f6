/** Moments that values hold, so that they can be compared. IEC 62056-6-2, Date and time formats. */

import type { Data } from "./data.js";
import { type DateTime, dateTimeLength, formatDateTime, isPlausibleDateTime } from "./date-time.js";

export interface Moment {
  /** Seconds since 1970-01-01T00:00:00 on the meter's clock, whatever its time zone. */
  readonly localSeconds: number;
  /** Minutes from local time to UTC; undefined where it is left open. */
  readonly deviation: number | undefined;
  /** The clock status; undefined where it is left open, and in a typed date-time. */
  readonly status: number | undefined;
}

/** A complete and possible moment, the seconds apart; undefined for every other value. */
export function readMoment(data: Data): Moment | undefined {
  if (data.type === "octet-string") return readBytes(data.value);
  return data.type === "date-time" ? readText(data.value) : undefined;
}

/** Seconds since 1970-01-01T00:00:00Z; undefined where the deviation is left open. */
export function toUtcSeconds({ localSeconds, deviation }: Moment): number | undefined {
  // UTC is local time plus deviation.
  return deviation === undefined ? undefined : localSeconds + deviation * 60;
}

/** 1 (Monday) to 7, as the standard counts; undefined for a date that leaves something open. */
export function weekdayOfBytes(bytes: Uint8Array): number | undefined {
  const moment = readBytes(bytes);
  if (moment === undefined) return undefined;
  const day = Math.floor(moment.localSeconds / 86_400);
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function readBytes(bytes: Uint8Array): Moment | undefined {
  if (bytes.length !== dateTimeLength || !isPlausibleDateTime(bytes)) return undefined;
  const at = (index: number) => bytes[index] ?? 0xff;
  const year = (at(0) << 8) | at(1);
  if (year === 0xffff || at(2) > 12 || at(3) > 31 || at(5) === 0xff || at(6) === 0xff) {
    return undefined;
  }
  const deviation = ((at(9) << 24) >> 16) | at(10);
  return {
    localSeconds: toSeconds(year, at(2), at(3), at(5), at(6), at(7) === 0xff ? 0 : at(7)),
    deviation: deviation === -0x8000 ? undefined : deviation,
    status: at(11) === 0xff ? undefined : at(11),
  };
}

const text = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d|\*)(?:\.\d\d)?(?:([+-])(\d\d):(\d\d)|\*)$/;

function readText(value: string): Moment | undefined {
  const parts = text.exec(value);
  if (parts === null) return undefined;
  const number = (index: number) => Number(parts[index] ?? 0);
  const second = parts[6] === "*" ? 0 : number(6);
  // The text has the offset from UTC; the deviation counts the other way.
  const minutes = number(8) * 60 + number(9);
  const deviation = parts[7] === undefined ? undefined : parts[7] === "+" ? -minutes : minutes;
  return {
    localSeconds: toSeconds(number(1), number(2), number(3), number(4), number(5), second),
    deviation,
    status: undefined,
  };
}

function toSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** The moment so many seconds later, as a date-time with the same deviation. */
export function formatLater({ localSeconds, deviation }: Moment, seconds: number): DateTime {
  const local = new Date(1000 * (localSeconds + seconds)).toISOString().slice(0, 19);
  if (deviation === undefined) return `${local}*`;
  // The deviation counts from local time to UTC, ISO 8601 the other way.
  const sign = deviation > 0 ? "-" : "+";
  const minutes = Math.abs(deviation);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${local}${sign}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** A date-time, also one that an octet-string holds, as text; undefined for any other value. */
export function readDateTime(data: Data | undefined): DateTime | undefined {
  if (data?.type === "date-time") return data.value;
  if (data?.type !== "octet-string" || !isPlausibleDateTime(data.value)) return undefined;
  return formatDateTime(data.value);
}
