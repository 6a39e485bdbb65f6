import { type RefObject, useEffect, useLayoutEffect } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { useAnalyzer } from "../state/analyzer.js";
import { isAtEnd, listViewOf, resizeList, revealIndex, scrollTo } from "./list-view.js";

/** Keeps the extent of the list in step with the window, the theme and the document. */
export function useListSize(
  { id, shown }: DocumentState,
  body: RefObject<HTMLDivElement | null>,
  followsGrowth: boolean,
): void {
  const density = useAnalyzer(({ settings }) => settings?.density);

  // biome-ignore lint/correctness/useExhaustiveDependencies: density sets the height of rows.
  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return;
    const measure = () => {
      const { extent, cursor } = listViewOf(id);
      const height = element.clientHeight;
      const wasSeen = extent.height > 0;
      const wasAtEnd = isAtEnd(id);
      resizeList(id, { rows: extent.rows, rowHeight: rowHeightOf(element), height });
      if (followsGrowth && wasAtEnd) scrollTo(id, Number.POSITIVE_INFINITY);
      if (!wasSeen && cursor !== null) revealIndex(id, cursor.index, "middle");
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [id, body, density, followsGrowth]);

  useLayoutEffect(() => {
    const { extent } = listViewOf(id);
    const wasAtEnd = isAtEnd(id);
    resizeList(id, { ...extent, rows: shown });
    if (followsGrowth && wasAtEnd && shown > extent.rows) scrollTo(id, Number.POSITIVE_INFINITY);
  }, [id, shown, followsGrowth]);

  // A list that is shown again has another size of window around it.
  useEffect(() => {
    const { cursor } = listViewOf(id);
    if (cursor !== null) revealIndex(id, cursor.index, "nearest");
  }, [id]);
}

function rowHeightOf(element: Element): number {
  const height = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row-height"));
  return height > 0 ? height : 21;
}
