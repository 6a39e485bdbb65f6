import type { ByteRange } from "../state/selection.js";

export const byteRowHeight = 20;

/** How a byte is lit. `through`: what is selected stands in another source, and was made from this byte. */
export interface ByteMark {
  readonly selected: "here" | "through" | undefined;
  readonly hovered: boolean;
  readonly severity: string | undefined;
  readonly hue: string;
}

export function isIn(ranges: readonly ByteRange[], at: number): boolean {
  return ranges.some(({ start, end }) => start <= at && at < end);
}

/** A line of bytes: offset, hex, text. */
export function ByteLine({
  line,
  perRow,
  bytes,
  markOf,
  cursor,
  labelOf,
}: {
  readonly line: number;
  readonly perRow: number;
  readonly bytes: Uint8Array;
  readonly markOf: (at: number) => ByteMark;
  readonly cursor: number | null;
  readonly labelOf: (at: number) => string;
}) {
  const start = line * perRow;
  const places = Array.from(
    { length: Math.min(perRow, bytes.length - start) },
    (_, i) => start + i,
  );
  return (
    <div
      className="hex-view__line"
      role="row"
      aria-rowindex={line + 1}
      style={{ transform: `translateY(${line * byteRowHeight}px)` }}
    >
      <span className="hex-view__offset" aria-hidden="true">
        {start.toString(16).padStart(4, "0")}
      </span>
      <span className="hex-view__bytes" style={{ minWidth: widthOf(perRow) }}>
        {places.map((at) => {
          const mark = markOf(at);
          return (
            <span
              key={at}
              id={`byte-${at}`}
              data-byte={at}
              role="gridcell"
              aria-label={labelOf(at)}
              className="hex-view__byte"
              data-selected={mark.selected}
              data-hovered={mark.hovered || undefined}
              data-severity={mark.severity}
              data-cursor={at === cursor || undefined}
              data-middle={at - start === 8 || undefined}
              style={{ color: mark.hue }}
            >
              {(bytes[at] ?? 0).toString(16).padStart(2, "0")}
            </span>
          );
        })}
      </span>
      <span className="hex-view__text" aria-hidden="true">
        {places.map((at) => {
          const byte = bytes[at] ?? 0;
          const mark = markOf(at);
          return (
            <span
              key={at}
              data-byte={at}
              data-selected={mark.selected}
              data-hovered={mark.hovered || undefined}
              className="hex-view__character"
            >
              {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·"}
            </span>
          );
        })}
      </span>
    </div>
  );
}

/** Of all places of a line, so that the text of the last one stands below that of the others. */
function widthOf(perRow: number): string {
  const gap = perRow > 8 ? 8 : 0;
  return `calc(${perRow} * (2ch + 6px) + ${gap}px)`;
}
