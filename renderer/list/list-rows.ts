/** The rows that are there of each open document. */
import { create } from "zustand";
import { ProtocolError } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { forgetDocument } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import { forgetListView } from "./list-view.js";
import { RowCache } from "./row-cache.js";

const caches = new Map<string, RowCache>();

/** Counts how often rows have come. */
const useArrivals = create<{ readonly count: number }>()(() => ({ count: 0 }));

/** Renders again when rows have come. */
export function useRowArrivals(): number {
  return useArrivals(({ count }) => count);
}

/** The rows of an open document. */
export function rowCacheOf(document: string): RowCache {
  const known = caches.get(document);
  if (known !== undefined) return known;
  const cache = new RowCache(
    (start, count, columns, signal) =>
      ask("rows", { document, start, count, columns: [...columns] }, { signal }),
    () => useArrivals.setState(({ count }) => ({ count: count + 1 })),
    // That the line has ended is seen elsewhere; the rows are asked for again on the next one.
    (error) => {
      if (!(error instanceof ProtocolError && error.code === "closed")) tellFault(error);
    },
  );
  caches.set(document, cache);
  return cache;
}

useAnalyzer.subscribe(({ documents }, before) => {
  if (documents === before.documents) return;
  for (const [id, cache] of caches) {
    if (documents.some((document) => document.id === id)) continue;
    cache.close();
    caches.delete(id);
    forgetListView(id);
    forgetDocument(id);
  }
});
