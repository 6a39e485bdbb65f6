/** Filters over open documents: compiled once, evaluated row by row. */
import { FieldCollector, FieldSelection } from "../../decoder/core/field-collector.js";
import { type Field, findField, listFields } from "../../decoder/core/fields.js";
import { displayNode } from "../../decoder/index.js";
import { hideSecretNodes } from "../../decoder/present/hidden-secrets.js";
import { compileFilter, type Filter, FilterError } from "../filter/index.js";
import type { ExpressionCheck, Profile, Settings } from "../protocol/index.js";
import { notedRows } from "./frame-notes.js";
import type { OpenDocument } from "./open-document.js";
import type { RowFilter } from "./shown-rows.js";
import type { Trace } from "./trace.js";

/** The fields whose values rows are asked to bring. */
interface CellSelection {
  readonly columns: readonly string[];
  readonly fields: readonly (Field | undefined)[];
  readonly selection: FieldSelection;
}

export class FilterSupport {
  #cells: CellSelection | undefined;
  #profile: Profile | undefined;
  #rules: readonly (Filter | null)[] = [];

  /** Colour rules are those of the profile in use. */
  use({ profiles, profile }: Settings): void {
    const used = profiles.find(({ name }) => name === profile) ?? profiles[0];
    if (used === this.#profile) return;
    this.#profile = used;
    this.#rules = (used?.colourRules ?? []).map(({ filter, isOn }) =>
      isOn ? tryCompile(filter) : null,
    );
  }

  /** The first rule that fits a row; null for none. */
  readonly colourOf = ({ trace }: OpenDocument, row: number): number | null => {
    const notes = notedRows(trace.notes);
    const place = this.#rules.findIndex((rule) => rule?.matchesRow(trace, row, notes) === true);
    return place < 0 ? null : place;
  };

  /** The values of fields in a row, as people read them. */
  readonly cellsOf = (
    { trace }: OpenDocument,
    row: number,
    columns: readonly string[],
  ): readonly string[] => {
    const { fields, selection } = this.#selectionOf(columns);
    const collector = new FieldCollector(selection);
    const frame = trace.frame(row, { tree: false, recorder: collector });
    const nodes = hideSecretNodes(frame, collector.nodes);
    return fields.map((wanted) =>
      nodes
        .filter(({ field }) => field === wanted)
        .map(displayNode)
        .join(", "),
    );
  };

  /** Made once for the columns of a request, not for each of its rows. */
  #selectionOf(columns: readonly string[]): CellSelection {
    if (this.#cells?.columns !== columns) {
      const fields = columns.map(findField);
      const known = fields.filter((field): field is Field => field !== undefined);
      this.#cells = { columns, fields, selection: new FieldSelection(known, listFields()) };
    }
    return this.#cells;
  }
}

/** Null for a filter that cannot be understood: a rule with one colours nothing. */
function tryCompile(text: string): Filter | null {
  try {
    return compileFilter(text);
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}

/** Says what is wrong with a filter, or what it costs. */
export function checkFilter(text: string): ExpressionCheck & { readonly filter: Filter | null } {
  if (text.trim() === "") return { filter: null, error: null, warnings: [], isSlow: false };
  try {
    const filter = compileFilter(text);
    return { filter, error: null, warnings: filter.warnings, isSlow: filter.isSlow };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { message, start, end } = error;
    return { filter: null, error: { message, start, end }, warnings: [], isSlow: false };
  }
}

/** A filter over the rows of one document. */
export function rowFilter(filter: Filter, trace: Trace): RowFilter {
  const notes = notedRows(trace.notes);
  return { text: filter.text, matchesRow: (row) => filter.matchesRow(trace, row, notes) };
}
