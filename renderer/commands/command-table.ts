/** Every command of the application: menus, palette, tooltips and shortcuts are made of it. */

import { focusFilter } from "../filter/filter-state.js";
import { listCommands } from "../list/list-commands.js";
import type { Command, MenuName } from "./command.js";
import { fileCommands } from "./file-commands.js";

const focusCommands: readonly Command[] = [
  {
    id: "analyze.filter",
    label: "Display Filter",
    menu: "Analyze",
    group: 0,
    shortcuts: ["Mod+/"],
    meaning: "Show only frames that fit an expression",
    isEnabled: ({ document }) => document !== undefined,
    run: () => focusFilter(),
  },
];

export const allCommands: readonly Command[] = [...fileCommands, ...listCommands, ...focusCommands];

export const menuNames: readonly MenuName[] = ["File", "Edit", "View", "Go", "Analyze", "Help"];

/** The commands of a menu in their groups. */
export function groupsOf(menu: MenuName): readonly (readonly Command[])[] {
  const groups = new Map<number, Command[]>();
  for (const command of allCommands) {
    if (command.menu !== menu) continue;
    const group = groups.get(command.group);
    if (group === undefined) groups.set(command.group, [command]);
    else group.push(command);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, commands]) => commands);
}
