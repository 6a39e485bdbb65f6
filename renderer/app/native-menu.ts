import { useEffect } from "react";
import type { ShellMenuItem } from "../../analyzer/protocol/index.js";
import type { Command } from "../commands/command.js";
import { allCommands, groupsOf, menuNames } from "../commands/command-table.js";
import { commandContext, runCommand } from "../commands/run-command.js";
import { acceleratorOf } from "../commands/shortcut.js";
import { findShell } from "../shell.js";
import { useAnalyzer } from "../state/analyzer.js";
import { useWindow } from "../state/window.js";

/** Keeps the system's menu in step with the command table, where there is one. */
export function useNativeMenu(): void {
  const state = useAnalyzer(({ documents, active, settings }) => {
    const document = documents.find(({ id }) => id === active);
    const theme = settings?.theme;
    return `${active} ${document?.canUndo} ${document?.canRedo} ${document?.keysBeside} ${theme}`;
  });
  const dock = useWindow(({ dock: name }) => name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the menu is in these.
  useEffect(() => {
    findShell().setMenu?.(
      menuNames.map((label) => ({
        label,
        items: groupsOf(label).flatMap((commands, place) => [
          ...(place > 0 ? [{ kind: "separator" } as const] : []),
          ...commands.map(itemOf),
        ]),
      })),
    );
  }, [state, dock]);
  useEffect(() => {
    findShell().onCommand((id) => {
      const command = allCommands.find((one) => one.id === id);
      if (command !== undefined) runCommand(command);
    });
  }, []);
}

function itemOf(command: Command): ShellMenuItem {
  const context = commandContext();
  const [shortcut] = command.shortcuts;
  return {
    kind: "command",
    command: command.id,
    label: command.label,
    accelerator: shortcut === undefined ? null : acceleratorOf(shortcut),
    isEnabled: command.isEnabled(context),
    isChecked: command.isChecked?.(context) ?? null,
  };
}
