import { useEffect, useReducer } from "react";
import { type DocumentState, ProtocolError } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";
import { tellFault } from "../state/window.js";
import { applyFilter } from "./filter-actions.js";
import {
  type FilterBarEvent,
  type FilterBarState,
  nextState,
  startingState,
} from "./filter-state.js";

const pauseBeforeAsking = 60;

/** What stands in the bars of documents and is not applied: there again when one comes back. */
const drafts = new Map<string, string>();

/** The state of the filter bar of a document, and what moves it. */
export function useFilterBar(document: DocumentState): {
  readonly state: FilterBarState;
  readonly dispatch: (event: FilterBarEvent) => void;
  readonly apply: (text: string) => void;
} {
  const filter = document.filter.pending ?? document.filter.shown;
  const [state, dispatch] = useReducer(nextState, filter, (applied) =>
    startingState(applied, drafts.get(document.id)),
  );
  const { text, caret, isOpen } = state;

  useEffect(() => {
    if (text === filter) drafts.delete(document.id);
    else drafts.set(document.id, text);
  }, [document.id, text, filter]);

  useEffect(() => dispatch({ kind: "applied", text: filter }), [filter]);

  useEffect(() => {
    if (text.trim() === "") return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask("check-filter", { text }, { signal: abort.signal }).then(
        (result) => dispatch({ kind: "checked", text, result }),
        ignoreCancelled,
      );
    }, pauseBeforeAsking);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);

  useEffect(() => {
    if (!isOpen) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask("complete-filter", { text, caret }, { signal: abort.signal }).then(
        (completions) => dispatch({ kind: "completed", text, caret, completions }),
        ignoreCancelled,
      );
    }, pauseBeforeAsking);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, caret, isOpen]);

  return {
    state,
    dispatch,
    apply: (applied) => {
      dispatch({ kind: "closed" });
      applyFilter(document.id, applied).then((result) => {
        dispatch({ kind: "checked", text: applied, result });
      }, tellFault);
    },
  };
}

/** A line that ends is told elsewhere. */
function ignoreCancelled(error: unknown): void {
  if (!(error instanceof ProtocolError)) throw error;
}
