/**
 * Data lines of IEC 62056-21, as readouts and P1 telegrams have them:
 * `address(value*unit)(value)...`, several data sets in one line allowed.
 */
import type { Cursor } from "../core/cursor.js";
import type { Field } from "../core/fields.js";

/** One data set. Values are texts: they keep the digits that the meter sent. */
export interface DataSet {
  /** As it stands in the line; empty where the line has none. */
  readonly address: string;
  readonly values: DataSetValue[];
}

export interface DataSetValue {
  readonly value: string;
  readonly unit?: string;
}

export interface DataLineFields {
  readonly address: Field;
  /** With its parentheses and its unit. */
  readonly value: Field;
  /** What fits no data set. */
  readonly text: Field;
}

/** Bytes as characters; with `parity`, without their bit 7. */
export function toCharacters(
  bytes: Uint8Array,
  start: number,
  end: number,
  parity: boolean,
): string {
  const mask = parity ? 0x7f : 0xff;
  let text = "";
  for (let i = start; i < end; i++) text += String.fromCharCode((bytes[i] as number) & mask);
  return text;
}

/**
 * Reads one line, without its line end, whose characters are `line`. The data sets are added to
 * `sets`; values without an address belong to the set before them (DSMR 2.2 breaks the line of a
 * gas reading). Returns the part that fits no data set, empty where all of it does.
 */
export function decodeDataLine(
  c: Cursor,
  line: string,
  fields: DataLineFields,
  sets: DataSet[],
): string {
  let at = 0;
  while (at < line.length) {
    const open = line.indexOf("(", at);
    const close = line.indexOf(")", open);
    if (open < 0 || close < 0) break;
    let set = sets[sets.length - 1];
    if (open > at || set === undefined) {
      set = { address: line.slice(at, open), values: [] };
      sets.push(set);
      if (open > at) c.leaf(fields.address, open - at, set.address);
    }
    const text = line.slice(open + 1, close);
    c.leaf(fields.value, close + 1 - open, text);
    set.values.push(splitUnit(text));
    if (c.recording) noteMeaning(c, text);
    at = close + 1;
  }
  const rest = line.slice(at);
  if (rest !== "") c.leaf(fields.text, rest.length, rest);
  return rest;
}

function splitUnit(text: string): DataSetValue {
  const star = text.indexOf("*");
  return star < 0 ? { value: text } : { value: text.slice(0, star), unit: text.slice(star + 1) };
}

/** Times and texts in hex, readable. */
function noteMeaning(c: Cursor, text: string): void {
  const time = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([SW])$/.exec(text);
  if (time !== null) {
    const [, year, month, day, hour, minute, second, season] = time;
    const name = season === "S" ? "summer time" : "winter time";
    c.note(`20${year}-${month}-${day} ${hour}:${minute}:${second}, ${name}`);
  } else if (text.length >= 8 && /^(?:[2-7][0-9A-Fa-f])+$/.test(text) && !/7[fF]/.test(text)) {
    const pairs = text.match(/../g) ?? [];
    c.note(`"${String.fromCharCode(...pairs.map((pair) => Number.parseInt(pair, 16)))}"`);
  }
}
