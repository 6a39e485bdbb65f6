import { useEffect } from "react";
import { type DocumentState, ProtocolError } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";
import { keptFrame } from "../state/kept-frames.js";
import { selectFrame, selectionOf, useSelection } from "../state/selection.js";
import { changeListView, listViewOf } from "./list-view.js";

/**
 * Looks at something from the beginning: at the frame that was looked at before the page was loaded
 * again, or at the first row that is shown, until another is chosen. Not at the first one of a live
 * capture, nor where another part of the list is seen: there the newest rows are.
 */
export function useFirstFrame({
  id,
  name,
  kind,
  status,
  frames,
  shown,
  filter,
}: DocumentState): void {
  const { frame, byItself } = useSelection(id);
  const kept = frame === null ? keptFrame(id, name) : null;
  const isKeptThere = kept !== null && kept <= frames;
  const mayCome = kept !== null && (status === "live" || status === "loading");
  const isFirstWanted = status !== "live" && (byItself || !mayCome);
  const isOpen = kind === "capture" && shown > 0 && (frame === null || byItself);
  const isWanted = isOpen && (isKeptThere || isFirstWanted);

  // biome-ignore lint/correctness/useExhaustiveDependencies: under another filter another row is the first.
  useEffect(() => {
    if (!isWanted) return;
    if (isKeptThere) {
      selectFrame(id, kept);
      return;
    }
    if (!byItself && listViewOf(id).top > 0) return;
    const abort = new AbortController();
    ask("locate", { document: id, number: 1 }, { signal: abort.signal }).then(
      (place) => {
        const now = selectionOf(id);
        if (place === null || (now.frame !== null && !now.byItself)) return;
        changeListView(id, { cursor: place, anchor: place.index });
        if (now.frame !== place.number) selectFrame(id, place.number, { byItself: true });
      },
      (error: unknown) => {
        if (!(error instanceof ProtocolError)) throw error;
      },
    );
    return () => abort.abort();
  }, [id, isWanted, isKeptThere, kept, byItself, filter.shown]);
}
