/**
 * How a filter comes to its verdict. Strategy: a row is decided by the columns of the index as far as
 * they go, with a third verdict for what they leave open; a frame is read only where the whole filter
 * is open, and then everything is decided.
 */
import type { CaptureIndex } from "../capture-index.js";
import {
  type ColumnReader,
  type FilterField,
  type FilterValue,
  leftOpen,
  type NotedRows,
  type Occurrence,
  type SharedColumn,
  valueless,
} from "./filter-field.js";
import type { FrameFacts } from "./frame-facts.js";
import type { ValueTest } from "./value-tests.js";

/** Undefined: not known yet. */
export type Verdict = boolean | undefined;

/** Decides a filter, or a part of it. */
export interface Decider {
  /** By the columns alone. */
  row(index: CaptureIndex, row: number, notes: NotedRows | undefined): Verdict;
  frame(facts: FrameFacts): boolean;
}

export function allOf(parts: readonly Decider[]): Decider {
  return {
    row: (index, row, notes) => {
      let verdict: Verdict = true;
      for (const part of parts) {
        const one = part.row(index, row, notes);
        if (one === false) return false;
        if (one === undefined) verdict = undefined;
      }
      return verdict;
    },
    frame: (facts) => parts.every((part) => part.frame(facts)),
  };
}

export function anyOf(parts: readonly Decider[]): Decider {
  return {
    row: (index, row, notes) => {
      let verdict: Verdict = false;
      for (const part of parts) {
        const one = part.row(index, row, notes);
        if (one === true) return true;
        if (one === undefined) verdict = undefined;
      }
      return verdict;
    },
    frame: (facts) => parts.some((part) => part.frame(facts)),
  };
}

export function noneOf(part: Decider): Decider {
  return {
    row: (index, row, notes) => {
      const verdict = part.row(index, row, notes);
      return verdict === undefined ? undefined : !verdict;
    },
    frame: (facts) => !part.frame(facts),
  };
}

/**
 * What is asked of a field: that it is there, that one of its values passes the test, or that it has
 * values and none of them does.
 */
export type Question =
  | { readonly kind: "exists" }
  | { readonly kind: "some" | "none"; readonly test: ValueTest };

export function fieldDecider(field: FilterField, question: Question): Decider {
  const ofOne = decideOne(field, question);
  const ofAll = (values: readonly Occurrence[]) => decideAll(field, question, values);
  const row = rowDecider(field, ofOne, ofAll);
  return {
    row,
    frame: (facts) => {
      const { index } = facts;
      const known = index === undefined ? undefined : row(index, facts.row, facts.notes);
      return known ?? ofAll(facts.of(field));
    },
  };
}

type RowDecider = Decider["row"];

function rowDecider(
  field: FilterField,
  ofOne: (value: FilterValue) => boolean,
  ofAll: (values: readonly Occurrence[]) => boolean,
): RowDecider {
  const { column, isPossible } = field;
  if (typeof column === "function") return readOne(column, ofOne);
  if (column !== undefined) return readShared(column, ofAll);
  if (isPossible === undefined) return () => undefined;
  // A field that cannot be there has no values.
  const isAbsent = readShared(
    {
      key: ({ columns }, row) => columns.layers(row),
      values: (layers) => (isPossible(layers as readonly string[]) ? [] : [valueless]),
    },
    (values) => values.length > 0,
  );
  return (index, row, notes) => (isAbsent(index, row, notes) === true ? false : undefined);
}

function readOne(read: ColumnReader, decide: (value: FilterValue) => boolean): RowDecider {
  return (index, row, notes) => {
    const value = read(index, row, notes);
    if (value === null || value === undefined) return false;
    return value === leftOpen ? undefined : decide(value);
  };
}

function readShared(
  { key: readKey, values }: SharedColumn,
  decide: (values: readonly Occurrence[]) => boolean,
): RowDecider {
  const known = new Map<object | string, boolean>();
  // Rows with the same key come one after the other.
  let lastKey: object | string | undefined;
  let last = false;
  return (index, row) => {
    const key = readKey(index, row);
    if (key === undefined) return false;
    if (key === lastKey) return last;
    let verdict = known.get(key);
    if (verdict === undefined) {
      verdict = decide(values(key));
      known.set(key, verdict);
    }
    lastKey = key;
    last = verdict;
    return verdict;
  };
}

function decideOne(field: FilterField, question: Question): (value: FilterValue) => boolean {
  if (question.kind === "exists") return (value) => isThere(field, value);
  const { kind, test } = question;
  return kind === "some" ? test : (value) => !test(value);
}

function decideAll(field: FilterField, question: Question, values: readonly Occurrence[]): boolean {
  if (question.kind === "exists") return values.some((value) => isThere(field, value));
  const { kind, test } = question;
  let hasValue = false;
  for (const value of values) {
    if (value === valueless) continue;
    hasValue = true;
    if (test(value)) return kind === "some";
  }
  return kind === "none" && hasValue;
}

/** Of a switch of the user's it counts whether it is on: `frame.marked`. */
function isThere({ type, tree }: FilterField, value: Occurrence): boolean {
  return type !== "boolean" || tree.length > 0 || value === true;
}
