// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be laid out from a moving base.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Profile } from "../../analyzer/protocol/index.js";
import { changeProfile } from "../state/settings.js";
import { ColumnMenu } from "./column-menu.js";
import {
  allColumns,
  gridTemplate,
  type ListColumn,
  movedBy,
  movedTo,
  withWidth,
} from "./list-columns.js";
import type { MenuPlace } from "./row-menu.js";

interface ListHeaderProps {
  readonly columns: readonly ListColumn[];
  readonly profile: Profile | undefined;
}

const widthOfKey = 8;

/** What is dragged: the edge of a column, or a column. */
interface Drag {
  readonly kind: "size" | "order";
  readonly id: string;
  readonly startX: number;
  readonly width: number;
}

/** The heads of the columns: sized and ordered by dragging or by keys, chosen in a menu. */
export function ListHeader({ columns, profile }: ListHeaderProps) {
  const row = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  /** The width that is being dragged; kept in the profile when it is let go. */
  const [sizing, setSizing] = useState<{ id: string; width: number } | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const drag = useRef<Drag | null>(null);
  const settings = allColumns(profile);

  function onKeyDown(event: KeyboardEvent, place: number) {
    const column = columns[place];
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === "Enter" || event.key === " " || event.key === "ContextMenu") {
      const { left, bottom } = event.currentTarget.getBoundingClientRect();
      setMenu({ x: left, y: bottom });
    } else if (step === 0 || column === undefined) {
      return;
    } else if (event.shiftKey) {
      const width = column.width ?? event.currentTarget.clientWidth;
      changeProfile({ columns: withWidth(settings, column.id, width + step * widthOfKey) });
    } else if (event.altKey) {
      changeProfile({ columns: movedBy(settings, column.id, step) });
      focusHead(place + step);
    } else {
      focusHead(place + step);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function focusHead(place: number) {
    const to = Math.max(0, Math.min(columns.length - 1, place));
    setActive(to);
    // The heads change places with the next picture.
    requestAnimationFrame(() => heads()[to]?.focus());
  }

  function heads(): HTMLElement[] {
    return [...(row.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
  }

  function onPointerDown(event: PointerEvent, { id, width }: ListColumn, kind: Drag["kind"]) {
    if (event.button !== 0) return;
    event.stopPropagation();
    const head = (event.target as Element).closest("[data-column]");
    drag.current = { kind, id, startX: event.clientX, width: width ?? head?.clientWidth ?? 0 };
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  function onPointerMove(event: PointerEvent) {
    const dragged = drag.current;
    if (dragged === null) return;
    if (dragged.kind === "size") {
      setSizing({ id: dragged.id, width: dragged.width + event.clientX - dragged.startX });
      return;
    }
    const under = heads().find((head) => {
      const { left, right } = head.getBoundingClientRect();
      return event.clientX >= left && event.clientX < right;
    });
    const id = under?.dataset["column"] ?? null;
    setTarget(id === dragged.id ? null : id);
  }

  function onPointerUp() {
    const dragged = drag.current;
    drag.current = null;
    if (dragged?.kind === "size" && sizing !== null) {
      changeProfile({ columns: withWidth(settings, sizing.id, sizing.width) });
    }
    if (dragged?.kind === "order" && target !== null) {
      changeProfile({ columns: movedTo(settings, dragged.id, target) });
    }
    setSizing(null);
    setTarget(null);
  }

  const sized = columns.map((one) =>
    one.id === sizing?.id ? { ...one, width: Math.max(24, sizing.width) } : one,
  );
  return (
    <div className="list-header" role="rowgroup" onMouseDown={(event) => event.stopPropagation()}>
      <div
        ref={row}
        className="list-header__row"
        role="row"
        aria-rowindex={1}
        style={{ ["--frame-list-columns" as string]: gridTemplate(sized) }}
        onContextMenu={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setMenu({ x: event.clientX, y: event.clientY });
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
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
            className={headClass(column, target === column.id)}
            tabIndex={place === Math.min(active, columns.length - 1) ? 0 : -1}
            title={`${column.label}: drag to move, Shift+Left/Right for its width, Alt+Left/Right for its place, Enter for more`}
            onFocus={() => setActive(place)}
            onKeyDown={(event) => onKeyDown(event, place)}
            onPointerDown={(event) => onPointerDown(event, column, "order")}
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
                onPointerDown={(event) => onPointerDown(event, column, "size")}
              />
            )}
          </div>
        ))}
      </div>
      <ColumnMenu settings={settings} place={menu} onClose={() => setMenu(null)} />
    </div>
  );
}

function headClass({ isNumeric }: ListColumn, isTarget: boolean): string {
  const numeric = isNumeric ? " list-header__head--numeric" : "";
  return `list-header__head${numeric}${isTarget ? " list-header__head--target" : ""}`;
}
