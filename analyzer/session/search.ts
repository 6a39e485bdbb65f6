/** What Find looks for, decided row by row. */
import { type ObjectNames, toHex } from "../../decoder/index.js";
import { hideSecrets } from "../../decoder/present/hidden-secrets.js";
import { compileExpression } from "../filter/regular-expression.js";
import { FilterError } from "../filter/syntax.js";
import type { Place, SearchQuery } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { RequestTools } from "./dispatch.js";
import type { OpenDocument } from "./open-document.js";
import { describeFrame } from "./row-view.js";
import { TimeSlices } from "./slices.js";
import type { Trace } from "./trace.js";

type RowTest = (row: number) => boolean;

/** Throws `ProtocolError` where the query is no hex or no expression. */
export function createSearch(
  trace: Trace,
  names: ObjectNames,
  { kind, text }: SearchQuery & { readonly kind: "hex" | "text" | "regex" },
): RowTest {
  switch (kind) {
    case "hex": {
      const pattern = parsePattern(text);
      return (row) =>
        hideSecrets(trace.frame(row, { tree: false })).sources.some(({ bytes }) =>
          contains(bytes, pattern),
        );
    }
    case "text": {
      const wanted = text.toLocaleLowerCase();
      return (row) => textOf(trace, row, names).toLocaleLowerCase().includes(wanted);
    }
    case "regex": {
      const fits = parseExpression(text);
      return (row) => fits(textOf(trace, row, names));
    }
  }
}

/** The words of a row: what it is, what it means, what is wrong, what was said of it. */
function textOf(trace: Trace, row: number, names: ObjectNames): string {
  const frame = trace.frame(row, { tree: false });
  const { columns } = trace.index;
  const problems = frame.diagnostics.map(
    ({ message, definition }) => `${definition.code} ${message}`,
  );
  const comment = trace.notes.get(frame.number)?.comment ?? frame.comment ?? "";
  const title = frame.ciphering?.["system-title"];
  return [
    columns.name(row),
    describeFrame(frame, names),
    ...problems,
    comment,
    title === undefined ? "" : toHex(title),
  ].join("\n");
}

/** The same expressions as in filters: they come to an end on whatever a meter has sent. */
function parseExpression(text: string): (text: string) => boolean {
  try {
    return compileExpression({ text, isQuoted: true, start: 0, end: text.length });
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new ProtocolError({ code: "bad-search", message: `${capitalized(error.message)}.` });
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Values of bytes; null for any. */
type Pattern = readonly (number | null)[];

/** `7e a0 ?? 03`, with spaces, colons or nothing between the bytes. */
export function parsePattern(text: string): Pattern {
  const digits = text.replace(/0x/gi, "").replace(/[\s:,-]+/g, "");
  if (digits === "" || digits.length % 2 !== 0 || !/^([0-9a-f]{2}|\?\?)+$/i.test(digits)) {
    throw new ProtocolError({
      code: "bad-search",
      message: "Bytes are written as pairs of hex digits, ?? for any: 7e a0 ?? 03.",
    });
  }
  const pairs = digits.match(/../g) ?? [];
  return pairs.map((pair) => (pair === "??" ? null : Number.parseInt(pair, 16)));
}

function contains(bytes: Uint8Array, pattern: Pattern): boolean {
  const last = bytes.length - pattern.length;
  for (let start = 0; start <= last; start++) {
    let length = 0;
    while (length < pattern.length) {
      const wanted = pattern[length];
      if (wanted !== null && wanted !== bytes[start + length]) break;
      length += 1;
    }
    if (length === pattern.length) return true;
  }
  return false;
}

/** The next shown frame that fits, round at the ends; in slices, until it is not wanted any more. */
export async function findNext(
  { shown }: OpenDocument,
  from: number,
  direction: 1 | -1,
  isWanted: RowTest,
  { signal, onProgress }: RequestTools,
): Promise<Place | null> {
  const slices = new TimeSlices();
  const { length } = shown;
  if (length === 0) return null;
  const place = from === 0 ? (direction === 1 ? length - 1 : 0) : shown.placeOf(from - 1);
  const isThere = from === 0 || (place < length && shown.row(place) === from - 1);
  for (let step = 1; step <= length; step++) {
    if (signal.aborted) return null;
    const away = direction === 1 && !isThere ? step - 1 : step;
    const index = (((place + direction * away) % length) + length) % length;
    const row = shown.row(index);
    if (isWanted(row)) return { number: row + 1, index };
    if (slices.isOver) {
      onProgress(step, length);
      await slices.pause();
    }
  }
  return null;
}

/** In which of so many equal pieces of the list there are hits, and how many there are in all. */
export async function findTicks(
  { shown }: OpenDocument,
  pieces: number,
  isWanted: RowTest,
  { signal, onProgress }: RequestTools,
): Promise<{ pieces: readonly number[]; hits: number }> {
  const slices = new TimeSlices();
  const { length } = shown;
  const hit = new Set<number>();
  let hits = 0;
  for (let place = 0; place < length && !signal.aborted; place++) {
    if (isWanted(shown.row(place))) {
      hits += 1;
      hit.add(Math.floor((place * pieces) / length));
    }
    if (slices.isOver) {
      onProgress(place, length);
      await slices.pause();
    }
  }
  return { pieces: [...hit].sort((a, b) => a - b), hits };
}
