/**
 * Lines beside the rows: from a request to its answer, and through the segments of one APDU, of the
 * frame that is looked at.
 */
import type { Row } from "../../analyzer/protocol/index.js";

/** What the frame that is looked at belongs to, by numbers of frames. */
export interface Relations {
  /** The request and its answer; null where one of them is not there. */
  readonly exchange: { readonly request: number; readonly answer: number } | null;
  /** Frames that carry the segments of its APDU, ascending; empty where it came in one. */
  readonly segments: readonly number[];
}

export const noRelations: Relations = { exchange: null, segments: [] };

/** Of a line in one row: where it begins, goes through, ends. */
export type LinePiece = "start" | "through" | "end";

export interface GutterPieces {
  readonly exchange: LinePiece | null;
  readonly segments: LinePiece | null;
  /** Whether this row is one of the segments. */
  readonly isSegment: boolean;
}

/** `completing`: the row in which the APDU of `row` was put together; null where it is not known. */
export function relationsOf(row: Row, completing: Row | null): Relations {
  const whole = completing ?? row;
  const segments =
    whole.parts.length > 1
      ? whole.parts
      : row.completedIn !== null && row.completedIn !== row.number
        ? [row.number, row.completedIn].sort((a, b) => a - b)
        : [];
  return { exchange: exchangeOf(whole), segments };
}

function exchangeOf({ number, answers, answeredBy }: Row): Relations["exchange"] {
  if (answers !== null && answers !== number) return { request: answers, answer: number };
  if (answeredBy !== null && answeredBy !== number) {
    return { request: number, answer: answeredBy };
  }
  return null;
}

/** What the gutter of the row with that number shows; null for nothing. */
export function piecesAt({ exchange, segments }: Relations, number: number): GutterPieces | null {
  const exchangePiece =
    exchange === null ? null : pieceAt(exchange.request, exchange.answer, number);
  const segmentsPiece = pieceAt(segments[0], segments.at(-1), number);
  if (exchangePiece === null && segmentsPiece === null) return null;
  return {
    exchange: exchangePiece,
    segments: segmentsPiece,
    isSegment: segments.includes(number),
  };
}

/** An answer never stands before its request in a sound capture; in others the line still joins them. */
function pieceAt(
  one: number | undefined,
  other: number | undefined,
  number: number,
): LinePiece | null {
  if (one === undefined || other === undefined || one === other) return null;
  const start = Math.min(one, other);
  const end = Math.max(one, other);
  if (number < start || number > end) return null;
  if (number === start) return "start";
  return number === end ? "end" : "through";
}

/** For screen readers: what the row is to the frame that is looked at. */
export function spokenPiece({ exchange, segments }: Relations, number: number): string {
  const words: string[] = [];
  if (exchange?.request === number) words.push(`request, answered by ${exchange.answer}`);
  if (exchange?.answer === number) words.push(`answer to ${exchange.request}`);
  const place = segments.indexOf(number);
  if (place >= 0) words.push(`segment ${place + 1} of ${segments.length}`);
  return words.join(", ");
}
