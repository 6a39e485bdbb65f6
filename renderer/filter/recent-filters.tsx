import { History } from "lucide-react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useAnalyzer } from "../state/analyzer.js";

const none: readonly string[] = [];

/** The filters that were applied last. */
export function RecentFilters({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const recent = useAnalyzer(({ settings }) => settings?.recentFilters ?? none);
  return (
    <MenuTrigger>
      <Button
        className="filter-bar__button"
        aria-label="Recent filters"
        isDisabled={recent.length === 0}
      >
        <History aria-hidden="true" />
      </Button>
      <Popover className="filter-bar__popover" placement="bottom end">
        <Menu
          className="filter-bar__menu"
          aria-label="Recent filters"
          items={recent.map((text) => ({ id: text, text }))}
          onAction={(key) => onChoose(String(key))}
        >
          {({ text }) => (
            <MenuItem className="filter-bar__menu-item" textValue={text}>
              {text}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
