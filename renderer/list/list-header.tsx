// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be laid out from a moving base.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { type KeyboardEvent, useRef, useState } from "react";
import type { Profile } from "../../analyzer/protocol/index.js";
import { changeProfile } from "../state/settings.js";
import { allColumns, type ListColumn, movedBy, withWidth } from "./list-columns.js";
import type { MenuPlace } from "./row-menu.js";
import { useHeadDrag } from "./use-head-drag.js";

interface ListHeaderProps {
  readonly columns: readonly ListColumn[];
  readonly profile: Profile | undefined;
  /** The menu of the columns is asked for, there. */
  readonly onMenu: (place: MenuPlace) => void;
}

const widthOfKey = 8;

/** The heads of the columns: sized and ordered by dragging or by keys, chosen in a menu. */
export function ListHeader({ columns, profile, onMenu }: ListHeaderProps) {
  const row = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const settings = allColumns(profile);
  const drag = useHeadDrag(row, columns, settings);

  function onKeyDown(event: KeyboardEvent, place: number) {
    const column = columns[place];
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === "Enter" || event.key === " " || event.key === "ContextMenu") {
      const { left, bottom } = event.currentTarget.getBoundingClientRect();
      onMenu({ x: left, y: bottom });
    } else if (step === 0 || column === undefined) {
      return;
    } else if (event.shiftKey) {
      // The one that takes what is left has no width of its own.
      if (column.width !== null) {
        const width = column.width + step * widthOfKey;
        changeProfile({ columns: withWidth(settings, column.id, width) });
      }
    } else if (event.altKey) {
      changeProfile({ columns: movedBy(settings, column.id, step) });
      // The heads change places with the next picture.
      requestAnimationFrame(() => focusHead(place + step));
    } else {
      focusHead(place + step);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function focusHead(place: number) {
    const to = Math.max(0, Math.min(columns.length - 1, place));
    setActive(to);
    row.current?.querySelectorAll<HTMLElement>("[data-column]")[to]?.focus();
  }

  return (
    <div className="list-header" role="rowgroup" onMouseDown={(event) => event.stopPropagation()}>
      <div
        ref={row}
        className="list-header__row"
        role="row"
        aria-rowindex={1}
        onContextMenu={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onMenu({ x: event.clientX, y: event.clientY });
        }}
        onPointerMove={drag.move}
        onPointerUp={drag.end}
        onPointerCancel={drag.cancel}
      >
        <div role="columnheader" aria-colindex={1} className="list-header__marks">
          <span className="frame-list__hidden">Marks</span>
        </div>
        {columns.map((column, place) => (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={place + 2}
            aria-haspopup="menu"
            data-column={column.id}
            className={headClass(column, drag.target === column.id)}
            tabIndex={place === Math.min(active, columns.length - 1) ? 0 : -1}
            title={`${column.label}: drag to move, Shift+Left/Right for its width, Alt+Left/Right for its place, Enter for more`}
            onFocus={() => setActive(place)}
            onKeyDown={(event) => onKeyDown(event, place)}
            onPointerDown={(event) => drag.start(event, column, "order")}
          >
            <span className="list-header__label">
              {column.id === "direction" ? (
                <span className="frame-list__hidden">Direction</span>
              ) : (
                column.label
              )}
            </span>
            {column.width !== null && (
              <span
                className="list-header__edge"
                aria-hidden="true"
                onPointerDown={(event) => drag.start(event, column, "size")}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function headClass({ isNumeric }: ListColumn, isTarget: boolean): string {
  const numeric = isNumeric ? " list-header__head--numeric" : "";
  return `list-header__head${numeric}${isTarget ? " list-header__head--target" : ""}`;
}
