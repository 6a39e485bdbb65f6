/** Filtering and finding. */
import { standardNames } from "../../decoder/index.js";
import { completeFilter } from "../filter/index.js";
import type { SearchQuery } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { Handlers } from "./dispatch.js";
import type { EngineState } from "./engine-session.js";
import { checkFilter, rowFilter } from "./filter-support.js";
import { createSearch, findNext, findTicks } from "./search.js";
import type { Trace } from "./trace.js";

export type FilterHandlers = Pick<
  Handlers,
  "filter" | "cancel-filter" | "check-filter" | "complete-filter" | "find" | "find-ticks"
>;

export function filterHandlers(state: EngineState): FilterHandlers {
  return {
    filter: ({ document, text }) => {
      const open = state.document(document);
      const { filter, ...check } = checkFilter(text);
      // One that cannot be understood leaves the rows as they are.
      if (check.error === null) {
        open.filter(filter === null ? null : rowFilter(filter, open.trace));
        state.noteFilter(document, text.trim());
      }
      return check;
    },
    "cancel-filter": ({ document }) => {
      state.document(document).shown.cancel();
      return null;
    },
    "check-filter": ({ text }) => {
      const { filter: _, ...check } = checkFilter(text);
      return check;
    },
    "complete-filter": ({ text, caret }) => completeFilter(text, caret),
    find: ({ document, query, from, direction }, tools) => {
      const open = state.document(document);
      return findNext(open, from, direction, searchOf(open.trace, query), tools);
    },
    "find-ticks": ({ document, query, pieces }, tools) => {
      const open = state.document(document);
      return findTicks(open, pieces, searchOf(open.trace, query), tools);
    },
  };
}

/** Throws `ProtocolError` where the query cannot be understood. */
function searchOf(trace: Trace, { kind, text }: SearchQuery): (row: number) => boolean {
  if (kind !== "filter") return createSearch(trace, standardNames(), { kind, text });
  const { filter, error } = checkFilter(text);
  if (filter === null) {
    const message = error?.message ?? "There is nothing to look for";
    throw new ProtocolError({ code: "bad-search", message: `${message}.` });
  }
  return rowFilter(filter, trace).matchesRow;
}
