/** What a document's state and its panel of problems count over all rows. */

import { compareSeverity } from "../../decoder/core/diagnostics.js";
import type { DiagnosticDefinition, Severity } from "../../decoder/index.js";
import type { CaptureIndex } from "../capture-index.js";
import type { CipheredCount, ProblemGroup } from "../protocol/index.js";

export interface RowCounts {
  /** Rows by their most severe finding. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly ciphered: CipheredCount;
}

const noCounts: RowCounts = {
  severities: { info: 0, note: 0, warning: 0, error: 0 },
  ciphered: { opened: 0, noKey: 0, failed: 0 },
};

/** A million rows take some ten milliseconds. */
function countRows({ columns, length }: CaptureIndex): RowCounts {
  const severities = { info: 0, note: 0, warning: 0, error: 0 };
  const ciphered = { opened: 0, noKey: 0, failed: 0 };
  for (let row = 0; row < length; row++) {
    const severity = columns.severity(row);
    if (severity !== undefined) severities[severity] += 1;
    const note = columns.ciphering(row);
    if (note !== undefined) {
      const kind = kindOfStatus(note.status);
      if (kind !== null) ciphered[kind] += 1;
    }
  }
  return { severities, ciphered };
}

/** In milliseconds: rows that come in are counted no more often. */
const maximumAge = 400;

/** The counts of an index that grows, or is read anew. */
export class CountedRows {
  #counts = noCounts;
  #of = { at: 0, generation: 0, length: 0 };

  /**
   * They may be a moment old while `isGrowing`: what is not counted now is with the next row, or the
   * next generation (that of the trace), which comes when a live trace pauses.
   */
  get(index: CaptureIndex, generation: number, isGrowing: boolean): RowCounts {
    const { length } = index;
    const now = performance.now();
    const isFresh = this.#of.length === length || (isGrowing && now - this.#of.at < maximumAge);
    if (this.#of.generation !== generation || !isFresh) {
      this.#counts = countRows(index);
      this.#of = { at: performance.now(), generation, length };
    }
    return this.#counts;
  }
}

/** Null for an APDU that was not ciphered after all. */
export function kindOfStatus(status: string): keyof CipheredCount | null {
  switch (status) {
    case "not-ciphered":
      return null;
    case "decrypted":
    case "decrypted-not-authenticated":
    case "counter-replayed":
      return "opened";
    case "no-key":
    case "no-system-title":
      return "noKey";
    default:
      return "failed";
  }
}

const firstFrames = 20;

/** Every kind of finding, the most severe and frequent first; `isLeftOut` frames do not count. */
export function groupProblems(
  { columns, length }: CaptureIndex,
  isLeftOut: (frame: number) => boolean,
): ProblemGroup[] {
  const groups = new Map<DiagnosticDefinition, { frames: number; first: number[] }>();
  /** The definitions of a list, each once. */
  const lists: (readonly DiagnosticDefinition[] | undefined)[] = [];
  for (let row = 0; row < length; row++) {
    const number = columns.definitionsNumber(row);
    if (number === 0 || isLeftOut(row + 1)) continue;
    let definitions = lists[number];
    if (definitions === undefined) {
      definitions = [...new Set(columns.definitions(row))];
      lists[number] = definitions;
    }
    for (const definition of definitions) {
      let group = groups.get(definition);
      if (group === undefined) {
        group = { frames: 0, first: [] };
        groups.set(definition, group);
      }
      group.frames += 1;
      if (group.first.length < firstFrames) group.first.push(row + 1);
    }
  }
  return [...groups]
    .map(([{ code, severity, group, message, clause, check }, { frames, first }]) => ({
      code,
      severity,
      group,
      message,
      clause: clause ?? null,
      check: check ?? null,
      frames,
      first,
    }))
    .sort((a, b) => compareSeverity(b.severity, a.severity) || b.frames - a.frames);
}
