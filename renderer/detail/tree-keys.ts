/** What the keys do in the tree. */
import type { DetailNode } from "../../analyzer/protocol/index.js";
import type { FieldPath } from "../state/selection.js";
import { groupsIn, keyOf, type TreeRow } from "./tree-rows.js";

export interface TreeStroke {
  readonly key: string;
  /** Ctrl, or Cmd on a Mac. */
  readonly isMod: boolean;
  readonly isShift: boolean;
}

/** What a stroke asks for. */
export type TreeStep =
  | { readonly kind: "select"; readonly path: FieldPath }
  /** Groups by their fields; `path`: what is selected with it. */
  | {
      readonly kind: "open" | "close";
      readonly fields: readonly string[];
      readonly path: FieldPath | null;
    }
  | { readonly kind: "go"; readonly frame: number }
  | { readonly kind: "copy" }
  | { readonly kind: "menu" };

/**
 * Wireshark's keys: Left closes or goes to the parent, Right opens or goes to the first child, Backspace goes
 * to the parent, Enter toggles or follows a link, `*` and Ctrl+Right open all below, Ctrl+Left closes all.
 * Null where the stroke is none of the tree's. `page`: rows of a page.
 */
export function stepOf(
  stroke: TreeStroke,
  tree: readonly DetailNode[],
  rows: readonly TreeRow[],
  index: number,
  page: number,
): TreeStep | null {
  const row = rows[index];
  const last = rows.length - 1;
  const at = (place: number): TreeStep | null => {
    const target = rows[Math.min(Math.max(0, place), last)];
    return target === undefined ? null : { kind: "select", path: target.path };
  };
  const { key, isMod, isShift } = stroke;
  if (isMod) {
    if (isShift) return null;
    if (key === "ArrowRight") return openBelow(row === undefined ? tree : [row.node]);
    if (key === "ArrowLeft") {
      const fields = tree.flatMap(groupsIn);
      return { kind: "close", fields, path: row === undefined ? null : row.path.slice(0, 1) };
    }
    return key.toLowerCase() === "c" && row !== undefined ? { kind: "copy" } : null;
  }
  switch (key) {
    case "ArrowDown":
      return at(index + 1);
    case "ArrowUp":
      return at(index - 1);
    case "PageDown":
      return at(index + page);
    case "PageUp":
      return at(index - page);
    case "Home":
      return at(0);
    case "End":
      return at(last);
    case "*":
      return openBelow(row === undefined ? tree : [row.node]);
  }
  if (row === undefined) return null;
  const { node, path, isOpen } = row;
  const isGroup = node.children.length > 0;
  const toParent: TreeStep | null =
    path.length > 1 ? { kind: "select", path: path.slice(0, -1) } : null;
  switch (key) {
    case "ArrowRight":
      if (!isGroup) return null;
      return isOpen ? { kind: "select", path: [...path, 0] } : toggled(row, path);
    case "ArrowLeft":
      return isOpen ? toggled(row, path) : toParent;
    case "Backspace":
      return toParent;
    case "Enter":
    case " ":
      if (node.frame !== null) return { kind: "go", frame: node.frame };
      return isGroup ? toggled(row, path) : null;
    case "ContextMenu":
      return { kind: "menu" };
    case "F10":
      return isShift ? { kind: "menu" } : null;
    default:
      return null;
  }
}

/** Opens a group, or closes it. What is selected in it would vanish: then the group is selected. */
export function toggled({ node, path, isOpen }: TreeRow, selected: FieldPath | null): TreeStep {
  const isWithin = selected !== null && `${keyOf(selected)}.`.startsWith(`${keyOf(path)}.`);
  return {
    kind: isOpen ? "close" : "open",
    fields: [node.field],
    path: isOpen && isWithin ? path : null,
  };
}

function openBelow(nodes: readonly DetailNode[]): TreeStep {
  return { kind: "open", fields: nodes.flatMap(groupsIn), path: null };
}
