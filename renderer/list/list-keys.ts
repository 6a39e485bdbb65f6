import type { KeyboardEvent } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { focusFilter } from "../filter/filter-actions.js";
import { moveBy, moveByPage, moveTo, toggleRow } from "./list-navigation.js";
import { listViewOf } from "./list-view.js";
import { copyFrames } from "./row-actions.js";

/** Keys of the list while it has the focus. Others with the main modifier are commands of the window. */
export function onListKey(document: DocumentState, event: KeyboardEvent): void {
  if (event.altKey) return;
  if (event.metaKey || event.ctrlKey) {
    onMainKey(document, event);
    return;
  }
  const extend = event.shiftKey;
  switch (event.key) {
    case "ArrowDown":
      moveBy(document, 1, { extend });
      break;
    case "ArrowUp":
      moveBy(document, -1, { extend });
      break;
    case "PageDown":
      moveByPage(document, 1, { extend });
      break;
    case "PageUp":
      moveByPage(document, -1, { extend });
      break;
    case "Home":
      moveTo(document, 0, { extend });
      break;
    case "End":
      moveTo(document, document.shown - 1, { extend });
      break;
    default:
      // Whoever types means the filter: its bar takes over with the first character.
      if (!/^[\p{L}\p{N}!("]$/u.test(event.key)) return;
      focusFilter(event.key);
  }
  event.preventDefault();
}

/** What the main modifier means in every list: copying the rows, and choosing one by one. */
function onMainKey(document: DocumentState, event: KeyboardEvent): void {
  const { cursor } = listViewOf(document.id);
  if (cursor === null || event.shiftKey) return;
  if (event.key === "c") void copyFrames(document, "line");
  else if (event.key === " ") toggleRow(document, cursor.index);
  else return;
  event.preventDefault();
}
