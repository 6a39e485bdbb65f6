import { type PointerEvent, useRef } from "react";
import { useFindState } from "../find/find-state.js";
import { type ScrollModel, thumbOf, topOfThumb, within } from "./scroll-model.js";

/** The scroll bar of the list, with the ticks of what Find has found. */
export function ListScrollBar({
  model,
  top,
  onScroll,
  document,
}: {
  readonly model: ScrollModel;
  readonly top: number;
  readonly onScroll: (top: number) => void;
  readonly document: string;
}) {
  const thumb = thumbOf(model, top);
  const grip = useRef<number | null>(null);
  const { ticks, pieces, document: found } = useFindState();
  const isNeeded = model.rows * model.rowHeight > model.height;
  return (
    <div
      className="frame-list__scroll-bar"
      aria-hidden="true"
      onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
        if (y < thumb.start) onScroll(within(model, top - model.height));
        else if (y > thumb.start + thumb.length) onScroll(within(model, top + model.height));
        else {
          grip.current = y - thumb.start;
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      }}
      onPointerMove={(event: PointerEvent<HTMLDivElement>) => {
        if (grip.current === null) return;
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
        onScroll(topOfThumb(model, y - grip.current));
      }}
      onPointerUp={() => {
        grip.current = null;
      }}
    >
      {found === document &&
        ticks.map((piece) => (
          <span
            key={piece}
            className="frame-list__tick"
            style={{ top: `${(100 * piece) / pieces}%` }}
          />
        ))}
      {isNeeded && (
        <div className="frame-list__thumb" style={{ top: thumb.start, height: thumb.length }} />
      )}
    </div>
  );
}
