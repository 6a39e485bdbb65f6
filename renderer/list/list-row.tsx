// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be laid out from a moving base.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from "react";
import type { Row, Settings } from "../../analyzer/protocol/index.js";
import { type Relations, spokenPiece } from "./gutter.js";
import type { ListColumn } from "./list-columns.js";
import { RowCell } from "./row-cell.js";
import { RowGutter } from "./row-gutter.js";
import { RowState } from "./row-state.js";

interface ListRowProps {
  readonly document: string;
  readonly index: number;
  /** Pixels from where rows are laid out. */
  readonly offset: number;
  /** Undefined until it is there. */
  readonly row: Row | undefined;
  readonly number: number | null;
  readonly columns: readonly ListColumn[];
  readonly timeFormat: Settings["timeFormat"];
  /** Name of a colour of the rules. */
  readonly colour: string | null;
  readonly isSelected: boolean;
  readonly isLookedAt: boolean;
  readonly isCursor: boolean;
  readonly isDeciphered: boolean;
  /** Null where no line passes here. */
  readonly relations: Relations | null;
}

/** For `aria-activedescendant`. */
export function rowId(document: string, index: number): string {
  return `frame-row-${document}-${index}`;
}

const colours: ReadonlySet<string> = new Set(["red", "amber", "green", "blue", "violet", "grey"]);

export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { document, index, offset, row, number, columns, relations } = props;
  return (
    <div
      // Another element where a key has come, so that its flash begins anew.
      key={props.isDeciphered ? "deciphered" : "plain"}
      id={rowId(document, index)}
      className={classOf(props)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      data-index={index}
      data-frame={number ?? undefined}
      data-current={props.isLookedAt || undefined}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <div className="frame-row__marks" role="gridcell" aria-colindex={1}>
        {relations !== null && number !== null && (
          <>
            <RowGutter relations={relations} number={number} />
            <span className="frame-list__hidden">{spokenPiece(relations, number)}</span>
          </>
        )}
        {row !== undefined && <RowState row={row} />}
      </div>
      {columns.map((column, place) => (
        <div
          key={column.id}
          className={cellClass(column)}
          role="gridcell"
          aria-colindex={place + 2}
        >
          {row === undefined ? (
            column.id === "number" && number
          ) : (
            <RowCell row={row} column={column} timeFormat={props.timeFormat} />
          )}
        </div>
      ))}
    </div>
  );
});

function classOf({ row, colour, isLookedAt, isSelected, isCursor, isDeciphered }: ListRowProps) {
  const classes = ["frame-row"];
  const add = (name: string, isSo: boolean) => isSo && classes.push(`frame-row--${name}`);
  add("missing", row === undefined);
  if (colour !== null) add(colour, colours.has(colour));
  add("marked", row?.isMarked === true);
  add("ignored", row?.isIgnored === true);
  add("reference", row?.isReference === true);
  add("selected", isSelected);
  add("looked-at", isLookedAt);
  add("cursor", isCursor);
  add("deciphered", isDeciphered);
  return classes.join(" ");
}

function cellClass({ id, isNumeric, isExact }: ListColumn): string {
  const numeric = isNumeric ? " frame-row__cell--numeric" : "";
  const exact = isExact ? " frame-row__cell--exact" : "";
  const own = id.startsWith("field:") ? "" : ` frame-row__cell--${id}`;
  return `frame-row__cell${numeric}${exact}${own}`;
}
