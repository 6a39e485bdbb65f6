import { ArrowLeft, ArrowRight, MessageSquareText } from "lucide-react";
import type { Row, Settings } from "../../analyzer/protocol/index.js";
import type { ListColumn } from "./list-columns.js";
import { durationText, secondsText, timeText } from "./time-text.js";

interface RowCellProps {
  readonly row: Row;
  readonly column: ListColumn;
  readonly timeFormat: Settings["timeFormat"];
}

/** What a row says in a column. */
export function RowCell({ row, column: { id, cell }, timeFormat }: RowCellProps) {
  if (cell !== null) return row.cells[cell] ?? "";
  switch (id) {
    case "number":
      return row.number;
    case "time":
      return row.isReference ? (
        <span title={timeText(row, "date")}>*REF*</span>
      ) : (
        timeText(row, timeFormat)
      );
    case "delta":
      return row.delta === null ? "" : secondsText(row.delta);
    case "direction":
      return <DirectionArrow row={row} />;
    case "parties":
      return <Parties row={row} />;
    case "meter":
      return row.meter ?? "";
    case "type":
      return row.type;
    case "info":
      return <Info row={row} />;
    case "length":
      return row.length;
    case "latency":
      return row.latency === null ? "" : durationText(row.latency);
    case "conversation":
      return row.conversation ?? "";
    default:
      return "";
  }
}

function DirectionArrow({ row: { direction } }: { readonly row: Row }) {
  if (direction === null) return null;
  const isRequest = direction === "client-to-server";
  const Arrow = isRequest ? ArrowRight : ArrowLeft;
  const words = isRequest ? "client to server" : "server to client";
  return (
    <span className={`frame-row__arrow frame-row__arrow--${direction}`} title={words}>
      <Arrow aria-hidden="true" />
      <span className="frame-list__hidden">{words}</span>
    </span>
  );
}

/** The client always stands first; the arrow says who speaks. */
function Parties({ row: { client, server, direction } }: { readonly row: Row }) {
  if (client === null && server === null) return null;
  const Arrow = direction === "server-to-client" ? ArrowLeft : ArrowRight;
  return (
    <>
      {client ?? "?"}{" "}
      {direction === null ? "–" : <Arrow className="frame-row__between" aria-hidden="true" />}{" "}
      {server ?? "?"}
    </>
  );
}

function Info({ row: { info, comment, isIgnored } }: { readonly row: Row }) {
  return (
    <>
      {comment !== null && (
        <span className="frame-row__comment" title={comment}>
          <MessageSquareText aria-label="Comment" />
          {comment.split("\n", 1)[0]}
        </span>
      )}
      <span className="frame-row__info" title={info}>
        {info}
      </span>
      {isIgnored && <span className="frame-list__hidden"> (ignored)</span>}
    </>
  );
}
