/**
 * Frames as CSV (RFC 4180) in UTF-8: a header line, then a row for each frame; lines end with CR LF.
 * Columns have the names of the JSON contract; see `columns`. Cells with nothing to say are empty.
 *
 * Spreadsheets take cells that begin with `=`, `+`, `-`, `@`, a tab or a line end for formulas, even in
 * quotes, and the words of a capture are whoever's who sent them. Such cells of text begin with an
 * apostrophe here, and so do those that began with an apostrophe: taking one away gives the text back.
 * Columns of numbers are left alone: what they hold are numbers, and negative ones among them.
 */

import type { Timestamp } from "../../decoder/chunk.js";
import { nanosecondsBetween } from "../../decoder/conversation/observed-frame.js";
import type { Frame } from "../../decoder/frame.js";
import { compareSeverity, type Severity, toHex } from "../../decoder/index.js";
import { summarizeFrame } from "../../decoder/present/summary.js";
import { formatTimestamp } from "../../decoder/present/time.js";
import { nameOf } from "../frame-columns.js";
import { describeServer } from "../session/row-view.js";
import type { CreateWriter } from "./export-options.js";

/** A number, a text, or nothing. */
type Cell = number | string | null | undefined;

/**
 * `delta-ms`: since the row before. `type`: the innermost APDU, or the kind of the link frame. `layers`
 * and `diagnostics` (codes) are words with spaces between them. `severity`: of the worst of them.
 */
export const csvColumns = [
  "source",
  "number",
  "time",
  "delta-ms",
  "conversation",
  "direction",
  "client",
  "server",
  "layers",
  "type",
  "info",
  "length",
  "answers",
  "answered-by",
  "latency-ms",
  "ciphering",
  "severity",
  "diagnostics",
  "marked",
  "comment",
  "bytes",
] as const;

export const createCsvWriter: CreateWriter = (out, { names }) => {
  let source: string | undefined;
  let before: Timestamp | null = null;
  const row = (cells: readonly Cell[]) => out.text(`${cells.map(formatCell).join(",")}\r\n`);
  return {
    begin: () => row(csvColumns),
    capture: (name) => {
      source = name;
      before = null;
    },
    frame: (frame, isMarked) => {
      const { time, answers } = frame;
      const cells: Readonly<Record<(typeof csvColumns)[number], Cell>> = {
        source,
        number: frame.number,
        time: time === null ? null : formatTimestamp(time),
        "delta-ms": toMilliseconds(nanosecondsBetween(before, time)),
        conversation: frame.conversation,
        direction: frame.direction,
        client: frame.client,
        server: describeServer(frame.server),
        layers: frame.layers.join(" "),
        type: nameOf(frame),
        info: summarizeFrame(frame, names),
        length: frame.sources[0]?.bytes.length ?? 0,
        answers: answers?.frame,
        "answered-by": frame.answeredBy,
        "latency-ms": toMilliseconds(answers?.latency),
        ciphering: frame.ciphering?.status,
        severity: worstSeverity(frame),
        diagnostics: frame.diagnostics.map(({ definition }) => definition.code).join(" "),
        marked: isMarked ? "true" : null,
        comment: frame.comment,
        bytes: toHex(frame.sources[0]?.bytes ?? new Uint8Array()),
      };
      row(csvColumns.map((name) => cells[name]));
      if (time !== null) before = time;
    },
    end: () => {},
  };
};

function formatCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^['=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** To the microsecond, as in JSON. */
function toMilliseconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined ? undefined : Math.round(nanoseconds / 1000) / 1000;
}

function worstSeverity({ diagnostics }: Frame): Severity | undefined {
  let worst: Severity | undefined;
  for (const { definition } of diagnostics) {
    if (worst === undefined || compareSeverity(definition.severity, worst) > 0) {
      worst = definition.severity;
    }
  }
  return worst;
}
