import { allCommands, menuNames } from "../commands/command-table.js";
import { describeShortcut } from "../commands/shortcut.js";
import { findShell } from "../shell.js";
import { DialogFrame } from "./modal.js";

/** Keys within the parts of the window. */
const inner: readonly (readonly [keys: string, meaning: string])[] = [
  ["Arrows PageUp PageDown Home End", "move in the list, the tree, the bytes"],
  ["a letter, in the list", "begins a filter"],
  ["Left Right, in the tree", "closes and opens; Backspace goes to the group around"],
  ["Ctrl+Right Ctrl+Left, in the tree", "opens and closes with all below"],
  ["Enter, in the bytes", "selects the field of the byte; again: the one around it"],
  ["Shift+arrows, in the bytes", "selects bytes; Ctrl+C copies them"],
  ["Shift+F10", "the menu of the frame or the field"],
];

export function ShortcutsDialog() {
  const { platform } = findShell();
  return (
    <DialogFrame title="Keyboard shortcuts" isWide>
      <div className="shortcuts">
        {menuNames.map((menu) => (
          <section key={menu}>
            <h3>{menu}</h3>
            <dl>
              {allCommands
                .filter((command) => command.menu === menu && command.shortcuts.length > 0)
                .map((command) => (
                  <div key={command.id}>
                    <dt>{command.label}</dt>
                    <dd>
                      {command.shortcuts.map((shortcut) => (
                        <kbd key={shortcut}>{describeShortcut(shortcut, platform)}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Within the parts of the window</h3>
          <dl>
            {inner.map(([keys, meaning]) => (
              <div key={keys}>
                <dt>{meaning}</dt>
                <dd>
                  <kbd>{keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </DialogFrame>
  );
}
