import { useEffect, useState } from "react";
import { type DocumentState, ProtocolError } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";

interface ProblemTicks {
  readonly errors: readonly number[];
  readonly warnings: readonly number[];
}

const noTicks: ProblemTicks = { errors: [], warnings: [] };
const pauseBeforeAsking = 250;

/** In which pieces of the list there are errors and warnings. Asked for when the rows are at rest. */
export function useProblemTicks(document: DocumentState, pieces: number): ProblemTicks {
  const { id, generation, shown, progress, severities, status } = document;
  const [ticks, setTicks] = useState(noTicks);
  const isAtRest = progress === null;
  const { error: errors, warning: warnings } = severities;
  // A live capture would be looked through for every row that comes.
  const version = status === "live" ? "live" : `${generation} ${shown}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another generation stand elsewhere.
  useEffect(() => {
    if (!isAtRest || pieces < 1) return;
    const abort = new AbortController();
    const piecesWith = async (severity: string, frames: number) => {
      if (frames === 0) return [];
      const query = { kind: "filter", text: `diag.severity == ${severity}` } as const;
      const { signal } = abort;
      return (await ask("find-ticks", { document: id, query, pieces }, { signal })).pieces;
    };
    const timer = setTimeout(() => {
      Promise.all([piecesWith("error", errors), piecesWith("warning", warnings)]).then(
        ([withErrors, withWarnings]) => setTicks({ errors: withErrors, warnings: withWarnings }),
        (error: unknown) => {
          if (!(error instanceof ProtocolError)) throw error;
        },
      );
    }, pauseBeforeAsking);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [id, version, isAtRest, pieces, errors, warnings]);

  return ticks;
}
