import type { Timestamp } from "../../decoder/chunk.js";

/** A time found in a line. */
export interface TimeMark {
  readonly start: number;
  readonly end: number;
  readonly time: Timestamp;
}

const MILLENNIUM = 946_684_800;
const YEAR_2100 = 4_102_444_800;

/** hh:mm, with seconds, fraction, AM or PM; `:mmm` and `,mmm` only where no byte can be meant. */
const clock =
  /(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,12})|,(\d{6}|\d{3})(?![0-9A-Za-z])|:(\d{6}|\d{3})(?![0-9A-Fa-f]))?)?(?:[ ]?([AaPp])\.?[Mm]\.?(?![A-Za-z]))?/y;
const zone = /(?:Z|[ ]?(?:UTC|GMT)(?![A-Za-z])|([+-])(\d{2}):?(\d{2})(?!\d))/y;
const spacedZone = /[ ]([+-])(\d{2}):?(\d{2})(?![0-9A-Za-z])/y;
/** A column may lie between a date and its time. */
const afterDate = /[T_,;|]?[ \t]*-?[ \t]*/y;
const yearFirst = /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/y;
const yearLast = /(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/y;
const monthAndDay = /(\d{2})-(\d{2}) {1,2}(?=\d\d:\d\d:\d\d)/y;
const basic = /(\d{4})(\d{2})(\d{2})[T_-](\d{2})(\d{2})(\d{2})(?:[.,](\d{1,9}))?Z?(?![0-9A-Za-z])/y;
const dotted = /(\d{2})\.(\d{2})\.(\d{2})\.(\d{6}|\d{3})(?![0-9A-Za-z.])/y;
const named =
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? {1,2}(\d{1,2})|(\d{1,2})[ -](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})(?:,?[ -](\d{4})(?![\d:]))?,? (?=\d)/y;
const trailingYear = / (\d{4})(?![0-9A-Za-z:.-])/y;
const epoch = /(\d{10})(\d{3}|\d{6}|\d{9})?(?:[.,](\d{1,9}))?(?=[\s,;|\])]|$)/y;
const elapsed = /(\d{1,9})\.(\d{3,12})(?=[\s,;|\])]|$)/y;
/** Of months and weekdays. */
const dateInitials = "ADFJMNOSTW";
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Reads a time that begins at `at`: ISO 8601 and its relatives, day-first and US dates, month
 * names, a time of day. A date without a zone counts as UTC; a time of day alone is not dated.
 * `leading`: nothing but marks stands before it, so that seconds since 1970 or since the start of
 * the log may be meant, too. Null where there is none; a date alone is none.
 */
export function readTime(text: string, at: number, leading: boolean): TimeMark | null {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return readNumericTime(text, at, leading);
  return dateInitials.includes(text.charAt(at)) ? readNamedDate(text, at) : null;
}

/** Reads a time that is the whole of `text`. */
export function readWholeTime(text: string): Timestamp | null {
  const mark = readTime(text, 0, true);
  return mark !== null && mark.end === text.length ? mark.time : null;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readNumericTime(text: string, at: number, leading: boolean): TimeMark | null {
  const iso = match(yearFirst, text, at);
  const isoDays = iso === null ? null : utcDays(iso[1], iso[3], iso[4]);
  if (iso !== null) return readDated(text, at, at + iso[0].length, isoDays);
  const date = match(yearLast, text, at);
  const dated = date === null ? null : readDayFirst(text, at, date);
  if (dated !== null) return dated;
  if (match(monthAndDay, text, at) !== null) {
    const time = readClock(text, at + 6, at, null);
    if (time !== null) return time;
  }
  const time = readClock(text, at, at, null) ?? readDotted(text, at) ?? readBasic(text, at);
  if (time !== null) return time;
  const dayFirst = /[A-Z]/.test(text.slice(at + 2, at + 4)) ? readNamedDate(text, at) : null;
  return dayFirst ?? (leading ? readSeconds(text, at) : null);
}

function readDayFirst(text: string, at: number, date: RegExpExecArray): TimeMark | null {
  const [whole, first, separator, second, year = ""] = date;
  const end = at + whole.length;
  const fullYear = year.length === 2 ? `20${year}` : year;
  const time = readDated(text, at, end, utcDays(fullYear, second, first));
  const us =
    separator === "/" && (time === null || /[APap]\.?[Mm]/.test(text.slice(end, time.end)));
  return us ? (readDated(text, at, end, utcDays(fullYear, first, second)) ?? time) : time;
}

function readNamedDate(text: string, at: number): TimeMark | null {
  const date = match(named, text, at);
  if (date === null) return readDayNumberDate(text, at, null);
  return readDayNumberDate(text, at, date);
}

function readDayNumberDate(
  text: string,
  at: number,
  date: RegExpExecArray | null,
): TimeMark | null {
  if (date === null) return null;
  const month = String(months.indexOf(date[1] ?? date[4] ?? "") + 1);
  const day = date[2] ?? date[3];
  const end = at + date[0].length;
  const time = readClock(text, end, at, null);
  const year = date[5] ?? (time === null ? undefined : match(trailingYear, text, time.end)?.[1]);
  if (time === null || year === undefined) return time;
  const days = utcDays(year, month, day);
  if (days === null) return time;
  const dated = readClock(text, end, at, days);
  if (dated === null || date[5] !== undefined) return dated;
  return { ...dated, end: time.end + 5 };
}

/** Whole days since 1970; null where there is no such date. */
function utcDays(year = "", month = "", day = ""): number | null {
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number(year) < 1970 || Number(year) > 2200) return null;
  if (time.getUTCMonth() !== Number(month) - 1 || time.getUTCDate() !== Number(day)) return null;
  return time.getTime() / 86_400_000;
}

function readDated(text: string, start: number, end: number, days: number | null): TimeMark | null {
  if (days === null) return null;
  const gap = match(afterDate, text, end);
  const at = end + (gap === null ? 0 : gap[0].length);
  return at === end ? null : readClock(text, at, start, days);
}

function readClock(text: string, at: number, start: number, days: number | null): TimeMark | null {
  const found = match(clock, text, at);
  if (found === null) return null;
  const [whole, hour, minute, second, point, comma, colon, half] = found;
  if (second === undefined && days === null) return null;
  let end = at + whole.length;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const seconds = Number(second ?? 0);
  if (hours > 23 || Number(minute) > 59 || seconds > 60) return null;
  const fraction = point ?? comma ?? colon;
  const dayTime = hours * 3600 + Number(minute) * 60 + seconds;
  if (days === null) {
    if (text[end] === "Z") end += 1;
    return isFollowedByBytes(text, end, fraction)
      ? null
      : mark(start, end, dayTime, fraction, false);
  }
  const offset = match(zone, text, end) ?? match(spacedZone, text, end);
  let total = days * 86_400 + dayTime;
  if (offset !== null) {
    end += offset[0].length;
    const shift = Number(offset[2] ?? 0) * 3600 + Number(offset[3] ?? 0) * 60;
    total += offset[1] === "-" ? shift : -shift;
  }
  return isFollowedByBytes(text, end, fraction) ? null : mark(start, end, total, fraction, true);
}

/** `21:35:41:7E` and `21:35:41a` are no times. */
function isFollowedByBytes(text: string, end: number, fraction: string | undefined): boolean {
  if (/[0-9A-Za-z_]/.test(text.charAt(end))) return true;
  return fraction === undefined && /^[:.-][0-9A-Fa-f]{2}(?:[:.-]|$)/.test(text.slice(end, end + 4));
}

/** `04.41.34.417` */
function readDotted(text: string, at: number): TimeMark | null {
  const found = match(dotted, text, at);
  if (found === null) return null;
  const [whole, hour, minute, second, fraction] = found;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return mark(at, at + whole.length, seconds, fraction, false);
}

/** `20260102T030405Z` */
function readBasic(text: string, at: number): TimeMark | null {
  const found = match(basic, text, at);
  if (found === null) return null;
  const [whole, year, month, day, hour, minute, second, fraction] = found;
  const days = utcDays(year, month, day);
  if (days === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const dayTime = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return mark(at, at + whole.length, days * 86_400 + dayTime, fraction, true);
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970; seconds since some start. */
function readSeconds(text: string, at: number): TimeMark | null {
  const found = match(epoch, text, at);
  if (found !== null) {
    const seconds = Number(found[1]);
    if (seconds < MILLENNIUM || seconds > YEAR_2100) return null;
    return mark(at, at + found[0].length, seconds, found[2] ?? found[3], true);
  }
  const since = match(elapsed, text, at);
  if (since === null) return null;
  return mark(at, at + since[0].length, Number(since[1]), since[2], false);
}

function mark(
  start: number,
  end: number,
  seconds: number,
  fraction: string | undefined,
  dated: boolean,
): TimeMark {
  const nanoseconds = Number((fraction ?? "").padEnd(9, "0").slice(0, 9));
  return { start, end, time: { seconds, nanoseconds, dated } };
}
