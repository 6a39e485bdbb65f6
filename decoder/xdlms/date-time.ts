/** The 12, 5 and 4 bytes of date-time, date and time. IEC 62056-6-2, Date and time formats. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field } from "../core/fields.js";

/**
 * ISO 8601 with the deviation: `2019-12-16T07:59:40+01:00`. Hundredths stand behind the seconds
 * where the meter says any. `*` is what it left unspecified, the deviation included
 * (`2019-12-16T07:59:40*`). Beyond ISO 8601, where a date is a rule: `dstBegin` and `dstEnd` are
 * months, `last` and `secondLast` days, and the weekday of an incomplete date ends the text
 * (`*-03-lastT02:00:00* Sunday`). Impossible numbers stand as they were sent.
 */
export type DateTime = string;

/** The date part of a `DateTime`. */
export type CosemDate = string;

/** The time part of a `DateTime`, without a deviation. */
export type CosemTime = string;

export const dateTimeLength = 12;

const clause = "IEC 62056-6-2, Date and time formats";
const unspecified = "not specified";
const weekdays = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

const F = defineFields("date-time", {
  year: { name: "Year", values: { 65535: unspecified }, clause },
  month: {
    name: "Month",
    values: { 253: "daylight savings end", 254: "daylight savings begin", 255: unspecified },
    clause,
  },
  day: {
    name: "Day of month",
    values: { 253: "second last day of month", 254: "last day of month", 255: unspecified },
    clause,
  },
  weekday: {
    name: "Day of week",
    values: { ...Object.fromEntries(weekdays.map((name, i) => [i + 1, name])), 255: unspecified },
    clause,
  },
  hour: { name: "Hour", values: { 255: unspecified }, clause },
  minute: { name: "Minute", values: { 255: unspecified }, clause },
  second: { name: "Second", values: { 255: unspecified }, clause },
  hundredths: { name: "Hundredths of second", values: { 255: unspecified }, clause },
  deviation: {
    name: "Deviation",
    type: "int",
    values: { [-0x8000]: unspecified },
    clause,
    meaning: "Minutes from local time to UTC: UTC is local time plus deviation",
  },
  clockStatus: { name: "Clock status", base: "hex", values: { 255: unspecified }, clause },
  "clockStatus.invalidValue": { name: "Invalid value", mask: 0x01, clause },
  "clockStatus.doubtfulValue": { name: "Doubtful value", mask: 0x02, clause },
  "clockStatus.differentClockBase": { name: "Different clock base", mask: 0x04, clause },
  "clockStatus.invalidClockStatus": { name: "Invalid clock status", mask: 0x08, clause },
  "clockStatus.reserved": { name: "Reserved", mask: 0x70, clause },
  "clockStatus.daylightSavingActive": { name: "Daylight saving active", mask: 0x80, clause },
});

const clockStatusBits: readonly Field[] = [
  F["clockStatus.invalidValue"],
  F["clockStatus.doubtfulValue"],
  F["clockStatus.differentClockBase"],
  F["clockStatus.invalidClockStatus"],
  F["clockStatus.reserved"],
  F["clockStatus.daylightSavingActive"],
];

const D = defineDiagnostics("data", {
  "impossible-date": {
    severity: "warning",
    group: "protocol",
    message: "The date or time does not exist",
    clause,
    check: "Is the meter's clock set? Are these bytes a date at all?",
  },
});

/** Reads the 12 bytes of a date-time, each part a leaf. Impossible parts are reported. */
export function decodeDateTime(c: Cursor): DateTime {
  const start = c.offset;
  decodeDateParts(c);
  decodeTimeParts(c);
  const deviation = c.signed(F.deviation, 2);
  if (c.recording && deviation !== -0x8000) c.note(`UTC${formatDeviation(deviation)}`);
  if (!isDeviation(deviation)) reportImpossible(c, 2, "deviation", deviation);
  if (c.peek() === 0xff) c.u8(F.clockStatus);
  else c.u8Bits(F.clockStatus, clockStatusBits);
  return formatDateTime(c.bytes, start);
}

/** Reads the 5 bytes of a date, each part a leaf. Impossible parts are reported. */
export function decodeDate(c: Cursor): CosemDate {
  const start = c.offset;
  decodeDateParts(c);
  return formatDate(c.bytes, start) + formatRuleWeekday(c.bytes, start);
}

/** Reads the 4 bytes of a time, each part a leaf. Impossible parts are reported. */
export function decodeTime(c: Cursor): CosemTime {
  const start = c.offset;
  decodeTimeParts(c);
  return formatTime(c.bytes, start);
}

/** The 12 bytes at `at` as text; they must be there, and need not be possible. */
export function formatDateTime(bytes: Uint8Array, at = 0): DateTime {
  const deviation = readDeviation(bytes, at);
  const zone = deviation === -0x8000 ? "*" : formatDeviation(deviation);
  const weekday = formatRuleWeekday(bytes, at);
  return `${formatDate(bytes, at)}T${formatTime(bytes, at + 5)}${zone}${weekday}`;
}

/**
 * Whether 12 bytes can be meant as a date-time: every part in its range, year and hour not both
 * open. Day of week 0, which many meters send, passes.
 */
export function isPlausibleDateTime(bytes: Uint8Array): boolean {
  if (bytes.length !== dateTimeLength) return false;
  const year = readYear(bytes, 0);
  const month = bytes[2] ?? 0;
  const weekday = bytes[4] ?? 0;
  const hour = bytes[5] ?? 0;
  if (year === 0xffff ? hour === 0xff : year < 1990 || year > 2099) return false;
  return (
    isMonth(month) &&
    isDay(year, month, bytes[3] ?? 0) &&
    (weekday <= 7 || weekday === 0xff) &&
    isBelow(24, hour) &&
    isBelow(60, bytes[6] ?? 0) &&
    isBelow(60, bytes[7] ?? 0) &&
    isBelow(100, bytes[8] ?? 0) &&
    isDeviation(readDeviation(bytes, 0))
  );
}

function decodeDateParts(c: Cursor): void {
  const year = c.u16(F.year);
  const month = c.u8(F.month);
  if (!isMonth(month)) reportImpossible(c, 1, "month", month);
  const day = c.u8(F.day);
  if (!isDay(year, month, day)) reportImpossible(c, 1, "day", day);
  const weekday = c.u8(F.weekday);
  if (weekday === 0 || (weekday > 7 && weekday !== 0xff)) {
    reportImpossible(c, 1, "day of week", weekday);
  } else if (c.recording && weekday !== 0xff) {
    const actual = weekdayOf(year, month, day);
    if (actual !== undefined && actual !== weekday) c.note(`that day is a ${weekdays[actual - 1]}`);
  }
}

function decodeTimeParts(c: Cursor): void {
  const hour = c.u8(F.hour);
  if (!isBelow(24, hour)) reportImpossible(c, 1, "hour", hour);
  const minute = c.u8(F.minute);
  if (!isBelow(60, minute)) reportImpossible(c, 1, "minute", minute);
  const second = c.u8(F.second);
  if (!isBelow(60, second)) reportImpossible(c, 1, "second", second);
  const hundredths = c.u8(F.hundredths);
  if (!isBelow(100, hundredths)) reportImpossible(c, 1, "hundredths", hundredths);
}

function reportImpossible(c: Cursor, size: number, part: string, value: number): void {
  c.report(D["impossible-date"], c.offset - size, c.offset, `${part} ${value}`);
}

function isMonth(month: number): boolean {
  return (month >= 1 && month <= 12) || month >= 0xfd;
}

function isDay(year: number, month: number, day: number): boolean {
  return (day >= 1 && day <= daysOf(year, month)) || day >= 0xfd;
}

/** The most days that the month can have; 31 where the month is open. */
function daysOf(year: number, month: number): number {
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  if (month !== 2) return 31;
  const leap = year === 0xffff || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  return leap ? 29 : 28;
}

/** Below the limit, or not specified. */
function isBelow(limit: number, value: number): boolean {
  return value < limit || value === 0xff;
}

/** UTC-12:00 to UTC+14:00 are the time zones of the world; either sign is met in the field. */
function isDeviation(minutes: number): boolean {
  return Math.abs(minutes) <= 840 || minutes === -0x8000;
}

/** 1 (Monday) to 7 of a complete date of the Gregorian calendar, by Zeller's congruence. */
function weekdayOf(year: number, month: number, day: number): number | undefined {
  if (year === 0xffff || month > 12 || month < 1 || day > daysOf(year, month)) return undefined;
  const y = month < 3 ? year - 1 : year;
  const m = month < 3 ? month + 12 : month;
  const century = Math.floor(y / 100);
  const yearOfCentury = y % 100;
  const fromSaturday =
    day +
    Math.floor((13 * (m + 1)) / 5) +
    yearOfCentury +
    Math.floor(yearOfCentury / 4) +
    Math.floor(century / 4) +
    5 * century;
  return ((fromSaturday + 5) % 7) + 1;
}

function readYear(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function readDeviation(bytes: Uint8Array, at: number): number {
  return (((bytes[at + 9] ?? 0) << 24) >> 16) | (bytes[at + 10] ?? 0);
}

function formatDate(bytes: Uint8Array, at: number): string {
  const year = readYear(bytes, at);
  const yearText = year === 0xffff ? "*" : String(year).padStart(4, "0");
  return `${yearText}-${formatMonth(bytes[at + 2] ?? 0)}-${formatDay(bytes[at + 3] ?? 0)}`;
}

function formatMonth(month: number): string {
  return month === 0xfe ? "dstBegin" : month === 0xfd ? "dstEnd" : formatPart(month);
}

function formatDay(day: number): string {
  return day === 0xfe ? "last" : day === 0xfd ? "secondLast" : formatPart(day);
}

function formatTime(bytes: Uint8Array, at: number): string {
  const hundredths = bytes[at + 3] ?? 0xff;
  const fraction = hundredths === 0 || hundredths === 0xff ? "" : `.${formatPart(hundredths)}`;
  const minutes = `${formatPart(bytes[at] ?? 0)}:${formatPart(bytes[at + 1] ?? 0)}`;
  return `${minutes}:${formatPart(bytes[at + 2] ?? 0)}${fraction}`;
}

function formatPart(value: number): string {
  return value === 0xff ? "*" : value < 10 ? `0${value}` : String(value);
}

/** The weekday of a date that names no day: without it the rule would be another. */
function formatRuleWeekday(bytes: Uint8Array, at: number): string {
  const open = readYear(bytes, at) === 0xffff || !isDayNumber(bytes[at + 2], bytes[at + 3]);
  const name = weekdays[(bytes[at + 4] ?? 0) - 1];
  return open && name !== undefined ? ` ${name}` : "";
}

function isDayNumber(month = 0, day = 0): boolean {
  return month < 0xfd && day < 0xfd;
}

/** The offset from UTC as ISO 8601 writes it; the deviation counts the other way. */
function formatDeviation(deviation: number): string {
  const minutes = Math.abs(deviation);
  const sign = deviation > 0 ? "-" : "+";
  return `${sign}${formatPart(Math.floor(minutes / 60))}:${formatPart(minutes % 60)}`;
}
