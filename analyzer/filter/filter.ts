/** A display filter, compiled. */

import { FieldCollector, FieldSelection } from "../../decoder/core/field-collector.js";
import { type Field, listFields } from "../../decoder/core/fields.js";
import type { SpanNode } from "../../decoder/core/recorder.js";
import type { Frame } from "../../decoder/frame.js";
import { type ObjectNames, standardNames, suggest } from "../../decoder/index.js";
import { hideSecretNodes, hideSecrets } from "../../decoder/present/hidden-secrets.js";
import type { DissectOptions } from "../../decoder/reducer.js";
import type { CaptureIndex } from "../capture-index.js";
import type { FilterField, FilterValue, NotedRows } from "./filter-field.js";
import { findFilterField, listFilterFields } from "./filter-fields.js";
import { parseFilter } from "./parser.js";
import { type Expression, type FieldName, FilterError, type FilterNotice } from "./syntax.js";
import { testOf, testOfSet, type ValueTest } from "./value-tests.js";

/** Rows that a filter decides: an open trace. */
export interface FilteredSource {
  readonly index: CaptureIndex;
  frame(row: number, options: DissectOptions): Frame;
}

export interface Filter {
  readonly text: string;
  /** What looks odd, though it can be evaluated. */
  readonly warnings: readonly FilterNotice[];
  /** Whether the columns of an index never suffice. */
  readonly isSlow: boolean;
  /** Whether `matchesFrame` needs frames with their tree. */
  readonly needsTree: boolean;
  /** Decides a row: by the columns where they suffice, else by dissecting its frame. */
  matchesRow(source: FilteredSource, row: number, notes?: NotedRows): boolean;
  /** Decides a frame, which has its tree where `needsTree`. */
  matchesFrame(frame: Frame, names?: ObjectNames): boolean;
}

/** What a test of one field finds. */
type Verdict = boolean | undefined;

/** The values of a field; undefined where it is not known yet. */
type Values = (field: FilterField) => readonly FilterValue[] | undefined;

type Node = (values: Values) => Verdict;

/** Compiles a filter. Throws `FilterError`, which says what is wrong with which characters. */
export function compileFilter(text: string): Filter {
  const expression = parseFilter(text);
  const fields = new Map<string, FilterField>();
  const warnings: FilterNotice[] = [];
  const root = compile(expression, fields, warnings);
  const wanted = new Set<Field>([...fields.values()].flatMap(({ tree }) => tree));
  const selection = new FieldSelection(wanted, listFields());
  const all = [...fields.values()];
  const standard = standardNames();

  return {
    text,
    warnings,
    isSlow: all.some(({ columns }) => columns === undefined),
    needsTree: wanted.size > 0,
    matchesRow: (source, row, notes) => {
      const byColumns = root((field) => field.columns?.(source.index, row, notes));
      if (byColumns !== undefined) return byColumns;
      const collector = new FieldCollector(selection);
      const frame = source.frame(row, { tree: false, recorder: collector });
      const nodes = hideSecretNodes(frame, collector.nodes);
      return root(valuesOf(frame, nodes, standard, notes)) === true;
    },
    matchesFrame: (frame, names = standard) => {
      const nodes =
        wanted.size === 0
          ? []
          : collect(hideSecrets(frame).tree ?? [], (field) => wanted.has(field));
      return root(valuesOf(frame, nodes, names, undefined)) === true;
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

/** A value of a group that is there without one. */
const present: FilterValue = true;

function valuesOf(
  frame: Frame,
  nodes: readonly SpanNode[],
  names: ObjectNames,
  notes: NotedRows | undefined,
): Values {
  const known = new Map<FilterField, readonly FilterValue[]>();
  return (field) => {
    let values = known.get(field);
    if (values === undefined) {
      const recorded = nodes
        .filter((node) => field.tree.includes(node.field))
        .map(({ value }) => value ?? present);
      values = [...recorded, ...(field.frame?.(frame, names, notes) ?? [])];
      known.set(field, values);
    }
    return values;
  };
}

function compile(
  expression: Expression,
  fields: Map<string, FilterField>,
  warnings: FilterNotice[],
): Node {
  switch (expression.kind) {
    case "and": {
      const nodes = expression.operands.map((operand) => compile(operand, fields, warnings));
      return (values) => {
        let verdict: Verdict = true;
        for (const node of nodes) {
          const one = node(values);
          if (one === false) return false;
          if (one === undefined) verdict = undefined;
        }
        return verdict;
      };
    }
    case "or": {
      const nodes = expression.operands.map((operand) => compile(operand, fields, warnings));
      return (values) => {
        let verdict: Verdict = false;
        for (const node of nodes) {
          const one = node(values);
          if (one === true) return true;
          if (one === undefined) verdict = undefined;
        }
        return verdict;
      };
    }
    case "not": {
      const node = compile(expression.operand, fields, warnings);
      return (values) => {
        const verdict = node(values);
        return verdict === undefined ? undefined : !verdict;
      };
    }
    case "exists": {
      const field = lookUp(expression.field, fields);
      return (values) => {
        const found = values(field);
        return found === undefined ? undefined : found.some((value) => isThere(field, value));
      };
    }
    case "compare": {
      const { operator, value } = expression;
      const field = lookUp(expression.field, fields);
      warnOf(expression, field, warnings);
      if (operator !== "!=") {
        return someValue(field, testOf(field, expression.field.slice, operator, value));
      }
      const isEqual = testOf(field, expression.field.slice, "==", value);
      return (values) => {
        const found = values(field);
        return found === undefined ? undefined : found.length > 0 && !found.some(isEqual);
      };
    }
    case "in": {
      const field = lookUp(expression.field, fields);
      return someValue(field, testOfSet(field, expression.field.slice, expression.values));
    }
  }
}

/** Of a switch it counts whether it is on: `frame.marked`. */
function isThere(field: FilterField, value: FilterValue): boolean {
  return field.type !== "boolean" || value === true;
}

function someValue(field: FilterField, test: ValueTest): Node {
  return (values) => values(field)?.some(test);
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

function warnOf(
  { operator, operatorPlace, value }: Extract<Expression, { kind: "compare" }>,
  field: FilterField,
  warnings: FilterNotice[],
): void {
  if (operator === "!=" && field.id === "diag.code") {
    warnings.push({
      message: "fits frames that have findings, but not this one",
      ...operatorPlace,
    });
  }
  if (field.values !== undefined && operator === "==" && !value.isQuoted) {
    const number = Number(value.text);
    if (Number.isInteger(number) && field.values[number] === undefined) {
      const { start, end } = value;
      warnings.push({ message: `${field.id} has no word for ${value.text}`, start, end });
    }
  }
}
