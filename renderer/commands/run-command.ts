/** Runs commands: by their names, and by their keys. */
import { activeDocument } from "../state/analyzer.js";
import { selectionOf } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import type { Command, CommandContext } from "./command.js";
import { isStroke, type KeyStroke, type Platform } from "./shortcut.js";

/** What commands find now. */
export function commandContext(): CommandContext {
  const document = activeDocument();
  return { document, selection: selectionOf(document?.id ?? "") };
}

/** Runs a command if it can run now; what goes wrong is told to the user. */
export function runCommand(command: Command): void {
  const context = commandContext();
  if (!command.isEnabled(context)) return;
  Promise.resolve()
    .then(() => command.run(context))
    .catch(tellFault);
}

/** Shortcuts that a text field needs for itself. */
const editing: ReadonlySet<string> = new Set(["z", "y", "x", "c", "v", "a"]);

/** The command that a stroke asks for; undefined where it is meant for what has the focus. */
export function commandOfStroke(
  commands: readonly Command[],
  stroke: KeyStroke,
  isTyping: boolean,
  platform: Platform,
): Command | undefined {
  const hasModifier = stroke.ctrlKey || stroke.metaKey || stroke.altKey;
  const isFunctionKey = /^F\d+$/.test(stroke.key);
  if (isTyping) {
    if (!hasModifier && !isFunctionKey) return undefined;
    const isOwn = !stroke.altKey && !(stroke.shiftKey && stroke.key.toLowerCase() === "v");
    if (isOwn && (editing.has(stroke.key.toLowerCase()) || /^(Arrow|Home|End)/.test(stroke.key))) {
      return undefined;
    }
  }
  return commands.find(({ shortcuts }) =>
    shortcuts.some((shortcut) => isStroke(stroke, shortcut, platform)),
  );
}

/** Whether keys typed there are text. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement)
    return !/^(checkbox|radio|button|range)$/.test(target.type);
  return target.closest(".monaco-editor") !== null;
}
