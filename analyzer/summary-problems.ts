import {
  compareSeverity,
  type DiagnosticDefinition,
  type Severity,
} from "../decoder/core/diagnostics.js";

/** One kind of finding, and how often it was made. */
export interface ProblemSummary {
  readonly definition: DiagnosticDefinition;
  readonly count: number;
  /** Frames in which it was made. */
  readonly frames: number;
  readonly firstFrame: number;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

interface Tally {
  readonly definition: DiagnosticDefinition;
  count: number;
  frames: number;
  firstFrame: number;
  lastFrame: number;
}

/** Counts what was found. */
export class ProblemCounter {
  readonly #tallies = new Map<string, Tally>();

  /** Takes what was found in a frame. */
  add(frame: number, definitions: readonly DiagnosticDefinition[]): void {
    for (const definition of definitions) {
      let tally = this.#tallies.get(definition.code);
      if (tally === undefined) {
        tally = { definition, count: 0, frames: 0, firstFrame: frame, lastFrame: 0 };
        this.#tallies.set(definition.code, tally);
      }
      tally.count += 1;
      if (tally.lastFrame !== frame) tally.frames += 1;
      tally.lastFrame = frame;
      tally.firstFrame = Math.min(tally.firstFrame, frame);
    }
  }

  /** The most severe first; of the same severity, what was found first. */
  get list(): readonly ProblemSummary[] {
    return [...this.#tallies.values()]
      .map(({ lastFrame: _, ...problem }) => problem)
      .sort(
        (a, b) =>
          compareSeverity(b.definition.severity, a.definition.severity) ||
          a.firstFrame - b.firstFrame,
      );
  }
}
