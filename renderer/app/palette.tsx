import { useMemo, useRef, useState } from "react";
import type { Command } from "../commands/command.js";
import { allCommands } from "../commands/command-table.js";
import { commandContext, runCommand } from "../commands/run-command.js";
import { describeShortcut } from "../commands/shortcut.js";
import { findShell } from "../shell.js";
import { closeDialog } from "../state/window.js";
import { DialogFrame } from "./modal.js";

/** Every command, found by a part of its name. */
export function Palette() {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const context = useMemo(commandContext, []);
  const { platform } = findShell();
  const list = useRef<HTMLDivElement>(null);
  const fitting = allCommands.filter(
    (command) => command.id !== "help.palette" && fits(command, text),
  );
  const found = fitting.filter((command) => command.isEnabled(context));
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    closeDialog();
    runCommand(command);
  };
  const move = (by: number) => {
    const next = (chosen + by + found.length) % Math.max(1, found.length);
    setChosen(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  return (
    <DialogFrame title="Commands">
      <input
        className="text-field palette__input"
        aria-label="Command"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] === undefined ? undefined : `palette-${chosen}`}
        placeholder="A part of its name"
        // biome-ignore lint/a11y/noAutofocus: it is what the palette was opened for
        autoFocus
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") run(found[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <p className="palette__none" role="status">
        {found.length === 0 && noneFits(text, fitting)}
      </p>
      <div
        className="palette__list"
        id="palette-list"
        role="listbox"
        aria-label="Commands"
        ref={list}
      >
        {found.map((command, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={command.id}
            id={`palette-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            className="palette__item"
            onPointerMove={() => setChosen(place)}
            onClick={() => run(command)}
          >
            <span className="palette__menu">{command.menu}</span>
            <span>{command.label}</span>
            <span className="palette__meaning">{command.meaning}</span>
            {command.shortcuts[0] !== undefined && (
              <kbd>{describeShortcut(command.shortcuts[0], platform)}</kbd>
            )}
          </div>
        ))}
      </div>
    </DialogFrame>
  );
}

/** Why nothing is found: `fitting` are those that cannot be used now. */
function noneFits(text: string, fitting: readonly Command[]): string {
  const [first] = fitting;
  if (first === undefined) return `No command fits “${text.trim()}”.`;
  const others = fitting.length - 1;
  if (others === 0) return `“${first.label}” cannot be used now.`;
  return `“${first.label}” and ${others} more that fit cannot be used now.`;
}

/** All words of the text are in its name. */
function fits({ label, menu, meaning = "", id }: Command, text: string): boolean {
  const name = `${menu} ${label} ${meaning} ${id}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}
