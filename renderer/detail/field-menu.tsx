import { ChevronRight } from "lucide-react";
import { Menu, MenuItem, Popover, Separator, SubmenuTrigger } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { PlacedMenu } from "../list/placed-menu.js";
import type { MenuPlace } from "../list/row-menu.js";
import { selectionOf } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import {
  addFieldColumn,
  applyField,
  copyField,
  explainField,
  type FieldCopy,
  type FieldInFrame,
  type FilterJoin,
  filterOf,
  prepareField,
  selectedField,
} from "./field-actions.js";

const joins: readonly (readonly [FilterJoin, string])[] = [
  ["selected", "Selected"],
  ["not", "Not Selected"],
  ["and", "…and Selected"],
  ["or", "…or Selected"],
];

const copies: readonly (readonly [FieldCopy, string])[] = [
  ["value", "Value"],
  ["name", "Field Name"],
  ["filter", "As Filter"],
  ["bytes", "Bytes as Hex"],
  ["subtree", "With All Below as Text"],
];

/** What can be done with the selected field. */
export function FieldMenu({
  document,
  place,
  onClose,
}: {
  readonly document: DocumentState;
  readonly place: MenuPlace | null;
  readonly onClose: () => void;
}) {
  const field = place === null ? undefined : selectedField(document, selectionOf(document.id));
  return (
    <PlacedMenu place={field === undefined ? null : place} onClose={onClose}>
      <Popover className="list-menu__popover" placement="bottom start">
        {field !== undefined && <FieldMenuItems field={field} />}
      </Popover>
    </PlacedMenu>
  );
}

function FieldMenuItems({ field }: { readonly field: FieldInFrame }) {
  const filterMenu = (label: string, use: (join: FilterJoin) => void) => (
    <Submenu label={label} items={joins} onChoose={use} />
  );
  return (
    <Menu className="list-menu" aria-label={field.node.name}>
      <MenuItem className="list-menu__item" onAction={() => explainField(field)}>
        What Does This Mean?
      </MenuItem>
      <Separator className="list-menu__separator" />
      {filterMenu("Apply as Filter", (join) => applyField(field, join))}
      {filterMenu("Prepare as Filter", (join) => prepareField(field, join))}
      <MenuItem className="list-menu__item" onAction={() => addFieldColumn(field)}>
        Apply as Column
      </MenuItem>
      <Separator className="list-menu__separator" />
      <Submenu
        label="Copy"
        items={copies}
        onChoose={(what) => {
          copyField(field, what).catch(tellFault);
        }}
      />
      <Separator className="list-menu__separator" />
      <MenuItem className="list-menu__item" isDisabled textValue={filterOf(field.node)}>
        <code className="list-menu__filter field-menu__filter">{filterOf(field.node)}</code>
      </MenuItem>
    </Menu>
  );
}

function Submenu<Choice extends string>({
  label,
  items,
  onChoose,
}: {
  readonly label: string;
  readonly items: readonly (readonly [Choice, string])[];
  readonly onChoose: (choice: Choice) => void;
}) {
  return (
    <SubmenuTrigger>
      <MenuItem className="list-menu__item" textValue={label}>
        {label}
        <ChevronRight aria-hidden="true" />
      </MenuItem>
      <Popover className="list-menu__popover">
        <Menu className="list-menu" aria-label={label}>
          {items.map(([choice, title]) => (
            <MenuItem key={choice} className="list-menu__item" onAction={() => onChoose(choice)}>
              {title}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </SubmenuTrigger>
  );
}
