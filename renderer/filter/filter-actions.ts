/** Filters of the document, from wherever they are set: the bar, menus, the tree, panels. */
import { create } from "zustand";
import type { ExpressionCheck } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { changeProfile, changeSettings, profileOf } from "../state/settings.js";
import { tell, tellFault } from "../state/window.js";

/** That the bar should take the focus, and which text it should then show. */
export interface FilterCall {
  /** Counts the calls. */
  readonly call: number;
  /** Null: as it stands. */
  readonly text: string | null;
}

export const useFilterCall = create<FilterCall>()(() => ({ call: 0, text: null }));

/** Puts the caret into the filter bar; `text` in place of what stands there. */
export function focusFilter(text: string | null = null): void {
  useFilterCall.setState(({ call }) => ({ call: call + 1, text }));
}

/** Puts a filter into the bar, to be changed or applied by hand. */
export function prepareFilter(text: string): void {
  focusFilter(text);
}

const rememberedFilters = 20;

/** Shows the rows that fit, and remembers the filter. A text that is none changes nothing. */
export async function applyFilter(document: string, text: string): Promise<ExpressionCheck> {
  const filter = text.trim();
  const check = await ask("filter", { document, text: filter });
  if (check.error === null && filter !== "") rememberFilter(filter);
  return check;
}

/** The same from a menu: what is wrong is told in words. */
export function applyFilterFromMenu(document: string, text: string): void {
  applyFilter(document, text).then(({ error }) => {
    if (error !== null) tell(`The filter ${text} is wrong: ${error.message}.`, "error");
  }, tellFault);
}

function rememberFilter(text: string): void {
  const { settings } = useAnalyzer.getState();
  if (settings === null || settings.recentFilters[0] === text) return;
  const others = settings.recentFilters.filter((one) => one !== text);
  changeSettings({ recentFilters: [text, ...others].slice(0, rememberedFilters) });
}

export function cancelFilter(document: string): void {
  ask("cancel-filter", { document }).catch(tellFault);
}

/** Keeps a filter in the profile under a name; another one of that name makes way. */
export function saveFilter(name: string, text: string): void {
  const profile = profileOf(useAnalyzer.getState().settings);
  if (profile === undefined) return;
  const others = profile.savedFilters.filter((one) => one.name !== name);
  changeProfile({ savedFilters: [...others, { name, text }] });
}

export function removeFilter(name: string): void {
  const profile = profileOf(useAnalyzer.getState().settings);
  if (profile === undefined) return;
  changeProfile({ savedFilters: profile.savedFilters.filter((one) => one.name !== name) });
}
