import { memo, type PointerEvent, useMemo, useRef } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { useFindTicks } from "../find/find-store.js";
import { scrollTo } from "./list-view.js";
import { type ListExtent, thumbOf, topOfThumb } from "./scroll-model.js";
import { tickHeight, tickPath } from "./scrollbar-ticks.js";
import { useProblemTicks } from "./use-problem-ticks.js";

interface ListScrollbarProps {
  readonly document: DocumentState;
  readonly top: number;
  readonly extent: ListExtent;
}

/** The list's own scroll bar, for as many rows as there are, with ticks of problems and finds. */
export function ListScrollbar({ document, top, extent }: ListScrollbarProps) {
  // Beside the rows, not beside the header.
  const track = extent.height;
  const thumb = thumbOf(extent, top, track);
  /** Where in the thumb it is held; null while it is not. */
  const grip = useRef<number | null>(null);

  function place(event: PointerEvent): number {
    return event.clientY - event.currentTarget.getBoundingClientRect().top;
  }

  function onPointerDown(event: PointerEvent) {
    if (event.button !== 0) return;
    const at = place(event);
    const isOnThumb = at >= thumb.start && at < thumb.start + thumb.length;
    grip.current = isOnThumb ? at - thumb.start : thumb.length / 2;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (!isOnThumb) drag(at);
  }

  function drag(at: number) {
    if (grip.current === null) return;
    const start = Math.min(Math.max(at - grip.current, 0), track - thumb.length);
    scrollTo(document.id, topOfThumb(extent, start, track));
  }

  return (
    // Everything that it does, keys do in the grid; screen readers hear places from the rows.
    <div className="list-scrollbar" aria-hidden="true">
      <div
        className="list-scrollbar__track"
        style={{ height: track }}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => drag(place(event))}
        onPointerUp={() => {
          grip.current = null;
        }}
        onPointerCancel={() => {
          grip.current = null;
        }}
      >
        {/* Where all rows are seen, ticks stand beside them. */}
        <Ticks document={document} track={Math.min(track, extent.rows * extent.rowHeight)} />
        {thumb.length < track && (
          <div
            className="list-scrollbar__thumb"
            style={{ height: thumb.length, transform: `translateY(${thumb.start}px)` }}
          />
        )}
      </div>
    </div>
  );
}

const Ticks = memo(function Ticks({
  document,
  track,
}: {
  readonly document: DocumentState;
  readonly track: number;
}) {
  const pieces = Math.floor(track / tickHeight);
  const { errors, warnings } = useProblemTicks(document, pieces);
  const finds = useFindTicks(document, pieces);
  const paths = useMemo(
    () => ({
      errors: tickPath(errors, 0, 5),
      warnings: tickPath(warnings, 0, 5),
      finds: tickPath(finds, 7, 6),
    }),
    [errors, warnings, finds],
  );
  return (
    <svg className="list-scrollbar__ticks" width="13" height={track} aria-hidden="true">
      <path className="list-scrollbar__tick--warning" d={paths.warnings} />
      <path className="list-scrollbar__tick--error" d={paths.errors} />
      <path className="list-scrollbar__tick--find" d={paths.finds} />
    </svg>
  );
});
