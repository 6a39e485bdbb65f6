/** What is looked for, what came of it, and where else it is. */
import { useEffect } from "react";
import { create } from "zustand";
import {
  type DocumentState,
  ProtocolError,
  type SearchQuery,
} from "../../analyzer/protocol/index.js";
import { lookAt } from "../list/list-navigation.js";
import { ask } from "../state/analyzer.js";
import { searchStart } from "../state/selection.js";
import { useWindow } from "../state/window.js";
import { isRound, type Outcome } from "./find-outcome.js";

interface FindState {
  readonly query: SearchQuery;
  /** Counts the calls for the bar to take the focus. */
  readonly call: number;
  /** How far a search has come; null where none is under way. */
  readonly searching: { readonly done: number; readonly total: number | null } | null;
  readonly outcome: Outcome | null;
  /** Of the query, in the rows of a document; null until they are known. */
  readonly ticks: { readonly pieces: readonly number[]; readonly hits: number } | null;
}

export const useFind = create<FindState>()(() => ({
  query: { kind: "text", text: "" },
  call: 0,
  searching: null,
  outcome: null,
  ticks: null,
}));

/** Opens the bar and puts the caret into it. */
export function openFind(): void {
  useWindow.setState({ isFindOpen: true });
  useFind.setState(({ call }) => ({ call: call + 1 }));
}

export function closeFind(): void {
  search?.abort();
  useWindow.setState({ isFindOpen: false });
  useFind.setState({ searching: null, outcome: null, ticks: null });
}

/** Looks for something else; what was found of the query before is forgotten. */
export function changeQuery(change: Partial<SearchQuery>): void {
  search?.abort();
  useFind.setState(({ query }) => ({
    query: { ...query, ...change },
    searching: null,
    outcome: null,
    ticks: null,
  }));
}

let search: AbortController | null = null;

/** Goes to the next row that has it, round at the ends. A search that is under way is given up. */
export async function findNext(document: string, direction: 1 | -1): Promise<void> {
  search?.abort();
  const { query } = useFind.getState();
  if (query.text.trim() === "") return;
  const abort = new AbortController();
  search = abort;
  useFind.setState({ searching: { done: 0, total: null }, outcome: null });
  const from = searchStart(document);
  try {
    const place = await ask(
      "find",
      { document, query, from, direction },
      {
        signal: abort.signal,
        onProgress: (done, total) => {
          if (search === abort) useFind.setState({ searching: { done, total } });
        },
      },
    );
    if (search !== abort) return;
    useFind.setState({
      searching: null,
      outcome:
        place === null
          ? { kind: "none" }
          : { kind: "found", ...place, round: isRound(from, place.number, direction) },
    });
    if (place === null) return;
    lookAt(document, place);
  } catch (error) {
    if (search !== abort) return;
    const isCancelled = error instanceof ProtocolError && error.code === "cancelled";
    useFind.setState({ searching: null, outcome: isCancelled ? null : failed(error) });
  }
}

export function cancelFind(): void {
  search?.abort();
}

function failed(error: unknown): Outcome {
  return { kind: "fault", message: error instanceof Error ? error.message : String(error) };
}

const pauseBeforeAsking = 300;
const noPieces: readonly number[] = [];

/** In which pieces of the list there are hits, while the bar is open. */
export function useFindTicks(document: DocumentState, pieces: number): readonly number[] {
  const { id, generation, shown, progress, status } = document;
  const isOpen = useWindow(({ isFindOpen }) => isFindOpen);
  const { query, ticks } = useFind();
  const isAtRest = progress === null;
  // A live capture would be looked through for every row that comes: here every doubling will do.
  const version = status === "live" ? Math.floor(Math.log2(shown + 1)) : `${generation} ${shown}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another generation stand elsewhere.
  useEffect(() => {
    if (!isOpen || !isAtRest || pieces < 1 || query.text.trim() === "") return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask("find-ticks", { document: id, query, pieces }, { signal: abort.signal }).then(
        (found) => useFind.setState({ ticks: found }),
        (error: unknown) => {
          if (!(error instanceof ProtocolError)) throw error;
          if (error.code === "bad-search") useFind.setState({ outcome: failed(error) });
        },
      );
    }, pauseBeforeAsking);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [isOpen, isAtRest, id, version, pieces, query]);

  return isOpen ? (ticks?.pieces ?? noPieces) : noPieces;
}
