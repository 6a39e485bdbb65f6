/** What stands before the bytes of a line: who speaks, a number, words. */

import { type DirectionMark, directionOfLabel, directionOfWord } from "./direction.js";

export interface Label {
  readonly said: DirectionMark;
  /** Marks, tags of the log, the number and punctuation taken out. */
  readonly words: string;
  /** The number that counts the line. */
  readonly counter: number | null;
}

/** `12:`, `#12`, `(12)` at the start of a line. */
export const counterPattern = /^[\s#(]{0,4}(\d{1,9})[.):;,|\]]{0,2}(?=\s|$)/;

/** `[VV]`, `[dlms_meter:030]`, `(V)` */
const tags = /\[[^[\]]{0,60}\]|\([^()]{0,24}\)/g;
const edgeMarks = " \t\u00a0:;|,>=.-#*\"'`()[]{}<\\!~^";
/** Who speaks is looked for in the last words only. */
const directionWindow = 160;
const nothing: Label = { said: { direction: null, byArrow: false }, words: "", counter: null };

/** Reads what stands before the bytes of a line, its time taken out. */
export function readLabel(prefix: string): Label {
  if (prefix === "") return nothing;
  const counted = counterPattern.exec(prefix);
  const counter = counted === null ? null : Number(counted[1]);
  const uncounted = counted === null ? prefix : prefix.slice(counted[0].length);
  const words = trimMarks(uncounted.replace(tags, " "));
  return {
    said: directionOfLabel(prefix.slice(-directionWindow).trimStart()),
    words: directionOfWord(words) === null ? words : "",
    counter,
  };
}

function trimMarks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && edgeMarks.includes(text.charAt(start))) start += 1;
  while (end > start && edgeMarks.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const MOST_REMEMBERED = 64;
const LONGEST_REMEMBERED = 120;

/** Reads labels and remembers them: the lines of a log mostly begin alike. */
export class LabelMemory {
  readonly #labels = new Map<string, Label>();

  read(prefix: string): Label {
    if (prefix === "") return nothing;
    const known = this.#labels.get(prefix);
    if (known !== undefined) return known;
    const label = readLabel(prefix);
    if (prefix.length > LONGEST_REMEMBERED) return label;
    if (this.#labels.size >= MOST_REMEMBERED) this.#labels.clear();
    this.#labels.set(prefix, label);
    return label;
  }
}
