/** What can be done with a field of the tree. */
import type { DetailNode, DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { applyFilterFromMenu, prepareFilter } from "../filter/filter-actions.js";
import { columnOfField } from "../list/list-columns.js";
import { useAnalyzer } from "../state/analyzer.js";
import { copyText } from "../state/clipboard.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { type FieldPath, type Selection, selectField } from "../state/selection.js";
import { changeProfile, profileOf } from "../state/settings.js";
import { explainTopic } from "../state/window.js";
import { nodeAt } from "./byte-links.js";

/** How a field joins the filter that is there: in its place, as its opposite, or beside it. */
export type FilterJoin = "selected" | "not" | "and" | "or";

/** What of a field can be copied. */
export type FieldCopy = "value" | "name" | "filter" | "bytes" | "subtree";

/** A field of the frame that is looked at. */
export interface FieldInFrame {
  readonly document: DocumentState;
  readonly detail: FrameDetail;
  readonly node: DetailNode;
}

/** The selected field of a document; undefined where there is none, or its frame is still on its way. */
export function selectedField(
  document: DocumentState | undefined,
  { field, frame }: Selection,
): FieldInFrame | undefined {
  const { detail, document: of } = useFrameDetail.getState();
  if (document === undefined || field === null || detail === null) return undefined;
  if (of !== document.id || detail.row.number !== frame) return undefined;
  const node = nodeAt(detail.tree, field);
  return node === undefined ? undefined : { document, detail, node };
}

/** Selects a field, and its bytes with it. */
export function selectNode(document: string, path: FieldPath, node: DetailNode): void {
  const { source, start, end } = node;
  selectField(document, path, { source, start, end });
}

/** As a display filter: the value where it can be compared, else that the field is there. */
export function filterOf({ field, literal }: Pick<DetailNode, "field" | "literal">): string {
  return literal === null ? field : `${field} == ${literal}`;
}

/** The filter of before with a field joined to it. */
export function joinedFilter(before: string, filter: string, join: FilterJoin): string {
  if (join === "not") return `!(${filter})`;
  if (join === "selected" || before.trim() === "") return filter;
  return `(${before}) ${join === "and" ? "&&" : "||"} ${filter}`;
}

export function applyField({ document, node }: FieldInFrame, join: FilterJoin): void {
  applyFilterFromMenu(document.id, joinedFilter(document.filter.shown, filterOf(node), join));
}

export function prepareField({ document, node }: FieldInFrame, join: FilterJoin): void {
  prepareFilter(joinedFilter(document.filter.shown, filterOf(node), join));
}

export function explainField({ node }: FieldInFrame): void {
  explainTopic(node.field);
}

/** Copies something of a field, and says so. */
export function copyField({ detail, node }: FieldInFrame, what: FieldCopy): Promise<void> {
  switch (what) {
    case "value":
      return copyText(node.display);
    case "name":
      return copyText(node.field);
    case "filter":
      return copyText(filterOf(node));
    case "bytes":
      return copyText(detail.sources[node.source]?.bytes.slice(2 * node.start, 2 * node.end) ?? "");
    case "subtree":
      return copyText(subtreeText(node, 0));
  }
}

/** Shows the values of a field as a column, before the meaning. */
export function addFieldColumn({ node }: FieldInFrame): void {
  const profile = profileOf(useAnalyzer.getState().settings);
  if (profile === undefined) return;
  const column = columnOfField(node.field);
  const others = profile.columns.filter(({ id }) => id !== column.id);
  const info = others.findIndex(({ id }) => id === "info");
  const place = info < 0 ? others.length : info;
  changeProfile({ columns: [...others.slice(0, place), column, ...others.slice(place)] });
}

/** A field with all below it, two spaces a level. */
export function subtreeText({ name, display, children }: DetailNode, depth: number): string {
  const line = `${"  ".repeat(depth)}${name}${display === "" ? "" : `: ${display}`}\n`;
  return line + children.map((child) => subtreeText(child, depth + 1)).join("");
}
