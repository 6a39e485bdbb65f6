/**
 * A run of bytes in hex: `7E A0 07`, `7EA007`, `7E:A0:07`, `0x7E, 0xA0`, `\x7e\xa0`, `7Eh A0h`.
 *
 * Strategy. Groups of hex digits are read one by one; the first separator decides how the others
 * look. A group that touches a letter or another kind of mark is part of a word, a date, a time or
 * an identifier, and ends the run before it. Everything is one pass forward, whatever the text.
 */

import { isBlankAt, isWordAt, nibbleAt, skipBlanks } from "./characters.js";
import { isTextColumn } from "./text-column.js";

export interface HexRun {
  readonly start: number;
  /** Behind the last group, and behind a separator that ends it (`7E.A0.`). */
  readonly end: number;
  readonly bytes: Uint8Array;
  readonly groups: number;
  /** What stands between the groups; empty where there is one group. */
  readonly separator: string;
  /** Each byte is marked as hex: `0x7E`, `\x7e`, `7Eh`. */
  readonly marked: boolean;
  /** All groups have two digits. */
  readonly pairs: boolean;
  /** 0 to 9 only: it may be a number. */
  readonly decimalOnly: boolean;
  /** a to f only: it may be a word. */
  readonly lettersOnly: boolean;
  /** Value of the digit that is left over at the end of the run. */
  readonly oddDigit: number | null;
  /** The run ends with its comma: a list that goes on in the next line. */
  readonly trailingComma: boolean;
}

type Mark = "none" | "0x" | "\\x" | "h";

interface Group {
  /** First digit. */
  readonly digits: number;
  readonly length: number;
  /** Behind the group, its `h` included. */
  readonly end: number;
  readonly mark: Mark;
}

/** Whether a run may begin here: not inside a word, a path, a number or a version. */
export function mayStartRun(text: string, at: number): boolean {
  if (at === 0) return true;
  if (isWordAt(text, at - 1)) return false;
  const before = text[at - 1] ?? "";
  if ("./\\@%+&*^~!".includes(before)) return false;
  if (before === "-" && at >= 2 && isWordAt(text, at - 2)) return false;
  // In the middle of `7E:A0:07` all that could be read has been tried.
  if (before === ":" && text[at - 4] === ":" && nibbleAt(text, at - 2) >= 0) return false;
  if (before === "(" && nibbleAt(text, at - 2) >= 0) return false;
  return true;
}

/**
 * Reads the run that begins at `start`; null where there is none of a whole byte. `unpadded`:
 * single digits may be bytes, too.
 */
export function readHexRun(text: string, start: number, unpadded = true): HexRun | null {
  return readEvenRun(text, start) ?? readAnyRun(text, start, unpadded);
}

/** Where a row of groups of one or two digits ends that begins at `start`. */
export function skipShortGroups(text: string, start: number): number {
  let end = start;
  for (let at = start; ; ) {
    const group = readGroup(text, at);
    if (group === null || group.mark !== "none" || group.length > 2) return end;
    end = group.end;
    const separator = readSeparator(text, end);
    if (separator === null) return end;
    at = separator.end;
  }
}

/** The common case, fast: pairs up to the end of the line, all with one blank between or none. */
function readEvenRun(text: string, start: number): HexRun | null {
  const end = text.length;
  const step = text.charCodeAt(start + 2) === 0x20 ? 3 : 2;
  const length = end - start;
  if (length < 5 || (length + step - 2) % step !== 0) return null;
  let digits = 0;
  let letters = 0;
  for (let at = start; at < end; at += step) {
    const high = nibbleAt(text, at);
    const low = nibbleAt(text, at + 1);
    if (high < 0 || low < 0 || (step === 3 && at + 2 < end && text.charCodeAt(at + 2) !== 0x20)) {
      return null;
    }
    digits |= high < 10 || low < 10 ? 1 : 0;
    letters |= high > 9 || low > 9 ? 1 : 0;
  }
  const bytes = new Uint8Array((length + step - 2) / step);
  for (let at = start, index = 0; at < end; at += step, index += 1) {
    bytes[index] = (nibbleAt(text, at) << 4) | nibbleAt(text, at + 1);
  }
  return {
    start,
    end,
    bytes,
    groups: step === 3 ? bytes.length : 1,
    separator: step === 3 ? " " : "",
    marked: false,
    pairs: step === 3,
    decimalOnly: letters === 0,
    lettersOnly: digits === 0,
    oddDigit: null,
    trailingComma: false,
  };
}

function readAnyRun(text: string, start: number, unpadded: boolean): HexRun | null {
  const first = readGroup(text, start);
  if (first === null) return null;
  let separator = "";
  let end = start;
  let count = 0;
  let groups = 0;
  let pairs = true;
  let longest = 0;
  let singles = 0;
  /** The run as it was before its first single digit. */
  let beforeSingle: { end: number; groups: number; count: number; pairs: boolean } | null = null;
  let odd = false;
  let oddDigit = 0;
  let trailingComma = false;
  let group: Group | null = first;
  while (group !== null && group.mark === first.mark) {
    const { length } = group;
    const single = length === 1 && group.mark !== "0x";
    if (length % 2 === 1 && !single && group.mark === "none") {
      if (!endsLine(text, group.end) || length < (groups === 0 ? 7 : 3)) break;
      count += (length - 1) / 2;
      groups += 1;
      pairs = false;
      odd = true;
      oddDigit = nibbleAt(text, group.end - 1);
      end = group.end;
      break;
    }
    if (group.mark !== "none" && length > 2 && (length % 2 === 1 || groups > 0)) break;
    if (single) beforeSingle ??= { end, groups, count, pairs };
    const next = readSeparator(text, group.end);
    if (single && !unpadded && next !== null) break;
    const joins = next !== null && (separator === "" || next.kind === separator);
    if (!joins && !isBounded(text, group.end)) break;
    if (joins && isPunctuation(next.kind) && length !== 2) break;
    count += Math.ceil(length / 2);
    groups += 1;
    singles += single ? 1 : 0;
    pairs &&= length === 2;
    longest = Math.max(longest, length);
    end = group.end;
    if (!joins) {
      if (separator.trim() !== "" && text[end] === separator) {
        trailingComma = separator === ",";
        end += 1;
      } else if (groups === 1 && text[end] === ",") trailingComma = endsLine(text, end + 1);
      break;
    }
    if (next.wide && isBeforeText(text, start, group.end, count)) break;
    separator = next.kind;
    group = readGroup(text, next.end);
    if (group === null || (isPunctuation(separator) && !isPairOf(text, group, separator))) {
      // `7E-A0-` at the end of a line, or a punctuation mark that belongs to what follows.
      if (isPunctuation(separator) && group !== null && first.mark === "none") return null;
      break;
    }
  }
  if (beforeSingle !== null && singles > 0) {
    const lone =
      singles === 1 && nibbleAt(text, end - 1) >= 0 && beforeSingle.groups === groups - 1;
    if (lone) {
      odd = endsLine(text, end);
      oddDigit = nibbleAt(text, end - 1);
      ({ groups, count, pairs } = beforeSingle);
      if (!odd) end = beforeSingle.end;
    } else if (!isUnpadded(text, start, end, groups, singles, longest, beforeSingle.groups)) {
      ({ end, groups, count, pairs } = beforeSingle);
    } else {
      pairs = true;
    }
  }
  if (count === 0) return null;
  const bytes = new Uint8Array(count);
  const { digits, letters } = fill(bytes, text, start, end);
  return {
    start,
    end,
    bytes,
    groups,
    separator: groups > 1 ? separator : "",
    marked: first.mark !== "none",
    pairs,
    decimalOnly: !letters,
    lettersOnly: !digits,
    oddDigit: odd ? oddDigit : null,
    trailingComma,
  };
}

function readGroup(text: string, at: number): Group | null {
  let digits = at;
  let mark: Mark = "none";
  const code = text.charCodeAt(at);
  if (code === 0x30 && (text.charCodeAt(at + 1) | 0x20) === 0x78) {
    mark = "0x";
    digits = at + 2;
  } else if (code === 0x5c) {
    if ((text.charCodeAt(at + 1) | 0x20) !== 0x78) return null;
    mark = "\\x";
    digits = at + 2;
  }
  let end = digits;
  while (nibbleAt(text, end) >= 0 && (mark !== "\\x" || end < digits + 2)) end += 1;
  const length = end - digits;
  if (length === 0) return null;
  if (mark === "none" && length === 2 && (text.charCodeAt(end) | 0x20) === 0x68) {
    mark = "h";
    end += 1;
  }
  return { digits, length, end, mark };
}

interface Separator {
  /** A blank, `,`, `;`, `.`, `:`, `-`, or nothing (between `\x` groups). */
  readonly kind: string;
  /** Where the next group begins. */
  readonly end: number;
  /** Two blanks or a tab: a column may begin. */
  readonly wide: boolean;
}

/** The separator at `at`, if a digit or a mark follows it. */
function readSeparator(text: string, at: number): Separator | null {
  let end = skipBlanks(text, at);
  let kind = end > at ? " " : "";
  const wide = end - at > 1 || text.charCodeAt(at) === 0x09;
  const code = text.charCodeAt(end);
  if (code === 0x2c || code === 0x3b) {
    kind = code === 0x2c ? "," : ";";
    end = skipBlanks(text, end + 1);
  } else if (kind === "" && (code === 0x2e || code === 0x3a || code === 0x2d)) {
    kind = text.charAt(end);
    end += 1;
  }
  const next = text.charCodeAt(end);
  if (nibbleAt(text, end) < 0 && next !== 0x5c) return null;
  if (next === 0x5c && (text.charCodeAt(end + 1) | 0x20) !== 0x78) return null;
  if (kind === "" && next !== 0x5c) return null;
  return { kind, end, wide };
}

function isPunctuation(separator: string): boolean {
  return separator === "." || separator === ":" || separator === "-";
}

/** Inside `7E.A0.07` every group is one byte, up to the end of the token. */
function isPairOf(text: string, group: Group, separator: string): boolean {
  if (group.length !== 2) return false;
  return text[group.end] === separator || isBounded(text, group.end);
}

/** Whether what stands at `at` ends a group, so that the group is no part of something longer. */
function isBounded(text: string, at: number): boolean {
  if (at >= text.length || isBlankAt(text, at)) return true;
  if (isWordAt(text, at)) return false;
  const mark = text.charAt(at);
  if (".:-".includes(mark)) return !isWordAt(text, at + 1);
  if (mark === "/" || mark === "\\") return text[at + 1] === "/" || endsLine(text, at + 1);
  return !"(=%*@+&#~^$°".includes(mark);
}

function endsLine(text: string, at: number): boolean {
  let end = skipBlanks(text, at);
  while (".…\"'`)]}>,;".includes(text[end] ?? "-")) end += 1;
  return skipBlanks(text, end) >= text.length;
}

/** Whether what follows the gap at `at` shows the bytes before it as text. */
function isBeforeText(text: string, start: number, at: number, count: number): boolean {
  const column = skipBlanks(text, at);
  if (text.length - column > count + 4 || text.length - column < count) return false;
  const bytes = new Uint8Array(count);
  fill(bytes, text, start, at);
  return isTextColumn(text.slice(column).trimEnd(), bytes);
}

/**
 * Whether single digits are bytes without their zero (`7E A0 7 3 21`) and not numbers: a single
 * digit that only begins the line counts it.
 */
function isUnpadded(
  text: string,
  start: number,
  end: number,
  groups: number,
  singles: number,
  longest: number,
  before: number,
): boolean {
  if (longest > 2 || groups < 4 || singles * 2 > groups) return false;
  if (singles === 1 && before === 0) return false;
  return hasLetter(text, start, end);
}

function hasLetter(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (nibbleAt(text, at) > 9) return true;
  return false;
}

/** Decodes the groups between `start` and `end`, as many as there is room for. */
function fill(
  bytes: Uint8Array,
  text: string,
  start: number,
  end: number,
): { digits: boolean; letters: boolean } {
  let digits = false;
  let letters = false;
  let at = start;
  for (let i = 0; i < bytes.length; ) {
    let high = nibbleAt(text, at);
    if (high === 0 && (text.charCodeAt(at + 1) | 0x20) === 0x78) high = -1;
    if (high < 0) {
      if (at >= end) break;
      const marked = (text.charCodeAt(at + 1) | 0x20) === 0x78;
      at += marked ? 2 : 1;
      continue;
    }
    if (high > 9) letters = true;
    else digits = true;
    const low = at + 1 < end ? nibbleAt(text, at + 1) : -1;
    if (low > 9) letters = true;
    else if (low >= 0) digits = true;
    bytes[i] = low < 0 ? high : (high << 4) | low;
    i += 1;
    at += low < 0 ? 1 : 2;
  }
  return { digits, letters };
}
