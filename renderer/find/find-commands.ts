import type { Command } from "../commands/command.js";
import { findNext, openFind, useFind } from "./find-store.js";

/** Commands of the find bar. */
export const findCommands: readonly Command[] = [
  {
    id: "edit.find",
    label: "Find…",
    menu: "Edit",
    group: 2,
    shortcuts: ["Mod+F"],
    meaning: "Text, bytes, a regular expression or a filter, without hiding other rows.",
    isEnabled: ({ document }) => document !== undefined,
    run: openFind,
  },
  findCommand("edit.findNext", "Find Next", 1, ["Mod+N", "F3"]),
  findCommand("edit.findPrevious", "Find Previous", -1, ["Mod+B", "Shift+F3"]),
];

function findCommand(
  id: string,
  label: string,
  direction: 1 | -1,
  shortcuts: readonly string[],
): Command {
  return {
    id,
    label,
    menu: "Edit",
    group: 2,
    shortcuts,
    isEnabled: ({ document }) => document !== undefined,
    run: async ({ document }) => {
      if (document === undefined) return;
      if (useFind.getState().query.text.trim() === "") openFind();
      else await findNext(document.id, direction);
    },
  };
}
