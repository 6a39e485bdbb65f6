import { useEffect, useMemo } from "react";
import type { DocumentState, Profile } from "../../analyzer/protocol/index.js";
import { useAnalyzer } from "../state/analyzer.js";
import { useSelection } from "../state/selection.js";
import { piecesAt } from "./gutter.js";
import { fieldsOf, type ListColumn } from "./list-columns.js";
import { ListRow } from "./list-row.js";
import { rowCacheOf, useRowArrivals } from "./list-rows.js";
import { useListView } from "./list-view.js";
import { baseOf, onDevicePixel, visibleRange } from "./scroll-model.js";
import { useRelations } from "./use-relations.js";

interface ListRowsProps {
  readonly document: DocumentState;
  readonly columns: readonly ListColumn[];
  readonly profile: Profile | undefined;
}

/** The rows that are seen, each laid out from a base near them. */
export function ListRows({ document, columns, profile }: ListRowsProps) {
  const { id, generation, shown } = document;
  const { top, extent, cursor } = useListView(id);
  const { frames, frame } = useSelection(id);
  const timeFormat = useAnalyzer(({ settings }) => settings?.timeFormat ?? "clock");
  const connection = useAnalyzer((state) => state.connection);
  useRowArrivals();
  const relations = useRelations(document, frame);
  const fields = useMemo(() => fieldsOf(columns), [columns]);
  const cache = rowCacheOf(id);
  // Rows of a list that has just become shorter are gone at once.
  const { first, end } = visibleRange({ ...extent, rows: shown }, top);
  const base = baseOf(first);
  const shift = onDevicePixel(base * extent.rowHeight - top, globalThis.devicePixelRatio || 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what a lost line owed is asked for again.
  useEffect(() => {
    cache.show({ generation, total: shown, columns: fields }, first, end);
  }, [cache, generation, shown, fields, first, end, connection]);

  const rows = [];
  for (let index = first; index < end; index++) {
    const row = cache.row(index);
    const number = document.filter.shown === "" ? index + 1 : (row?.number ?? null);
    rows.push(
      <ListRow
        key={index}
        document={id}
        index={index}
        offset={(index - base) * extent.rowHeight}
        row={row}
        number={number}
        columns={columns}
        timeFormat={timeFormat}
        colour={colourOf(profile, row?.colour ?? null)}
        isSelected={number !== null && hasNumber(frames, number)}
        isLookedAt={number !== null && number === frame}
        isCursor={cursor?.index === index}
        isDeciphered={cache.isDeciphered(index)}
        relations={number !== null && piecesAt(relations, number) !== null ? relations : null}
      />,
    );
  }
  return (
    <div
      className="frame-list__rows"
      role="presentation"
      style={{ transform: `translateY(${shift}px)` }}
    >
      {rows}
    </div>
  );
}

function colourOf(profile: Profile | undefined, rule: number | null): string | null {
  return rule === null ? null : (profile?.colourRules[rule]?.colour ?? null);
}

/** Whether ascending numbers have one. */
function hasNumber(numbers: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = numbers.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const number = numbers[middle];
    if (number === undefined || number === wanted) return number === wanted;
    if (number < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
