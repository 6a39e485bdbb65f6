/** Every command of the application: menus, palette, tooltips and shortcuts are made of it. */
import { captureCommands } from "../capture/capture-commands.js";
import { detailCommands } from "../detail/detail-commands.js";
import { filterCommands } from "../filter/filter-commands.js";
import { findCommands } from "../find/find-commands.js";
import { listCommands } from "../list/list-commands.js";
import { scratchCommands } from "../scratch/scratch-commands.js";
import type { Command, MenuName } from "./command.js";
import { fileCommands } from "./file-commands.js";

export const allCommands: readonly Command[] = [
  ...fileCommands,
  ...scratchCommands,
  ...listCommands,
  ...findCommands,
  ...filterCommands,
  ...detailCommands,
  ...captureCommands,
];

export const menuNames: readonly MenuName[] = [
  "File",
  "Edit",
  "View",
  "Go",
  "Capture",
  "Analyze",
  "Help",
];

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
