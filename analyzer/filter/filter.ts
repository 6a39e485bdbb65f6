/** A display filter, compiled. */

import { FieldCollector, FieldSelection } from "../../decoder/core/field-collector.js";
import { type Field, listFields } from "../../decoder/core/fields.js";
import type { SpanNode } from "../../decoder/core/recorder.js";
import type { Frame } from "../../decoder/frame.js";
import { type ObjectNames, standardNames, suggest } from "../../decoder/index.js";
import { hideSecretNodes, hideSecrets } from "../../decoder/present/hidden-secrets.js";
import type { CaptureIndex, RowOptions } from "../capture-index.js";
import { allOf, anyOf, type Decider, fieldDecider, noneOf } from "./deciders.js";
import type { FilterField, NotedRows } from "./filter-field.js";
import { findFilterField, listFilterFields } from "./filter-fields.js";
import { FrameFacts } from "./frame-facts.js";
import { oddityOf } from "./odd-comparisons.js";
import { parseFilter } from "./parser.js";
import { type Expression, type FieldName, FilterError, type FilterNotice } from "./syntax.js";
import { testOf, testOfSet } from "./value-tests.js";

/** Rows that a filter decides: an open trace. */
export interface FilteredSource {
  readonly index: CaptureIndex;
  frame(row: number, options: RowOptions): Frame;
}

export interface Filter {
  readonly text: string;
  /** What looks odd, though it can be evaluated. */
  readonly warnings: readonly FilterNotice[];
  /** Whether the columns of an index do not suffice for every row. */
  readonly isSlow: boolean;
  /** Whether `matchesFrame` needs frames with their tree. */
  readonly needsTree: boolean;
  /** Decides a row: by the columns where they suffice, else by dissecting its frame. */
  matchesRow(source: FilteredSource, row: number, notes?: NotedRows): boolean;
  /** Decides a frame, which has its tree where `needsTree`. */
  matchesFrame(frame: Frame, names?: ObjectNames, notes?: NotedRows): boolean;
}

/** What the filter is made of while it is compiled. */
interface Parts {
  readonly fields: Map<string, FilterField>;
  readonly warnings: FilterNotice[];
}

/** Compiles a filter. Throws `FilterError`, which says what is wrong with which characters. */
export function compileFilter(text: string): Filter {
  const parts: Parts = { fields: new Map(), warnings: [] };
  const root = compile(parseFilter(text), parts);
  const all = [...parts.fields.values()];
  const wanted = new Set<Field>(all.flatMap(({ tree }) => tree));
  const selection = new FieldSelection(wanted, listFields());
  // What the columns tell of a row is not asked of its frame.
  const links = all.some(({ needsLinks, column }) => needsLinks && column === undefined);
  const standard = standardNames();

  return {
    text,
    warnings: parts.warnings,
    isSlow: all.some(({ column }) => column === undefined),
    needsTree: wanted.size > 0,
    matchesRow: (source, row, notes) => {
      const { index } = source;
      const verdict = root.row(index, row, notes);
      if (verdict !== undefined) return verdict;
      const collector = new FieldCollector(selection);
      const frame = source.frame(row, { tree: false, recorder: collector, links });
      const nodes = selection.mayShowSecrets
        ? hideSecretNodes(frame, collector.nodes)
        : collector.nodes;
      return root.frame(new FrameFacts({ frame, nodes, names: standard, index, notes }));
    },
    matchesFrame: (frame, names = standard, notes) => {
      const nodes =
        wanted.size === 0
          ? []
          : collect(hideSecrets(frame).tree ?? [], (field) => wanted.has(field));
      return root.frame(new FrameFacts({ frame, nodes, names, notes }));
    },
  };
}

function collect(tree: readonly SpanNode[], isWanted: (field: Field) => boolean): SpanNode[] {
  const found: SpanNode[] = [];
  const visit = (nodes: readonly SpanNode[]): void => {
    for (const node of nodes) {
      if (isWanted(node.field)) found.push(node);
      if (node.children !== undefined) visit(node.children);
    }
  };
  visit(tree);
  return found;
}

function compile(expression: Expression, parts: Parts): Decider {
  switch (expression.kind) {
    case "and":
      return allOf(expression.operands.map((operand) => compile(operand, parts)));
    case "or":
      return anyOf(expression.operands.map((operand) => compile(operand, parts)));
    case "not":
      return noneOf(compile(expression.operand, parts));
    case "exists":
      return fieldDecider(lookUp(expression.field, parts.fields), { kind: "exists" });
    case "compare": {
      const { operator, value } = expression;
      const field = lookUp(expression.field, parts.fields);
      const oddity = oddityOf(expression, field);
      if (oddity !== undefined) parts.warnings.push(oddity);
      const isNot = operator === "!=";
      const test = testOf(field, expression.field.slice, isNot ? "==" : operator, value);
      return fieldDecider(field, { kind: isNot ? "none" : "some", test });
    }
    case "in": {
      const field = lookUp(expression.field, parts.fields);
      const test = testOfSet(field, expression.field.slice, expression.values);
      return fieldDecider(field, { kind: "some", test });
    }
  }
}

function lookUp(place: FieldName, fields: Map<string, FilterField>): FilterField {
  const { name } = place;
  const known = fields.get(name) ?? findFilterField(name);
  if (known === undefined) {
    const near = nearest(name);
    const hint = near.length === 0 ? "" : `; is ${near.join(" or ")} meant?`;
    throw new FilterError(`there is no field ${name}${hint}`, place);
  }
  fields.set(name, known);
  return known;
}

function nearest(name: string): readonly string[] {
  const ids = new Set(listFilterFields().map(({ id }) => id));
  const last = name.split(".").at(-1) ?? name;
  const ending = [...ids].filter((id) => id.endsWith(`.${last}`) || id.startsWith(`${name}`));
  return (ending.length > 0 ? ending : suggest(name).filter((id) => ids.has(id))).slice(0, 3);
}
