import { nanosecondsBetween } from "../../decoder/conversation/observed-frame.js";
import { compareSeverity } from "../../decoder/core/diagnostics.js";
import type { Frame, ServerAddress } from "../../decoder/frame.js";
import { type ObjectNames, readingsOf, type Timestamp, toHex } from "../../decoder/index.js";
import { summarizeFrame } from "../../decoder/present/summary.js";
import type { Row } from "../protocol/index.js";
import type { Trace } from "./trace.js";

/** What a row needs beside its frame. */
export interface RowPlace {
  /** The row that stands before it in the list; null for the first one. */
  readonly before: number | null;
  /** The row from which its time is counted; null where there is none. */
  readonly reference: number | null;
  readonly colour: number | null;
  readonly cells: readonly string[];
}

/** A frame as a row of the list. */
export function viewRow(
  trace: Trace,
  frame: Frame,
  names: ObjectNames,
  { before, reference, colour, cells }: RowPlace,
): Row {
  const row = frame.number - 1;
  const { columns } = trace.index;
  const note = trace.notes.get(frame.number);
  const { answers, answeredBy, completedIn } = columns.links(row);
  const { time, reassembly, known } = frame;
  const isWhole = reassembly?.complete === true;
  const title = known.serverSystemTitle?.value;
  return {
    number: frame.number,
    time: columns.time(row),
    delta: before === null ? null : between(columns.time(before), time),
    sinceReference: reference === null ? null : between(columns.time(reference), time),
    conversation: frame.conversation,
    direction: frame.direction,
    client: frame.client === null ? null : String(frame.client),
    server: describeServer(frame.server),
    meter: title === undefined ? null : toHex(title),
    type: columns.isRemark(row) ? "capture" : columns.name(row),
    layers: frame.layers,
    info: describeFrame(frame, names),
    length: columns.frameLength(row),
    latency: columns.latency(row) ?? null,
    severity: columns.severity(row) ?? null,
    problem: worstMessage(frame),
    ciphering: frame.ciphering?.status ?? null,
    answers: answers ?? null,
    answeredBy: answeredBy ?? null,
    completedIn: completedIn ?? null,
    parts: isWhole && reassembly.frames.length > 1 ? reassembly.frames : [],
    isMarked: note?.isMarked ?? false,
    isIgnored: note?.isIgnored ?? false,
    isReference: note?.isReference ?? false,
    comment: note?.comment ?? frame.comment ?? null,
    colour,
    cells,
  };
}

/** `1/17`; `1` where the link has but one number for it. */
export function describeServer(server: ServerAddress | null): string | null {
  if (server === null) return null;
  return server.lower === undefined ? `${server.upper}` : `${server.upper}/${server.lower}`;
}

/** The line of a frame; of a remark what it says. */
export function describeFrame(frame: Frame, names: ObjectNames): string {
  if (frame.layers[0] === "capture") return frame.diagnostics[0]?.message ?? frame.comment ?? "";
  return summarizeFrame(frame, names, readingsOf(frame));
}

function between(first: Timestamp | null, last: Timestamp | null): number | null {
  if (first === null || last === null) return null;
  return nanosecondsBetween(first, last) ?? null;
}

function worstMessage({ diagnostics }: Frame): string | null {
  let worst = diagnostics[0];
  for (const diagnostic of diagnostics) {
    if (worst === undefined) worst = diagnostic;
    else if (compareSeverity(diagnostic.definition.severity, worst.definition.severity) > 0) {
      worst = diagnostic;
    }
  }
  return worst?.message ?? null;
}
