import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useAnalyzer } from "../state/analyzer.js";
import { changeProfile, profileOf } from "../state/settings.js";
import { openDialog } from "../state/window.js";
import type { ShownColumn } from "./columns.js";

const leastWidth = 24;
const step = 8;

/** The titles of the columns: their edges are drawn, or moved by arrow keys; titles are drawn to their places. */
export function ListHeader({ columns }: { readonly columns: readonly ShownColumn[] }) {
  const [dragged, setDragged] = useState<string | null>(null);
  return (
    <div
      className="frame-list__header"
      role="row"
      aria-rowindex={1}
      onContextMenu={(event) => {
        event.preventDefault();
        openDialog("columns");
      }}
    >
      <span className="frame-list__gutter" aria-hidden="true" />
      {columns.map((column, place) => (
        <span
          key={column.id}
          role="columnheader"
          aria-colindex={place + 1}
          className="frame-list__title"
          data-number={column.isNumber || undefined}
          data-dragged={dragged === column.id || undefined}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            setDragged(column.id);
          }}
          onDragEnd={() => setDragged(null)}
          onDragOver={(event) => event.preventDefault()}
          onDrop={() => dragged !== null && moveColumn(dragged, column.id)}
          style={column.width === null ? { flex: 1 } : { width: column.width }}
        >
          <span className="frame-list__title-text">{column.title}</span>
          {column.width !== null && <Edge column={column} />}
        </span>
      ))}
    </div>
  );
}

function Edge({ column }: { readonly column: ShownColumn }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const width = column.width ?? 0;
  const resize = (next: number) => setWidth(column.id, Math.max(leastWidth, Math.round(next)));
  return (
    <span
      className="frame-list__edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.title}`}
      aria-valuenow={width}
      aria-valuemin={leastWidth}
      tabIndex={0}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        event.preventDefault();
        event.stopPropagation();
        resize(width + (event.key === "ArrowRight" ? step : -step));
      }}
      draggable
      onDragStart={(event) => {
        // Drawing the edge does not draw the column away.
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event: PointerEvent) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event: PointerEvent) => {
        if (start.current !== null) resize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}

function setWidth(id: string, width: number): void {
  const profile = profileOf(useAnalyzer.getState().settings);
  if (profile === undefined) return;
  changeProfile({
    columns: profile.columns.map((column) => (column.id === id ? { ...column, width } : column)),
  });
}

/** Puts a column in the place of another one. */
function moveColumn(id: string, before: string): void {
  const profile = profileOf(useAnalyzer.getState().settings);
  const moved = profile?.columns.find((column) => column.id === id);
  if (profile === undefined || moved === undefined || id === before) return;
  const others = profile.columns.filter((column) => column !== moved);
  const place = others.findIndex((column) => column.id === before);
  changeProfile({ columns: [...others.slice(0, place), moved, ...others.slice(place)] });
}
