import { useEffect, useMemo, useState } from "react";
import type { DocumentState, Row } from "../../analyzer/protocol/index.js";
import { noRelations, type Relations, relationsOf } from "./gutter.js";
import { rowCacheOf, useRowArrivals } from "./list-rows.js";
import { rowOf } from "./row-actions.js";

/** What the frame that is looked at belongs to. Nothing while that is not known. */
export function useRelations({ id, generation }: DocumentState, frame: number | null): Relations {
  const [rows, setRows] = useState<{ row: Row; completing: Row | null } | null>(null);
  const arrivals = useRowArrivals();
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that have come may tell more.
  const known = useMemo(
    () => (frame === null ? undefined : rowCacheOf(id).find(frame)),
    [id, frame, generation, arrivals],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another generation are news.
  useEffect(() => {
    if (frame === null) {
      setRows(null);
      return;
    }
    let isWanted = true;
    async function load(number: number) {
      const row = known ?? (await rowOf(id, number));
      const { completedIn } = row;
      const isPart = completedIn !== null && completedIn !== number;
      const completing = isPart ? await rowOf(id, completedIn) : null;
      if (isWanted) setRows({ row, completing });
    }
    // What fails here is told by the view of the frame, which asks for the same.
    load(frame).catch(() => {});
    return () => {
      isWanted = false;
    };
  }, [id, frame, generation, known]);

  return useMemo(
    () =>
      rows === null || rows.row.number !== frame
        ? noRelations
        : relationsOf(rows.row, rows.completing),
    [rows, frame],
  );
}
