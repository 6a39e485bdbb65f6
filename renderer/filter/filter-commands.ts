import type { Command } from "../commands/command.js";
import { applyFilterFromMenu, focusFilter } from "./filter-actions.js";

/** Commands of the filter bar. */
export const filterCommands: readonly Command[] = [
  {
    id: "analyze.filter",
    label: "Filter…",
    menu: "Analyze",
    group: 1,
    shortcuts: ["Mod+/"],
    meaning: "Puts the caret into the filter bar. Typing in the list does so too.",
    isEnabled: ({ document }) => document !== undefined,
    run: () => focusFilter(),
  },
  {
    id: "analyze.clearFilter",
    label: "Clear Filter",
    menu: "Analyze",
    group: 1,
    shortcuts: [],
    meaning: "Shows all rows again.",
    isEnabled: ({ document }) =>
      document !== undefined && (document.filter.shown !== "" || document.filter.pending !== null),
    run: ({ document }) => {
      if (document !== undefined) applyFilterFromMenu(document.id, "");
    },
  },
];
