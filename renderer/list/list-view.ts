/** Where the list stands, and which place in it the cursor has. */
import { create } from "zustand";
import type { Row } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";
import { selectFrame, selectionOf } from "../state/selection.js";

export interface ListPlace {
  /** Position in pixels. */
  readonly top: number;
  /** Place of the selected frame in the list; null where it is not known. */
  readonly cursor: number | null;
}

interface ListViews {
  readonly byDocument: Readonly<Record<string, ListPlace>>;
  /** A place that is to be seen: changes of `serial` are asked to scroll. */
  readonly wanted: {
    readonly document: string;
    readonly place: number;
    readonly serial: number;
    readonly isJump: boolean;
  } | null;
}

const beginning: ListPlace = { top: 0, cursor: null };

export const useListViews = create<ListViews>()(() => ({ byDocument: {}, wanted: null }));

export function placeIn(document: string): ListPlace {
  return useListViews.getState().byDocument[document] ?? beginning;
}

export function changePlace(document: string, change: Partial<ListPlace>): void {
  useListViews.setState(({ byDocument }) => ({
    byDocument: {
      ...byDocument,
      [document]: { ...(byDocument[document] ?? beginning), ...change },
    },
  }));
}

/** Scrolls to a place of the list. `isJump`: to the middle, for it comes from elsewhere. */
export function revealPlace(document: string, place: number, isJump = false): void {
  useListViews.setState(({ wanted }) => ({
    wanted: { document, place, isJump, serial: (wanted?.serial ?? 0) + 1 },
  }));
}

/** Rows that the list has at hand: set by the list of the document that is looked at. */
let rowAtHand: (document: string, place: number) => Row | undefined = () => undefined;

export function provideRows(find: typeof rowAtHand): void {
  rowAtHand = find;
}

/** Moves the cursor to a place at once, and selects the frame there as soon as it is known. */
export async function moveTo(document: string, place: number): Promise<void> {
  changePlace(document, { cursor: place });
  revealPlace(document, place);
  const known = rowAtHand(document, place);
  const row =
    known ?? (await ask("rows", { document, start: place, count: 1, columns: [] })).rows[0];
  // The cursor may have gone on meanwhile.
  if (row !== undefined && placeIn(document).cursor === place) selectFrame(document, row.number);
}

/** Goes to a frame by its number; to the next one that is shown where it is hidden by the filter. */
export async function goToFrame(document: string, number: number): Promise<void> {
  const place = await ask("locate", { document, number });
  if (place === null) return;
  changePlace(document, { cursor: place.index });
  selectFrame(document, number, { isJump: true });
  revealPlace(document, place.index, true);
}

/** Goes to what a step or a search has found. */
export function goToPlace(
  document: string,
  place: { readonly number: number; readonly index: number } | null,
): boolean {
  if (place === null) return false;
  changePlace(document, { cursor: place.index });
  selectFrame(document, place.number, { isJump: true });
  revealPlace(document, place.index, true);
  return true;
}

/** Rows up or down from the selected one. */
export async function moveBy(document: string, rows: number, length: number): Promise<void> {
  if (length === 0) return;
  let { cursor } = placeIn(document);
  const { frame } = selectionOf(document);
  if (cursor === null && frame !== null) {
    cursor = (await ask("locate", { document, number: frame }))?.index ?? null;
  }
  const start = cursor ?? (rows > 0 ? -1 : length);
  await moveTo(document, Math.min(Math.max(0, start + rows), length - 1));
}
