import { useRef } from "react";
import { Menu, MenuItem, Popover, Separator } from "react-aria-components";
import { create } from "zustand";
import type { DetailNode, DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { useSelection } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import { nodeAt } from "./byte-links.js";
import { type FieldAction, runFieldAction } from "./field-actions.js";

interface Point {
  readonly x: number;
  readonly y: number;
}

const useFieldMenu = create<{ readonly at: Point | null }>()(() => ({ at: null }));

/** Opens the menu of the selected field at a point of the window. */
export function openFieldMenu(at: Point): void {
  useFieldMenu.setState({ at });
}

const items: readonly (readonly [action: FieldAction, label: string] | null)[] = [
  ["explain", "What does this mean?"],
  null,
  ["apply", "Filter by it"],
  ["apply-not", "Filter by everything else"],
  ["prepare", "Put it into the filter"],
  ["prepare-and", "…and"],
  ["prepare-or", "…or"],
  ["column", "Make it a column"],
  null,
  ["copy-value", "Copy its value"],
  ["copy-name", "Copy its field name"],
  ["copy-bytes", "Copy its bytes as hex"],
  ["copy-subtree", "Copy it with all below as text"],
];

/** What can be done with the selected field. */
export function FieldMenu({
  document,
  detail,
}: {
  readonly document: DocumentState;
  readonly detail: FrameDetail;
}) {
  const { at } = useFieldMenu();
  const anchor = useRef<HTMLSpanElement>(null);
  const { field } = useSelection(document.id);
  const node: DetailNode | undefined = field === null ? undefined : nodeAt(detail.tree, field);
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      <Popover
        className="menu-popover"
        triggerRef={anchor}
        isOpen={at !== null && node !== undefined}
        placement="bottom start"
        onOpenChange={(open) => {
          if (!open) useFieldMenu.setState({ at: null });
        }}
      >
        <Menu
          className="menu"
          aria-label="Field"
          autoFocus="first"
          onClose={() => useFieldMenu.setState({ at: null })}
          onAction={(key) => {
            if (node !== undefined)
              void runFieldAction(document, detail, node, key as FieldAction).catch(tellFault);
          }}
        >
          {items.map((item, place) =>
            item === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
              <Separator key={place} className="menu__line" />
            ) : (
              <MenuItem key={item[0]} id={item[0]} className="menu__item">
                {item[1]}
              </MenuItem>
            ),
          )}
        </Menu>
      </Popover>
    </>
  );
}
