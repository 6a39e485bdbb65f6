import { useEffect, useRef } from "react";
import { type DocumentState, ProtocolError } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";
import { selectFrame, selectionOf, useSelection } from "../state/selection.js";
import { rowCacheOf } from "./list-rows.js";
import { changeListView, isAtEnd, listViewOf, revealIndex, scrollTo } from "./list-view.js";
import { visibleRange } from "./scroll-model.js";

/**
 * Keeps the list where the user is: at the frame that is looked at when it was chosen elsewhere, and,
 * when other rows are shown, with that frame (or the one that was first) where it stood on the screen.
 */
export function useListPlace({ id, generation, filter, shown, status }: DocumentState): void {
  const { frame: selected, byItself } = useSelection(id);
  // What nobody has chosen does not hold the list.
  const frame = byItself ? null : selected;
  const before = useRef({ filter: filter.shown, generation });

  useEffect(() => {
    const { cursor, top, extent } = listViewOf(id);
    const { frames } = selectionOf(id);
    const isOtherFilter = before.current.filter !== filter.shown;
    // Under a filter, rows that read otherwise may come and go; those of a live capture only come.
    const isOtherList =
      isOtherFilter ||
      (filter.shown !== "" && before.current.generation !== generation && status !== "live");
    const isElsewhere = frame !== null && cursor?.number !== frame;
    if (shown === 0 || !(isOtherList || isElsewhere)) {
      before.current = { filter: filter.shown, generation };
      return;
    }
    // What cannot be seen any more is not to be marked by mistake.
    if (isOtherFilter && frame !== null && frames.length > 1) selectFrame(id, frame);
    const { first, end } = visibleRange(extent, top);
    const isSeen = cursor !== null && cursor.index >= first && cursor.index < end;
    const onScreen = isSeen ? cursor.index * extent.rowHeight - top : null;
    const number = frame ?? rowCacheOf(id).row(first)?.number ?? first + 1;
    // A live list that follows goes on following whatever is shown of it.
    const follows = status === "live" && !isElsewhere && isAtEnd(id);
    const abort = new AbortController();
    ask("locate", { document: id, number }, { signal: abort.signal }).then(
      (place) => {
        before.current = { filter: filter.shown, generation };
        if (place === null) return;
        if (frame !== null) changeListView(id, { cursor: place, anchor: place.index });
        if (follows) {
          scrollTo(id, Number.POSITIVE_INFINITY);
          return;
        }
        if (isOtherList && onScreen !== null) {
          scrollTo(id, place.index * extent.rowHeight - onScreen);
        } else if (frame === null) scrollTo(id, place.index * extent.rowHeight);
        if (isElsewhere || isOtherFilter) revealIndex(id, place.index, "middle");
      },
      (error: unknown) => {
        if (!(error instanceof ProtocolError)) throw error;
      },
    );
    return () => abort.abort();
  }, [id, frame, generation, filter.shown, shown, status]);
}
