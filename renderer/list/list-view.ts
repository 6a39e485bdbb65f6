/** Where each document's list stands, and the row that the keys move from. */
import { create } from "zustand";
import { clampTop, type ListExtent, largestTop, reveal } from "./scroll-model.js";

export interface Cursor {
  readonly index: number;
  /** Of the frame there; null until it is known. */
  readonly number: number | null;
}

export interface ListView {
  /** Pixels from the first row. */
  readonly top: number;
  readonly extent: ListExtent;
  readonly cursor: Cursor | null;
  /** Where a range of selected rows begins. */
  readonly anchor: number | null;
}

const nowhere: ListView = {
  top: 0,
  extent: { rows: 0, rowHeight: 21, height: 0 },
  cursor: null,
  anchor: null,
};

interface ListViews {
  readonly byDocument: Readonly<Record<string, ListView>>;
}

export const useListViews = create<ListViews>()(() => ({ byDocument: {} }));

export function useListView(document: string): ListView {
  return useListViews(({ byDocument }) => byDocument[document] ?? nowhere);
}

export function listViewOf(document: string): ListView {
  return useListViews.getState().byDocument[document] ?? nowhere;
}

export function changeListView(document: string, change: Partial<ListView>): void {
  useListViews.setState(({ byDocument }) => ({
    byDocument: { ...byDocument, [document]: { ...(byDocument[document] ?? nowhere), ...change } },
  }));
}

/** Moves the list there, or as near as it goes. */
export function scrollTo(document: string, top: number): void {
  const { extent, top: before } = listViewOf(document);
  const next = clampTop(extent, top);
  if (next !== before) changeListView(document, { top: next });
}

export function scrollBy(document: string, distance: number): void {
  scrollTo(document, listViewOf(document).top + distance);
}

/** Whether the last row is seen, or would be if there were one. */
export function isAtEnd(document: string): boolean {
  const { top, extent } = listViewOf(document);
  return top >= largestTop(extent);
}

/** Moves the list so that a row is seen. */
export function revealIndex(document: string, index: number, how: "nearest" | "middle"): void {
  const { extent, top } = listViewOf(document);
  // Before the list has been measured there is nothing to reveal in; it does so itself then.
  if (extent.height > 0) scrollTo(document, reveal(extent, top, index, how));
}

/** The list has another size. What was seen first stays first. */
export function resizeList(document: string, extent: ListExtent): void {
  const { extent: before, top } = listViewOf(document);
  const kept =
    before.rowHeight === extent.rowHeight ? top : (top / before.rowHeight) * extent.rowHeight;
  changeListView(document, {
    extent,
    top: clampTop(extent, kept),
  });
}

export function forgetListView(document: string): void {
  useListViews.setState(({ byDocument }) => {
    const { [document]: _, ...others } = byDocument;
    return { byDocument: others };
  });
}
