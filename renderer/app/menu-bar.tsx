import { Check } from "lucide-react";
import { Fragment } from "react";
import {
  Button,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import type { MenuName } from "../commands/command.js";
import { allCommands, groupsOf, menuNames } from "../commands/command-table.js";
import { commandContext, runCommand } from "../commands/run-command.js";
import { describeShortcut } from "../commands/shortcut.js";
import { findShell } from "../shell.js";
import { useAnalyzer } from "../state/analyzer.js";
import { openRecent } from "../state/open.js";

/** The menus, where the system has none of the application's. */
export function MenuBar() {
  return (
    <nav className="menu-bar" aria-label="Menus">
      {menuNames.map((name) => (
        <MenuTrigger key={name}>
          <Button className="menu-bar__title">{name}</Button>
          <Popover className="menu-popover" placement="bottom start">
            <MenuOf name={name} />
          </Popover>
        </MenuTrigger>
      ))}
    </nav>
  );
}

function MenuOf({ name }: { readonly name: MenuName }) {
  const context = commandContext();
  const { platform } = findShell();
  const recent = useAnalyzer((state) => state.settings?.recentFiles ?? none);
  const groups = groupsOf(name);
  const disabled = allCommands.filter((command) => !command.isEnabled(context)).map(({ id }) => id);
  return (
    <Menu
      className="menu"
      aria-label={name}
      disabledKeys={disabled}
      onAction={(key) => {
        const path = /^recent (.*)$/s.exec(String(key))?.[1];
        const command = allCommands.find(({ id }) => id === key);
        if (path !== undefined) void openRecent(path);
        else if (command !== undefined) runCommand(command);
      }}
    >
      {groups.map((commands, place) => (
        <Fragment key={commands[0]?.id}>
          {place > 0 && <Separator className="menu__line" />}
          <MenuSection aria-label={`${name} ${place + 1}`}>
            {commands.map((command) => (
              <MenuItem
                key={command.id}
                id={command.id}
                className="menu__item"
                textValue={command.label}
              >
                <span className="menu__check">
                  {command.isChecked?.(context) === true && <Check size={12} aria-label="on" />}
                </span>
                <span className="menu__label">{command.label}</span>
                {command.shortcuts[0] !== undefined && (
                  <kbd>{describeShortcut(command.shortcuts[0], platform)}</kbd>
                )}
              </MenuItem>
            ))}
          </MenuSection>
        </Fragment>
      ))}
      {name === "File" && recent.length > 0 && (
        <>
          <Separator className="menu__line" />
          <MenuSection aria-label="Opened before">
            {recent.map(({ name: file, path }) => (
              <MenuItem key={path} id={`recent ${path}`} className="menu__item" textValue={file}>
                <span className="menu__check" />
                <span className="menu__label">{file}</span>
              </MenuItem>
            ))}
          </MenuSection>
        </>
      )}
    </Menu>
  );
}

const none: readonly { readonly name: string; readonly path: string }[] = [];
