import { useEffect, useState } from "react";
import type { Answer, DocumentState, Method, Request } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";

const pause = 150;

/**
 * Changes with what a document counts. While a capture is read, it changes ever more seldom: counting again
 * for every slice would cost as much as reading it.
 */
export function versionOf({ status, frames, generation }: DocumentState): string {
  // A live capture changes its generation once a second: more often would starve the question.
  if (status === "live") return String(generation);
  const steps = status === "loading" ? `reading ${Math.floor(Math.log2(frames + 1))}` : frames;
  return `${generation} ${steps}`;
}

/**
 * What the analyzer answers, asked again when `version` changes, and at most some times a second. The
 * answer of before stays until the next one is here.
 */
export function useAnswer<Name extends Method>(
  method: Name,
  params: Request<Name>,
  version: unknown,
): { readonly answer: Answer<Name> | undefined; readonly fault: string | null } {
  const [state, setState] = useState<{ answer: Answer<Name> | undefined; fault: string | null }>({
    answer: undefined,
    fault: null,
  });
  const wanted = JSON.stringify([method, params, version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is spelled out in one text.
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask(method, params, { signal: abort.signal }).then(
        (answer) => setState({ answer, fault: null }),
        (error: unknown) => {
          if (abort.signal.aborted) return;
          const fault = error instanceof Error ? error.message : String(error);
          setState((before) => ({ ...before, fault }));
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);
  return state;
}
