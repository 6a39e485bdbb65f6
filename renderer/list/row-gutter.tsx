import { piecesAt, type Relations } from "./gutter.js";

/** The lines that pass a row: outside the exchange, inside the segments of one APDU. */
export function RowGutter({
  relations,
  number,
}: {
  readonly relations: Relations;
  readonly number: number;
}) {
  const pieces = piecesAt(relations, number);
  if (pieces === null) return null;
  const { exchange, segments, isSegment } = pieces;
  const isAnswer = relations.exchange?.answer === number;
  return (
    <span className="row-gutter" aria-hidden="true">
      {exchange !== null && <span className={`row-gutter__line row-gutter__line--${exchange}`} />}
      {exchange !== null && exchange !== "through" && (
        <span
          className={isAnswer ? "row-gutter__tick row-gutter__tick--answer" : "row-gutter__tick"}
        />
      )}
      {segments !== null && (
        <span
          className={`row-gutter__line row-gutter__line--segments row-gutter__line--${segments}`}
        />
      )}
      {isSegment && <span className="row-gutter__segment" />}
    </span>
  );
}
