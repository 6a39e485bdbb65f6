import { useRef } from "react";
import { Menu, MenuItem, Popover, Separator } from "react-aria-components";
import { create } from "zustand";
import type { DocumentState, Row } from "../../analyzer/protocol/index.js";
import { applyFilter } from "../filter/filter-state.js";
import { ask } from "../state/analyzer.js";
import { copyText } from "../state/clipboard.js";
import { selectionOf, useSelection } from "../state/selection.js";
import { openDialog, tell, tellFault } from "../state/window.js";
import { goToFrame } from "./list-view.js";

interface Point {
  readonly x: number;
  readonly y: number;
}

const useRowMenu = create<{ readonly at: Point | null }>()(() => ({ at: null }));

/** Opens the menu of the selected frames at a point of the window. */
export function openRowMenu(at: Point): void {
  useRowMenu.setState({ at });
}

/** What can be done with the selected frames. */
export function RowMenu({ document }: { readonly document: DocumentState }) {
  const { at } = useRowMenu();
  const anchor = useRef<HTMLSpanElement>(null);
  const { frame } = useSelection(document.id);
  const isOpen = at !== null && frame !== null;
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      <Popover
        className="menu-popover"
        triggerRef={anchor}
        isOpen={isOpen}
        placement="bottom start"
        onOpenChange={(open) => {
          if (!open) useRowMenu.setState({ at: null });
        }}
      >
        <Menu
          className="menu"
          aria-label="Frame"
          autoFocus="first"
          onClose={() => useRowMenu.setState({ at: null })}
          onAction={(key) => {
            if (frame !== null) void act(document, frame, String(key)).catch(tellFault);
          }}
        >
          <MenuItem id="mark" className="menu__item">
            Mark or unmark
          </MenuItem>
          <MenuItem id="comment" className="menu__item">
            Comment…
          </MenuItem>
          <MenuItem id="reference" className="menu__item">
            Set or unset time reference
          </MenuItem>
          <MenuItem id="ignore" className="menu__item">
            Set aside or take back
          </MenuItem>
          <Separator className="menu__line" />
          <MenuItem id="partner" className="menu__item">
            Go to request or answer
          </MenuItem>
          <MenuItem id="follow" className="menu__item">
            Follow the conversation
          </MenuItem>
          <MenuItem id="type" className="menu__item">
            Only frames of this type
          </MenuItem>
          <Separator className="menu__line" />
          <MenuItem id="copy-line" className="menu__item">
            Copy its line
          </MenuItem>
          <MenuItem id="copy-hex" className="menu__item">
            Copy its bytes as hex
          </MenuItem>
          <MenuItem id="copy-text" className="menu__item">
            Copy as annotated text
          </MenuItem>
          <MenuItem id="copy-json" className="menu__item">
            Copy as JSON
          </MenuItem>
        </Menu>
      </Popover>
    </>
  );
}

async function act({ id }: DocumentState, frame: number, action: string): Promise<void> {
  const { row, sources } = await ask("frame", { document: id, number: frame });
  const { frames } = selectionOf(id);
  switch (action) {
    case "mark":
      await ask("annotate", { document: id, frames, set: { isMarked: !row.isMarked } });
      return;
    case "reference":
      await ask("annotate", { document: id, frames, set: { isReference: !row.isReference } });
      return;
    case "ignore":
      await ask("annotate", { document: id, frames, set: { isIgnored: !row.isIgnored } });
      return;
    case "comment":
      openDialog("comment");
      return;
    case "partner": {
      const partner = row.answers ?? row.answeredBy ?? row.completedIn;
      if (partner === null) tell("The frame is no request that was answered, and no answer.");
      else await goToFrame(id, partner);
      return;
    }
    case "follow":
      if (row.conversation === null) tell("The frame belongs to no conversation.");
      else await applyFilter(id, `conversation == ${row.conversation}`);
      return;
    case "type":
      await applyFilter(id, filterOfType(row));
      return;
    case "copy-line":
      await copyText(`${row.number}\t${row.type}\t${row.info}`);
      return;
    case "copy-hex":
      await copyText(sources[0]?.bytes ?? "");
      return;
    case "copy-text":
    case "copy-json": {
      const format = action === "copy-text" ? "text" : "json";
      await copyText((await ask("frame-text", { document: id, number: frame, format })).text);
      return;
    }
  }
}

/** Types of frames without an APDU are kinds of HDLC frames, or layers. */
function filterOfType({ type }: Row): string {
  if (/^[A-Z]+$/.test(type)) return `hdlc.control.type == "${type}"`;
  return type.includes("-") || /^(aa|rl)r[qe]$/.test(type)
    ? `xdlms.service == "${type}"`
    : `frame.layer == "${type}"`;
}
