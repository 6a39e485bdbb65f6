import "./follow-pill.css";
import { ArrowDownToLine } from "lucide-react";
import { useEffect, useState } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { scrollTo, useListView } from "../list/list-view.js";
import { largestTop } from "../list/scroll-model.js";

/** Over the end of a live list that does not follow: how many rows have come since, and the way to them. */
export function FollowPill({
  document: { id, shown, filter },
}: {
  readonly document: DocumentState;
}) {
  const { top, extent } = useListView(id);
  const follows = top >= largestTop(extent);
  const seen = useSeen(follows, shown, `${id} ${filter.shown}`);
  if (follows) return null;
  const news = Math.max(0, shown - seen);
  return (
    <button
      type="button"
      className="follow-pill"
      title="Following stopped when you scrolled up: go to the newest frame and follow again"
      onClick={() => scrollTo(id, Number.POSITIVE_INFINITY)}
    >
      <ArrowDownToLine size={13} aria-hidden="true" />
      {news === 0
        ? "Paused"
        : `${news.toLocaleString("en")} new ${news === 1 ? "frame" : "frames"}`}
    </button>
  );
}

/** Rows that were there when the list was last at its end; of another list those that there are now. */
function useSeen(follows: boolean, shown: number, list: string): number {
  const [seen, setSeen] = useState({ list, shown });
  const isOther = seen.list !== list;
  useEffect(() => {
    if (follows || isOther) setSeen({ list, shown });
  }, [follows, isOther, list, shown]);
  return isOther ? shown : seen.shown;
}
