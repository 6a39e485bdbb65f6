/** Rows for tests. */
import type { Row, RowWindow } from "../../../analyzer/protocol/index.js";

/** A row that says nothing but its number, and what is given. */
export function rowWith(number: number, given: Partial<Row> = {}): Row {
  return {
    number,
    time: null,
    delta: null,
    sinceReference: null,
    conversation: null,
    direction: null,
    client: null,
    server: null,
    meter: null,
    type: "",
    layers: [],
    info: "",
    length: 0,
    latency: null,
    severity: null,
    problem: null,
    ciphering: null,
    answers: null,
    answeredBy: null,
    completedIn: null,
    parts: [],
    isMarked: false,
    isIgnored: false,
    isReference: false,
    comment: null,
    colour: null,
    cells: [],
    ...given,
  };
}

/** The answer of a list of `total` rows whose numbers are their places plus one. */
export function windowOf(
  generation: number,
  start: number,
  count: number,
  total: number,
  given: Partial<Row> = {},
): RowWindow {
  const length = Math.max(0, Math.min(count, total - start));
  const rows = Array.from({ length }, (_, place) => rowWith(start + place + 1, given));
  return { generation, total, start, rows };
}
