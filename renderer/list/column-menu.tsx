import { Check } from "lucide-react";
import { Menu, MenuItem, Popover, Separator } from "react-aria-components";
import type { Profile } from "../../analyzer/protocol/index.js";
import { changeProfile } from "../state/settings.js";
import { openDialog } from "../state/window.js";
import { allColumns, columnName, withShown } from "./list-columns.js";
import { PlacedMenu } from "./placed-menu.js";
import type { MenuPlace } from "./row-menu.js";

interface ColumnMenuProps {
  readonly profile: Profile | undefined;
  readonly place: MenuPlace | null;
  readonly onClose: () => void;
}

/** Which columns are shown. */
export function ColumnMenu({ profile, place, onClose }: ColumnMenuProps) {
  const settings = allColumns(profile);
  const shown = settings.filter(({ isShown }) => isShown).map(({ id }) => id);
  return (
    <PlacedMenu place={place} onClose={onClose}>
      <Popover className="list-menu__popover" placement="bottom start">
        <Menu
          className="list-menu"
          aria-label="Columns"
          selectionMode="multiple"
          selectedKeys={shown}
          // One column at least stays, else there would be no head to open this menu on.
          disabledKeys={shown.length === 1 ? shown : []}
          onAction={(key) => {
            if (key === "more") {
              openDialog("columns");
              return;
            }
            const id = String(key);
            changeProfile({ columns: withShown(settings, id, !shown.includes(id)) });
          }}
        >
          {settings.map(({ id }) => (
            <MenuItem key={id} id={id} className="list-menu__item" textValue={columnName(id)}>
              <span className="list-menu__check">
                {shown.includes(id) && <Check aria-hidden="true" />}
              </span>
              {columnName(id)}
            </MenuItem>
          ))}
          <Separator className="list-menu__separator" />
          <MenuItem id="more" className="list-menu__item" textValue="More Columns">
            <span className="list-menu__check" />
            More Columns…
          </MenuItem>
        </Menu>
      </Popover>
    </PlacedMenu>
  );
}
