/**
 * One line of a log: which part is time, which is direction, which is bytes, which is words.
 *
 * Strategy. Notations that are unmistakable come first (JSON, XML, byte strings, lists, columns);
 * else the longest run of hex that is no time is looked for. What stands before it gives time and
 * direction; the words that are left judge whether bytes are meant at all (label.ts).
 */

import type { Timestamp } from "../../decoder/chunk.js";
import { continueByteArray, findByteArray } from "./byte-array.js";
import { findByteLiteral } from "./byte-literal.js";
import { NOWHERE, placesOfHex } from "./byte-places.js";
import { isWordAt, nibbleAt, skipBlanks } from "./characters.js";
import { directionOfWord } from "./direction.js";
import type { FoundBytes } from "./found-bytes.js";
import { type HexRun, mayStartRun, readHexRun, skipShortGroups } from "./hex-run.js";
import { readJsonLine } from "./json-line.js";
import { areMeantAsBytes } from "./label.js";
import { counterPattern, readLabel } from "./label-words.js";
import { type LineContent, type LineContext, type LinePiece, plainPiece } from "./line-content.js";
import { readTableRow } from "./table.js";
import { isTextColumn } from "./text-column.js";
import { readTime, type TimeMark } from "./time.js";
import { readXmlLine } from "./xml-line.js";

const ESC = String.fromCharCode(0x1b);
/** Colours of terminals, also where a forum has eaten the escape character. */
const colours = new RegExp(`${ESC}\\[[0-9;?]{0,16}[A-Za-z]|\\[\\d{1,2}(?:;\\d{1,3}){0,4}m`, "g");
const longestComment = 200;
const longestHeading = 160;
const remarkOpener = /^[\s/#;|,.*"'`)\]}>-]+/;

/** Reads a line; `context` is what the lines before tell of it. */
export function readLine(line: string, context: LineContext): LineContent {
  const plain = line.includes("[") ? line.replace(colours, "") : line;
  const content = readPlain(plain.trimEnd(), context);
  return context.placed && plain !== line ? placeInColours(line, content) : content;
}

/** The characters of the line that are left without its colours are counted with them. */
function placeInColours(line: string, content: LineContent): LineContent {
  if (content.kind !== "bytes") return content;
  const kept: number[] = [];
  let from = 0;
  for (const { index, 0: colour } of [...line.matchAll(colours), { index: line.length, 0: "" }]) {
    for (let at = from; at < index; at += 1) kept.push(at);
    from = index + colour.length;
  }
  const pieces = content.pieces.map((piece) => ({
    ...piece,
    places:
      piece.places?.map((at, index) => {
        const original = kept[index % 2 === 0 ? at : at - 1];
        return original === undefined ? NOWHERE : original + (index % 2);
      }) ?? null,
  }));
  return { kind: "bytes", pieces };
}

function readPlain(text: string, context: LineContext): LineContent {
  const start = skipBlanks(text, 0);
  if (start >= text.length) return { kind: "blank" };
  if (context.joins === 10 || context.joins === 16) {
    const found = continueByteArray(text, context.joins, context.placed);
    if (found !== null) {
      const { bytes, places, openBase } = found;
      return bytesOf([{ ...plainPiece, bytes, places, goesOn: openBase }]);
    }
  }
  const whole = readPlainLine(text, start, context);
  if (whole !== null) return whole;
  const structured = readStructured(text, context);
  if (structured !== null) return structured;
  const { time, run } = survey(text, context);
  if (run !== null) {
    const piece = describe(text, asFound(run), time, context);
    if (piece !== null) return bytesOf([piece]);
  }
  return readWords(text, time);
}

function bytesOf(pieces: readonly LinePiece[]): LineContent {
  return { kind: "bytes", pieces };
}

/** The plain case: nothing but hex. */
function readPlainLine(text: string, start: number, context: LineContext): LineContent | null {
  if (nibbleAt(text, start) < 0) return null;
  const run = readHexRun(text, start);
  if (run === null || run.decimalOnly || skipBlanks(text, run.end) < text.length) return null;
  if (isCounted(text, context)) return null;
  const piece = describe(text, asFound(run), null, context);
  return piece === null ? null : bytesOf([piece]);
}

function readStructured(text: string, context: LineContext): LineContent | null {
  if (text.includes("{")) {
    const pieces = readJsonLine(text, context.placed);
    if (pieces !== null) return bytesOf(withSurroundings(text, "{", pieces));
  }
  if (text.includes("<")) {
    const pieces = readXmlLine(text, context.placed);
    if (pieces !== null) return bytesOf(withSurroundings(text, "<", pieces));
  }
  const candidates: FoundBytes[] = [];
  const literal = /["'\\]/.test(text) ? findByteLiteral(text, context.placed) : null;
  if (literal !== null) candidates.push(literal);
  const list = /[[{(<]/.test(text) ? findByteArray(text, context.placed) : null;
  if (list !== null) candidates.push(list);
  for (const found of candidates) {
    const time = findTime(text, 0, found.start) ?? findTime(text, found.end, text.length);
    const piece = describe(text, found, time, context);
    if (piece !== null) return bytesOf([piece]);
  }
  const row = /[\t|;,]/.test(text) ? readTableRow(text, context.placed) : null;
  return row === null ? null : bytesOf([row]);
}

/** Time and direction may stand before the JSON or XML of a line. */
function withSurroundings(text: string, opener: string, pieces: readonly LinePiece[]): LinePiece[] {
  const start = text.indexOf(opener);
  if (text.slice(0, start).trim() === "") return [...pieces];
  const time = findTime(text, 0, start);
  const prefix = withoutTime(text, 0, start, time);
  const { direction } = readLabel(prefix).said;
  return pieces.map((piece) => ({
    ...piece,
    time: piece.time ?? time?.time ?? null,
    direction: piece.direction ?? direction,
  }));
}

function asFound(run: HexRun): FoundBytes {
  const nature = run.marked
    ? run.groups > 1 || run.bytes.length >= 6
      ? "certain"
      : "number"
    : run.decimalOnly
      ? "number"
      : run.lettersOnly
        ? "word"
        : "plain";
  const openBase = run.trailingComma && (run.marked || run.groups > 2) ? 16 : null;
  return {
    start: run.start,
    end: run.end,
    bytes: run.bytes,
    nature,
    groups: run.groups,
    pairs: run.pairs,
    separator: run.separator,
    oddDigit: run.oddDigit,
    openBase,
    places: null,
  };
}

/** The first time of the line, and the longest run of hex beside it. */
function survey(text: string, context: LineContext): { time: TimeMark | null; run: HexRun | null } {
  let time: TimeMark | null = null;
  let run: HexRun | null = null;
  let leading = true;
  let numbersEnd = 0;
  let at = isCounted(text, context) ? skipNumber(text) : 0;
  while (at < text.length) {
    if (!isWordAt(text, at) && text[at] !== "\\") {
      at += 1;
      continue;
    }
    const mayStart = mayStartRun(text, at);
    const clock: TimeMark | null = time === null && mayStart ? readTime(text, at, leading) : null;
    if (clock !== null) {
      time = clock;
      at = clock.end;
      continue;
    }
    const found = mayStart ? readHexRun(text, at, at >= numbersEnd) : null;
    if (found === null) {
      // Numbers that are no bytes from here on are not tried again from each of them.
      if (mayStart && at >= numbersEnd) numbersEnd = skipShortGroups(text, at);
      if (leading && !isMarkAt(text, at)) leading = false;
      at = skipWord(text, at);
      continue;
    }
    if (run === null || weight(found) >= weight(run)) run = found;
    leading = false;
    at = Math.max(found.end, at + 1);
  }
  if (
    run === null &&
    time !== null &&
    context.colons &&
    /[<>]{2}\s*$/.test(text.slice(0, time.start))
  ) {
    return { time: null, run: readHexRun(text, time.start) };
  }
  return { time, run };
}

function weight(run: HexRun): number {
  return run.bytes.length + (run.decimalOnly || run.lettersOnly ? 0 : 0.5);
}

/** A direction mark before a time leaves the time the leading one. */
function isMarkAt(text: string, at: number): boolean {
  return directionOfWord(text.slice(at, Math.min(skipWord(text, at), at + 12))) !== null;
}

function skipWord(text: string, at: number): number {
  let end = at + 1;
  while (isWordAt(text, end)) end += 1;
  return end;
}

function findTime(text: string, start: number, end: number): TimeMark | null {
  let leading = start === 0;
  for (let at = start; at < end; ) {
    if (!isWordAt(text, at)) {
      at += 1;
      continue;
    }
    const time = mayStartRun(text, at) ? readTime(text, at, leading) : null;
    if (time !== null && time.end <= end) return time;
    if (leading && !isMarkAt(text, at)) leading = false;
    at = skipWord(text, at);
  }
  return null;
}

/** Whether the line begins with the number that follows on that of the line before. */
function isCounted(text: string, context: LineContext): boolean {
  if (context.counterBefore === null) return false;
  return Number(counterPattern.exec(text)?.[1] ?? Number.NaN) === context.counterBefore + 1;
}

function skipNumber(text: string): number {
  return counterPattern.exec(text)?.[0].length ?? 0;
}

function withoutTime(text: string, start: number, end: number, time: TimeMark | null): string {
  if (time === null || time.start < start || time.start >= end) return text.slice(start, end);
  return `${text.slice(start, time.start)} ${text.slice(Math.min(time.end, end), end)}`;
}

/** Puts the bytes together with what the line says of them; null where no bytes are meant. */
function describe(
  text: string,
  found: FoundBytes,
  time: TimeMark | null,
  context: LineContext,
): LinePiece | null {
  const prefix = withoutTime(text, 0, found.start, time);
  const behind = withoutTime(text, found.end, text.length, time);
  const suffix = isTextColumn(behind.trim(), found.bytes) ? "" : behind;
  const monitor = time !== null && isMonitorArrow(text, time, found.start);
  const marks = monitor ? prefix.replace("->", " ") : prefix;
  const { said, words, counter } = context.labels.read(marks);
  const leadingDigit = context.digitBefore && words.length === 1 ? nibbleAt(words, 0) : -1;
  const joined = leadingDigit >= 0 || (counter !== null && context.digitBefore && counter < 10);
  const label = joined ? "" : words;
  const follows =
    context.joins !== null ||
    (context.separatorBefore !== null &&
      (found.groups === 1 ||
        context.separatorBefore === "any" ||
        found.separator === context.separatorBefore));
  const directed = said.direction !== null || monitor;
  const meant = areMeantAsBytes(found, {
    label,
    prefix,
    suffix,
    directed,
    timed: time !== null,
    follows,
    announced: context.announced,
  });
  if (!meant) return null;
  const comment = commentOf(label, suffix, found.bytes.length);
  const places = context.placed
    ? (found.places ?? placesOfHex(text, found.start, found.end, found.bytes))
    : null;
  return {
    bytes: found.bytes,
    places,
    time: time?.time ?? null,
    direction: said.direction ?? (monitor ? "client-to-server" : null),
    arrow: said.byArrow ? "mark" : monitor && said.direction === null ? "monitor" : null,
    comment,
    bare: time === null && !directed && isHexOnly(found) && prefix.trim() === "",
    separator: found.separator,
    leadingDigit: joined ? (leadingDigit >= 0 ? leadingDigit : counter) : null,
    oddDigit: found.oddDigit,
    goesOn: goesOn(text, found, suffix),
    row: false,
    counter,
  };
}

/** No byte string and no list of a programming language. */
function isHexOnly(found: FoundBytes): boolean {
  return found.separator !== "quotes" && found.separator !== "brackets";
}

/** The arrow that a serial monitor prints between the time and the line. */
function isMonitorArrow(text: string, time: TimeMark, end: number): boolean {
  if (time.end > end || /[0-9A-Za-z]/.test(text.slice(0, time.start))) return false;
  return /^[\]) \t]{0,4}->/.test(text.slice(time.end, time.end + 8));
}

function goesOn(text: string, found: FoundBytes, suffix: string): LinePiece["goesOn"] {
  if (found.openBase !== null) return found.openBase;
  if (suffix === "" && found.separator !== "-") return null;
  const tail = suffix.trim().replace(/^["']/, "").trim();
  if (tail === "-" || tail === "\\") return "mark";
  return tail === "" && found.separator === "-" && text[found.end - 1] === "-" ? "mark" : null;
}

function commentOf(label: string, suffix: string, length: number): string | null {
  if (label === "" && suffix === "") return null;
  const behind = suffix.trim();
  // The text column of a tool that shows some bytes in its own way.
  const remark =
    Math.abs(behind.length - length) <= 2 && behind.includes(".")
      ? ""
      : behind.slice(0, longestComment).replace(remarkOpener, "").trim();
  const parts = [label, remark].filter((part) => /\p{L}{2}/u.test(part));
  return parts.length === 0 ? null : parts.join(" ").replace(/\s+/g, " ").slice(0, longestComment);
}

function readWords(text: string, time: TimeMark | null): LineContent {
  const monitor = time !== null && isMonitorArrow(text, time, text.length);
  const rest = withoutTime(text, 0, text.length, time);
  const marks = (monitor ? rest.replace("->", " ") : rest).trim();
  const heading = (marks.endsWith(":") || marks.startsWith("//")) && marks.length <= longestHeading;
  const label = readLabel(marks);
  const onlyMarks = label.words === "";
  const said = heading || onlyMarks ? label.said : null;
  const stamp: Timestamp | null = time?.time ?? null;
  const direction = said?.direction ?? (monitor ? "client-to-server" : null);
  return {
    kind: "words",
    time: stamp,
    direction,
    arrow: said?.byArrow === true ? "mark" : monitor && said?.direction == null ? "monitor" : null,
    onlyMarks: onlyMarks && (stamp !== null || direction !== null),
    heading,
  };
}
