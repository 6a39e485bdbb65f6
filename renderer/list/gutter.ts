/** What the gutter draws beside a row: its part in the exchange and the message of the selected frame. */
import type { Row } from "../../analyzer/protocol/index.js";

export type GutterMark =
  | "request" // the bracket begins
  | "answer" // the bracket ends
  | "between"
  | "part" // of the message that the selected frame completes, or has a part of
  | null;

/** `selected`: the row of the selected frame, where it is known. */
export function gutterMark(number: number, selected: Row | undefined): GutterMark {
  if (selected === undefined) return null;
  const parts = selected.parts;
  if (parts.length > 0 && (parts.includes(number) || number === selected.number)) return "part";
  if (
    selected.completedIn !== null &&
    (number === selected.completedIn || number === selected.number)
  ) {
    return "part";
  }
  const partner = selected.answers ?? selected.answeredBy;
  if (partner === null) return null;
  const request = Math.min(partner, selected.number);
  const answer = Math.max(partner, selected.number);
  if (number === request) return "request";
  if (number === answer) return "answer";
  return number > request && number < answer ? "between" : null;
}
