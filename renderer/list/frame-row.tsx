import {
  CircleAlert,
  CircleX,
  Info,
  Lock,
  LockOpen,
  MessageSquare,
  ShieldAlert,
} from "lucide-react";
import { memo } from "react";
import type { Row, Settings } from "../../analyzer/protocol/index.js";
import type { ShownColumn } from "./columns.js";
import type { GutterMark } from "./gutter.js";

export interface FrameRowProps {
  readonly id: string;
  /** In the list, from 0. */
  readonly place: number;
  /** Undefined while it is being fetched. */
  readonly row: Row | undefined;
  readonly y: number;
  readonly columns: readonly ShownColumn[];
  readonly timeFormat: Settings["timeFormat"];
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly mark: GutterMark;
  /** Of the colour rule that fits. */
  readonly tint: string | undefined;
}

/** One frame in the list. */
export const FrameRow = memo(function FrameRow(props: FrameRowProps) {
  const { id, place, row, y, columns, timeFormat, isCurrent, isSelected, mark, tint } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isSelected}
      className="frame-list__row"
      data-current={isCurrent || undefined}
      data-selected={isSelected || undefined}
      data-tint={tint}
      data-ignored={row?.isIgnored || undefined}
      data-marked={row?.isMarked || undefined}
      data-frame={row?.number}
      style={{ transform: `translateY(${y}px)` }}
    >
      <span className="frame-list__gutter" data-mark={mark ?? undefined} aria-hidden="true" />
      {columns.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          className="frame-list__cell"
          data-column={column.id}
          data-number={column.isNumber || undefined}
          data-mono={column.isMono || undefined}
          style={column.width === null ? { flex: 1 } : { width: column.width }}
        >
          {row === undefined ? (
            column.id === "info" ? (
              "…"
            ) : (
              ""
            )
          ) : column.id === "info" ? (
            <InfoCell row={row} />
          ) : column.id === "direction" ? (
            <Direction row={row} />
          ) : column.id === "time" && row.isReference ? (
            <strong>*REF*</strong>
          ) : (
            column.text(row, { timeFormat })
          )}
        </span>
      ))}
    </div>
  );
});

function Direction({ row: { direction } }: { readonly row: Row }) {
  if (direction === null) return null;
  const isUp = direction === "client-to-server";
  const words = isUp ? "client to server" : "server to client";
  return (
    <span
      className="frame-list__direction"
      data-up={isUp || undefined}
      title={words}
      role="img"
      aria-label={words}
    >
      {isUp ? "→" : "←"}
    </span>
  );
}

const severityIcons = { error: CircleX, warning: CircleAlert, note: Info, info: null } as const;

function InfoCell({ row }: { readonly row: Row }) {
  const { severity, ciphering, comment, problem } = row;
  const Icon = severity === null ? null : severityIcons[severity];
  return (
    <>
      {Icon !== null && severity !== null && (
        <span
          className="frame-list__severity"
          data-severity={severity}
          title={problem ?? severity}
          role="img"
          aria-label={severity}
        >
          <Icon size={13} />
        </span>
      )}
      {ciphering !== null && <CipherMark status={ciphering} />}
      {comment !== null && (
        <span
          className="frame-list__comment"
          title={comment}
          role="img"
          aria-label={`comment: ${comment}`}
        >
          <MessageSquare size={12} />
        </span>
      )}
      <span className="frame-list__info">
        {row.isIgnored ? `(set aside) ${row.info}` : row.info}
      </span>
    </>
  );
}

function CipherMark({ status }: { readonly status: string }) {
  const isOpen = status === "decrypted" || status === "decrypted-not-authenticated";
  const isMissing = status === "no-key" || status === "no-system-title";
  const Icon = isOpen ? LockOpen : isMissing ? Lock : ShieldAlert;
  const kind = isOpen ? "open" : isMissing ? "closed" : "failed";
  if (status === "not-ciphered") return null;
  return (
    <span
      className="frame-list__cipher"
      data-kind={kind}
      title={status}
      role="img"
      aria-label={status}
    >
      <Icon size={12} />
    </span>
  );
}
