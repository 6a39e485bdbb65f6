import type { ReactNode } from "react";
import { Button, MenuTrigger } from "react-aria-components";
import type { MenuPlace } from "./row-menu.js";

interface PlacedMenuProps {
  /** Null where it is closed. */
  readonly place: MenuPlace | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu that opens at a place of the window instead of below a button. */
export function PlacedMenu({ place, onClose, children }: PlacedMenuProps) {
  return (
    <MenuTrigger isOpen={place !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Button
        className="placed-menu__anchor"
        aria-label="Menu"
        excludeFromTabOrder
        style={{ left: place?.x ?? 0, top: place?.y ?? 0 }}
      />
      {children}
    </MenuTrigger>
  );
}
