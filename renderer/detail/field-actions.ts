/** What can be done with a field of the tree. */
import type { DetailNode, DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { applyFilterFromMenu, prepareFilter } from "../filter/filter-actions.js";
import { columnOfField } from "../list/list-columns.js";
import { useAnalyzer } from "../state/analyzer.js";
import { copyText } from "../state/clipboard.js";
import { changeProfile, profileOf } from "../state/settings.js";
import { explainTopic } from "../state/window.js";

export type FieldAction =
  | "explain"
  | "apply"
  | "apply-not"
  | "prepare"
  | "prepare-and"
  | "prepare-or"
  | "column"
  | "copy-value"
  | "copy-name"
  | "copy-bytes"
  | "copy-subtree";

/** As a display filter: the value where it can be compared, else that the field is there. */
export function filterOf({ field, literal }: DetailNode): string {
  return literal === null ? field : `${field} == ${literal}`;
}

export async function runFieldAction(
  document: DocumentState,
  detail: FrameDetail,
  node: DetailNode,
  action: FieldAction,
): Promise<void> {
  const filter = filterOf(node);
  const before = document.filter.shown;
  switch (action) {
    case "explain":
      explainTopic(node.field);
      return;
    case "apply":
      return applyFilterFromMenu(document.id, filter);
    case "apply-not":
      return applyFilterFromMenu(document.id, `!(${filter})`);
    case "prepare":
      prepareFilter(filter);
      return;
    case "prepare-and":
      prepareFilter(before === "" ? filter : `(${before}) && ${filter}`);
      return;
    case "prepare-or":
      prepareFilter(before === "" ? filter : `(${before}) || ${filter}`);
      return;
    case "column":
      addColumn(node.field);
      return;
    case "copy-value":
      return copyText(node.display);
    case "copy-name":
      return copyText(node.field);
    case "copy-bytes":
      return copyText(detail.sources[node.source]?.bytes.slice(2 * node.start, 2 * node.end) ?? "");
    case "copy-subtree":
      return copyText(subtreeText(node, 0));
  }
}

function addColumn(field: string): void {
  const profile = profileOf(useAnalyzer.getState().settings);
  if (profile === undefined) return;
  const column = columnOfField(field);
  const others = profile.columns.filter(({ id }) => id !== column.id);
  const info = others.findIndex(({ id }) => id === "info");
  const place = info < 0 ? others.length : info;
  changeProfile({ columns: [...others.slice(0, place), column, ...others.slice(place)] });
}

export function subtreeText({ name, display, children }: DetailNode, depth: number): string {
  const line = `${"  ".repeat(depth)}${name}${display === "" ? "" : `: ${display}`}\n`;
  return line + children.map((child) => subtreeText(child, depth + 1)).join("");
}
