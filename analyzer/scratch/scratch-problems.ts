/** What is wrong in a text, and which characters it is about. */
import type { CaptureProblem } from "../../captures/capture.js";
import { captureFault } from "../../decoder/capture-faults.js";
import {
  type Diagnostic,
  defineDiagnostics,
  type Severity,
} from "../../decoder/core/diagnostics.js";
import type { ByteSource } from "../../decoder/core/source.js";
import type { CaptureIndex } from "../capture-index.js";
import type { MisspelledHex } from "./misspelled-hex.js";
import type { PlacedText, TextRange } from "./placed-text.js";
import { findUnreadHex } from "./unread-hex.js";

const D = defineDiagnostics("scratch", {
  "misspelled-hex": {
    severity: "warning",
    group: "capture",
    message: "From here on the row is not read as bytes",
    check: "Is a digit mistyped? A byte in hex has two of 0 to 9 and A to F",
  },
  "unread-hex": {
    severity: "info",
    group: "capture",
    message: "The hex is not read as bytes, for the words around it do not announce any",
    check: "Put the bytes on a line of their own",
  },
});

export interface ScratchProblem {
  /** Undefined for characters that no row has anything of. */
  readonly row: number | undefined;
  readonly severity: Severity;
  readonly message: string;
  /** A registered code: `hdlc.fcs-mismatch`. */
  readonly code: string;
  /** What to look at next. */
  readonly check: string | undefined;
  /**
   * Characters of the text, in UTF-16 units; the same number twice where no place is known. What is
   * wrong in a message of several frames stands where its bytes do, which may be an earlier frame.
   */
  readonly start: number;
  readonly end: number;
}

/** Bytes `start` to `end` of source 0 of a row, or of a packet that carried its frame. */
interface RowRange {
  readonly row: number;
  readonly carrier?: number;
  readonly start: number;
  readonly end: number;
}

/** Sources come out of each other, so deep at most. */
const deepest = 16;

/** What the reading of a text has found beside its frames. */
export interface TextFaults {
  /** Problems of the reader, by the rows that remark them. */
  readonly byRow: ReadonlyMap<number, CaptureProblem>;
  readonly misspelled: readonly MisspelledHex[];
  /** Where the bytes of a packet stand that carried a row's frame. */
  readonly carrierPlaces: (row: number, carrier: number) => Uint32Array;
}

/** Misspelled hex, then the findings of all rows in order, then hex that no row has. */
export function* findProblems(
  index: CaptureIndex,
  placed: PlacedText,
  faults: TextFaults,
  limit: number,
): Generator<undefined, readonly ScratchProblem[]> {
  const problems = faults.misspelled.slice(0, limit).map((one) => describe(one, placed));
  for (let row = 0; row < index.length && problems.length < limit; row += 1) {
    const fault = faults.byRow.get(row);
    if (fault !== undefined) problems.push(placeFault(row, fault, placed));
    else if (index.columns.definitions(row).length > 0) {
      problems.push(...placeFindings(row, index, placed, faults));
    }
    yield;
  }
  const { severity, message, code, check } = D["unread-hex"];
  for (const range of findUnreadHex(placed, faults.misspelled, limit - problems.length)) {
    problems.push({ row: undefined, severity, message, code, check, ...range });
  }
  return problems.slice(0, limit);
}

/** The row is that of the bytes before, if there are any in the line. */
function describe({ word, start, end }: MisspelledHex, placed: PlacedText): ScratchProblem {
  const { severity, message, code, check } = D["misspelled-hex"];
  let before = start - 1;
  while (before > 0 && /[^\S\r\n]|[,;:.-]/.test(placed.text.charAt(before))) before -= 1;
  const row = placed.at(before)?.row;
  const words = `${message}: "${word}" is no byte in hex`;
  return { row, severity, message: words, code, check, start, end };
}

function placeFindings(
  row: number,
  index: CaptureIndex,
  placed: PlacedText,
  faults: TextFaults,
): ScratchProblem[] {
  const frame = index.frame(row, { tree: false });
  if (frame === undefined) return [];
  const reach = new Reach(index);
  return frame.diagnostics.map((diagnostic) => {
    const ranges = reach.ranges(row, frame.sources, diagnostic);
    const { definition, message } = diagnostic;
    const { severity, code, check } = definition;
    return { row, severity, message, code, check, ...placeRanges(row, ranges, placed, faults) };
  });
}

/** The characters of the first of the ranges that has any, of this row if it can be. */
function placeRanges(
  row: number,
  ranges: readonly RowRange[],
  placed: PlacedText,
  { carrierPlaces }: TextFaults,
): TextRange {
  const whole: RowRange = { row, start: 0, end: placed.places(row).length / 2 };
  const own = ranges.filter((range) => range.row === row && range.carrier === undefined);
  for (const range of [...joinOwn(own), ...ranges, whole]) {
    const { carrier } = range;
    const places = carrier === undefined ? placed.places(range.row) : carrierPlaces(row, carrier);
    const found = placed.range(range.row, range.start, range.end, places);
    if (found !== undefined) return found;
  }
  return { start: 0, end: 0 };
}

/** Pieces of one row that follow on each other are one. */
function joinOwn(ranges: readonly RowRange[]): RowRange[] {
  const [first] = ranges;
  if (first === undefined) return [];
  let { start, end } = first;
  for (const range of ranges) {
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  return [{ row: first.row, start, end }];
}

/** Follows derived bytes to those that the text has. */
class Reach {
  readonly #index: CaptureIndex;
  readonly #sources = new Map<number, readonly ByteSource[]>();

  constructor(index: CaptureIndex) {
    this.#index = index;
  }

  ranges(row: number, sources: readonly ByteSource[], diagnostic: Diagnostic): RowRange[] {
    this.#sources.set(row, sources);
    const { source, start, end } = diagnostic;
    // Where bytes are missing, the last one that is there is meant.
    const from = start < end ? start : Math.max(0, start - 1);
    const found: RowRange[] = [];
    this.#follow(row, source, from, Math.max(end, from + 1), found, deepest);
    return found;
  }

  #follow(
    row: number,
    id: number,
    start: number,
    end: number,
    found: RowRange[],
    depth: number,
  ): void {
    if (id === 0) {
      found.push({ row, start, end });
      return;
    }
    const source = this.#sourcesOf(row).find((one) => one.id === id);
    if (source === undefined || depth === 0) return;
    if (source.kind === "packet") {
      found.push({ row, carrier: id - 1, start, end });
      return;
    }
    const { from } = source;
    if (from !== undefined) {
      const { offset } = from;
      this.#follow(from.frame - 1, from.source, offset + start, offset + end, found, depth - 1);
      return;
    }
    for (const piece of source.origin) {
      const first = Math.max(piece.start, start);
      const last = Math.min(piece.end, end);
      if (first >= last) continue;
      const shift = piece.offset - piece.start;
      this.#follow(row, piece.source, first + shift, last + shift, found, depth - 1);
    }
  }

  #sourcesOf(row: number): readonly ByteSource[] {
    let sources = this.#sources.get(row);
    if (sources === undefined) {
      sources = this.#index.frame(row, { tree: false })?.sources ?? [];
      this.#sources.set(row, sources);
    }
    return sources;
  }
}

/** A fault is known by its line: what is wrong in it stands behind its last byte. */
function placeFault(row: number, fault: CaptureProblem, placed: PlacedText): ScratchProblem {
  const { severity, message } = fault;
  const { code, check } = captureFault(fault.code);
  const { text } = placed;
  let end = fault.offset;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end += 1;
  let start = end;
  while (start > fault.offset && !placed.isByteAt(start - 1)) start -= 1;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  if (/[0-9A-Fa-f]/.test(text.charAt(start))) end = start + 1;
  return { row, severity, message, code, check, start, end };
}
