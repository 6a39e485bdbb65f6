import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { ColumnSetting } from "../../analyzer/protocol/index.js";
import { changeProfile } from "../state/settings.js";
import { gridTemplate, type ListColumn, movedTo, withWidth } from "./list-columns.js";

/** What is dragged: the edge of a column, or a column. */
interface Drag {
  readonly kind: "size" | "order";
  readonly id: string;
  readonly startX: number;
  readonly width: number;
}

/** Dragging in the heads. What comes of it is kept in the profile when it is let go. */
export function useHeadDrag(
  row: RefObject<HTMLElement | null>,
  columns: readonly ListColumn[],
  settings: readonly ColumnSetting[],
) {
  /** The column in whose place the dragged one would stand. */
  const [target, setTarget] = useState<string | null>(null);
  const drag = useRef<Drag | null>(null);

  /** Heads and rows follow the pointer without being rendered anew. */
  function showWidths(widths: readonly ListColumn[]) {
    row.current
      ?.closest<HTMLElement>(".frame-list__grid")
      ?.style.setProperty("--frame-list-columns", gridTemplate(widths));
  }

  function widthAt(dragged: Drag, event: PointerEvent): readonly ColumnSetting[] {
    return withWidth(settings, dragged.id, dragged.width + event.clientX - dragged.startX);
  }

  return {
    target,

    start(event: PointerEvent, { id, width }: ListColumn, kind: Drag["kind"]): void {
      if (event.button !== 0) return;
      event.stopPropagation();
      drag.current = { kind, id, startX: event.clientX, width: width ?? 0 };
      event.currentTarget.setPointerCapture(event.pointerId);
    },

    move(event: PointerEvent): void {
      const dragged = drag.current;
      if (dragged === null) return;
      if (dragged.kind === "size") {
        const width = widthAt(dragged, event).find(({ id }) => id === dragged.id)?.width ?? 0;
        showWidths(columns.map((one) => (one.id === dragged.id ? { ...one, width } : one)));
        return;
      }
      const heads = row.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [];
      const under = [...heads].find((head) => {
        const { left, right } = head.getBoundingClientRect();
        return event.clientX >= left && event.clientX < right;
      });
      const id = under?.dataset["column"] ?? null;
      setTarget(id === dragged.id ? null : id);
    },

    end(event: PointerEvent): void {
      const dragged = drag.current;
      drag.current = null;
      if (dragged?.kind === "size") changeProfile({ columns: widthAt(dragged, event) });
      if (dragged?.kind === "order" && target !== null) {
        changeProfile({ columns: movedTo(settings, dragged.id, target) });
      }
      setTarget(null);
    },

    cancel(): void {
      drag.current = null;
      showWidths(columns);
      setTarget(null);
    },
  };
}
