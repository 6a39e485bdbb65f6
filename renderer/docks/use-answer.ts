import { useEffect, useState } from "react";
import type { Answer, Method, Request } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";

const pause = 150;

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
