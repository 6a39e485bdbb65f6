/**
 * Hex that is misspelled, as it is while somebody types: `7E A0 0G 03`. A reader of logs takes such a
 * line for words; on a scratch sheet the bytes before the slip are wanted, and the slip is shown.
 */
import type { TextRange } from "./placed-text.js";

export interface MisspelledHex extends TextRange {
  /** What is no byte; the range reaches from there to the end of its row. */
  readonly word: string;
}

/** Longer than any line that somebody types. */
const longestLine = 16_384;
/**
 * Letters beside digits that no notation of bytes puts there (not those of `0x` and `7Eh`), and the
 * letter O for a zero: only lines with such a thing are looked at.
 */
const slip = /\d[G-WYZgi-wyz]|[G-WYZgi-wyz]\d|[0-9A-Fa-f]{8}[G-WYZgi-wyz]|\b(?:O[A-F]|[A-F]O)\b/g;
/** What stands between the separators of bytes. */
const group = /[^\s,;:.-]+/g;
const hexPair = /^(?:0x)?[0-9A-Fa-f]{2}$/;
const brokenPair = /^(?:0x)?(?:\d[G-WYZgi-wyz]|[G-WYZgi-wyz]\d|O[A-F]|[A-F]O)$/;
/** Hex without separators that begins well, with a slip or two in it. */
const brokenRun = /^((?:[0-9A-Fa-f]{2}){4,})[0-9A-Za-z]{2,}$/;
const fewestPairs = 2;
const mostSlips = 2;

/** Finds rows of bytes with a slip in them, in the order of the text; one a line. */
export function findMisspelledHex(text: string): MisspelledHex[] {
  const found: MisspelledHex[] = [];
  slip.lastIndex = 0;
  for (let hit = slip.exec(text); hit !== null; hit = slip.exec(text)) {
    const start = lineStart(text, hit.index);
    const end = lineEnd(text, hit.index);
    slip.lastIndex = end;
    if (end - start > longestLine) continue;
    const misspelled = findInLine(text.slice(start, end), start);
    if (misspelled !== undefined) found.push(misspelled);
  }
  return found;
}

/** The text with blanks in place of what is misspelled: all other characters stay where they are. */
export function blankMisspelled(text: string, misspelled: readonly MisspelledHex[]): string {
  let blanked = "";
  let at = 0;
  for (const { start, end } of misspelled) {
    blanked += text.slice(at, start) + " ".repeat(end - start);
    at = end;
  }
  return blanked + text.slice(at);
}

function findInLine(line: string, offset: number): MisspelledHex | undefined {
  let pairs = 0;
  let misspelled: { word: string; start: number; end: number } | undefined;
  for (const { 0: word, index } of line.matchAll(group)) {
    const start = offset + index;
    const end = start + word.length;
    if (misspelled !== undefined) {
      if (!hexPair.test(word) && !brokenPair.test(word)) break;
      misspelled.end = end;
    } else if (hexPair.test(word)) {
      pairs += 1;
    } else if (pairs >= fewestPairs && brokenPair.test(word)) {
      misspelled = { word, start, end };
    } else {
      const good = goodDigits(word);
      if (good > 0) return { word: word.slice(good, good + 2), start: start + good, end };
      pairs = 0;
    }
  }
  return misspelled;
}

/** How many digits of a run are good before its first slip; 0 where it is no hex, or has none. */
function goodDigits(word: string): number {
  const good = brokenRun.exec(word)?.[1];
  if (good === undefined) return 0;
  const slips = word.replace(/[0-9A-Fa-f]/g, "").length;
  if (slips === 0 || slips > mostSlips) return 0;
  return /\d/.test(good) && /[A-Fa-f]/.test(good) ? good.length : 0;
}

function lineStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at -= 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}
