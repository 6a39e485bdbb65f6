/** The text in the filter bar of each document, and what the analyzer says of it. */
import { create } from "zustand";
import type { ExpressionCheck } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { changeSettings } from "../state/settings.js";
import { tellFault } from "../state/window.js";

export interface FilterDraft {
  readonly text: string;
  /** Of the text as it is; null while it is being checked. */
  readonly check: ExpressionCheck | null;
}

interface FilterStates {
  readonly byDocument: Readonly<Record<string, FilterDraft>>;
  /** Grows when the bar is to have the focus. */
  readonly focusSerial: number;
  /** What of the text is selected then. */
  readonly focusOn: "all" | "end";
}

const fine: ExpressionCheck = { error: null, warnings: [], isSlow: false };
const empty: FilterDraft = { text: "", check: fine };

export const useFilterStates = create<FilterStates>()(() => ({
  byDocument: {},
  focusSerial: 0,
  focusOn: "all",
}));

export function draftOf(document: string): FilterDraft {
  return useFilterStates.getState().byDocument[document] ?? empty;
}

export function useFilterDraft(document: string | undefined): FilterDraft {
  return useFilterStates(({ byDocument }) =>
    document === undefined ? empty : (byDocument[document] ?? empty),
  );
}

/** Puts the text that is shown into the bar of a document that has none yet. */
export function adoptFilter(document: string, text: string): void {
  if (useFilterStates.getState().byDocument[document] === undefined)
    setDraft(document, { text, check: fine });
}

function setDraft(document: string, draft: FilterDraft): void {
  useFilterStates.setState(({ byDocument }) => ({
    byDocument: { ...byDocument, [document]: draft },
  }));
}

/** Changes the text; what it is worth comes later. */
export function changeDraft(document: string, text: string): void {
  setDraft(document, { text, check: null });
  ask("check-filter", { text }).then(
    (check) => {
      if (draftOf(document).text === text) setDraft(document, { text, check });
    },
    () => {},
  );
}

/** Puts a text into the bar, and the caret with it. */
export function prepareFilter(document: string, text: string): void {
  changeDraft(document, text);
  focusFilter("end");
}

export function focusFilter(focusOn: FilterStates["focusOn"] = "all"): void {
  useFilterStates.setState(({ focusSerial }) => ({ focusSerial: focusSerial + 1, focusOn }));
}

const rememberedFilters = 20;

/** Shows the rows that fit. A text that cannot be understood leaves the rows as they are. */
export async function applyFilter(document: string, text: string): Promise<void> {
  try {
    const check = await ask("filter", { document, text });
    setDraft(document, { text, check });
    const { settings } = useAnalyzer.getState();
    const trimmed = text.trim();
    if (check.error !== null || trimmed === "" || settings === null) return;
    const others = settings.recentFilters.filter((one) => one !== trimmed);
    if (settings.recentFilters[0] !== trimmed) {
      changeSettings({ recentFilters: [trimmed, ...others].slice(0, rememberedFilters) });
    }
  } catch (error) {
    tellFault(error);
  }
}
