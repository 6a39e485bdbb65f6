import { ChevronRight } from "lucide-react";
import {
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  Separator,
  SubmenuTrigger,
} from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { applyFilterFromMenu, prepareFilter } from "../filter/filter-actions.js";
import { selectionOf } from "../state/selection.js";
import { openDock, tellFault } from "../state/window.js";
import { listCommands } from "./list-commands.js";
import { rowCacheOf } from "./list-rows.js";
import { PlacedMenu } from "./placed-menu.js";
import { type CopyFormat, copyFrames } from "./row-actions.js";
import { suggestedFilters } from "./row-filters.js";

/** Pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface RowMenuProps {
  readonly document: DocumentState;
  readonly place: MenuPlace | null;
  readonly onClose: () => void;
}

const copyLabels: readonly (readonly [CopyFormat, string])[] = [
  ["line", "Line"],
  ["text", "Annotated Text"],
  ["hex", "Bytes as Hex"],
  ["json", "JSON"],
  ["xml", "XML"],
];

/** What can be done with the row that is looked at, and those that are selected with it. */
export function RowMenu({ document, place, onClose }: RowMenuProps) {
  return (
    <PlacedMenu place={place} onClose={onClose}>
      <Popover className="list-menu__popover" placement="bottom start">
        {place !== null && <RowMenuItems document={document} />}
      </Popover>
    </PlacedMenu>
  );
}

function RowMenuItems({ document }: { readonly document: DocumentState }) {
  const selection = selectionOf(document.id);
  const { frame, frames } = selection;
  const row = frame === null ? undefined : rowCacheOf(document.id).find(frame);
  const filters = row === undefined ? [] : suggestedFilters(row);
  const context = { document, selection };

  const command = (id: string, label?: string) => {
    const found = listCommands.find((one) => one.id === id);
    if (found === undefined) return null;
    return (
      <MenuItem
        id={id}
        className="list-menu__item"
        textValue={label ?? found.label}
        isDisabled={!found.isEnabled(context)}
        onAction={() => {
          Promise.resolve(found.run(context)).catch(tellFault);
        }}
      >
        <span className="list-menu__label">{label ?? found.label}</span>
        <kbd className="list-menu__shortcut">{found.shortcuts[0]?.replace("Mod", "Ctrl")}</kbd>
      </MenuItem>
    );
  };
  const filterMenu = (label: string, use: (text: string) => void) => (
    <SubmenuTrigger>
      <MenuItem className="list-menu__item" textValue={label} isDisabled={filters.length === 0}>
        {label}
        <ChevronRight aria-hidden="true" />
      </MenuItem>
      <Popover className="list-menu__popover">
        <Menu className="list-menu" aria-label={label}>
          {filters.map(({ label: suggested, text }) => (
            <MenuItem
              key={text}
              className="list-menu__item"
              textValue={suggested}
              onAction={() => use(text)}
            >
              <span className="list-menu__label">{suggested}</span>
              <code className="list-menu__filter">{text}</code>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </SubmenuTrigger>
  );

  return (
    <Menu
      className="list-menu"
      aria-label={frames.length > 1 ? `${frames.length} frames` : `Frame ${frame}`}
    >
      <MenuSection aria-label="Notes">
        {command("edit.mark", row?.isMarked === true ? "Unmark" : "Mark")}
        {command("edit.ignore", row?.isIgnored === true ? "Take Back into Account" : "Ignore")}
        {command(
          "edit.timeReference",
          row?.isReference === true ? "Remove Time Reference" : "Set Time Reference",
        )}
        {command("edit.comment")}
      </MenuSection>
      <Separator className="list-menu__separator" />
      <MenuSection aria-label="Filters">
        {command("analyze.followConversation")}
        {filterMenu("Apply as Filter", (text) => applyFilterFromMenu(document.id, text))}
        {filterMenu("Prepare as Filter", prepareFilter)}
      </MenuSection>
      <Separator className="list-menu__separator" />
      <MenuSection aria-label="Places">{command("go.partner", partnerLabel(row))}</MenuSection>
      <Separator className="list-menu__separator" />
      <MenuSection aria-label="Copies">
        <SubmenuTrigger>
          <MenuItem className="list-menu__item" textValue="Copy">
            Copy
            <ChevronRight aria-hidden="true" />
          </MenuItem>
          <Popover className="list-menu__popover">
            <Menu className="list-menu" aria-label="Copy">
              {copyLabels.map(([format, label]) => (
                <MenuItem
                  key={format}
                  className="list-menu__item"
                  onAction={() => void copyFrames(document, format)}
                >
                  {label}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </SubmenuTrigger>
        <MenuItem
          className="list-menu__item"
          textValue="View as JSON or XML"
          onAction={() => openDock("text")}
        >
          <span className="list-menu__label">View as JSON or XML</span>
        </MenuItem>
        {command("file.exportSelected")}
      </MenuSection>
    </Menu>
  );
}

function partnerLabel(
  row:
    | { answers: number | null; answeredBy: number | null; completedIn: number | null }
    | undefined,
): string {
  if (row?.answers != null) return `Go to Request ${row.answers}`;
  if (row?.answeredBy != null) return `Go to Answer ${row.answeredBy}`;
  if (row?.completedIn != null) return `Go to Frame ${row.completedIn}, Which Completes It`;
  return "Go to Request or Answer";
}
