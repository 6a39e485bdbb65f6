/** What Find looks for, and where it was found. */
import { create } from "zustand";
import type { SearchQuery } from "../../analyzer/protocol/index.js";
import { goToPlace, placeIn } from "../list/list-view.js";
import { ask } from "../state/analyzer.js";
import { selectionOf } from "../state/selection.js";

interface FindState {
  readonly query: SearchQuery;
  /** Places of the hits, among so many equal pieces of the list of a document. */
  readonly document: string | null;
  readonly ticks: readonly number[];
  readonly pieces: number;
  readonly hits: number | null;
  readonly words: string;
  readonly isWrong: boolean;
  readonly isLooking: boolean;
}

const nothing = {
  document: null,
  ticks: [],
  pieces: 1,
  hits: null,
  words: "",
  isWrong: false,
  isLooking: false,
} as const;

export const useFindState = create<FindState>()(() => ({
  query: { kind: "text", text: "" },
  ...nothing,
}));

let running: AbortController | null = null;

export function changeQuery(query: SearchQuery): void {
  stopFinding();
  useFindState.setState({ query, ...nothing });
}

export function stopFinding(): void {
  running?.abort();
  running = null;
  useFindState.setState({ isLooking: false });
}

export function clearFound(): void {
  stopFinding();
  useFindState.setState(nothing);
}

const pieces = 400;

/** Goes to the next hit; the ticks of all come by and by. */
export async function findNext(document: string, direction: 1 | -1): Promise<void> {
  const { query, hits } = useFindState.getState();
  if (query.text === "") return;
  stopFinding();
  const abort = new AbortController();
  running = abort;
  useFindState.setState({ isLooking: true, words: "", isWrong: false });
  const from = selectionOf(document).frame ?? 0;
  const before = placeIn(document).cursor;
  try {
    const place = await ask("find", { document, query, from, direction }, { signal: abort.signal });
    if (place === null) useFindState.setState({ words: "Nothing was found.", hits: 0 });
    else {
      const isRound =
        before !== null && (direction === 1 ? place.index <= before : place.index >= before);
      const where = direction === 1 ? "from the beginning" : "from the end";
      useFindState.setState({ words: isRound ? `Went on ${where}.` : "" });
      goToPlace(document, place);
    }
    if (hits === null) {
      const found = await ask("find-ticks", { document, query, pieces }, { signal: abort.signal });
      useFindState.setState({ document, ticks: found.pieces, pieces, hits: found.hits });
    }
  } catch (error) {
    if (abort.signal.aborted) return;
    const words = error instanceof Error ? error.message : String(error);
    useFindState.setState({ words, isWrong: true });
  } finally {
    if (running === abort) {
      running = null;
      useFindState.setState({ isLooking: false });
    }
  }
}
