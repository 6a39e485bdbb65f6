/** What came of a search, in words. */
import type { Place } from "../../analyzer/protocol/index.js";

export type Outcome =
  | ({ readonly kind: "found"; readonly round: Round } & Place)
  | { readonly kind: "none" }
  | { readonly kind: "fault"; readonly message: string };

/** How the search came to what it found: `again` is the frame where it began. */
export type Round = "no" | "yes" | "again";

/** `from`: number of the frame where one stood, 0 for none. */
export function isRound(from: number, found: number, direction: 1 | -1): Round {
  if (from === 0) return "no";
  if (from === found) return "again";
  return direction === 1 ? (found < from ? "yes" : "no") : found > from ? "yes" : "no";
}

/** `hits`: rows that have it, in all; null while they are not counted. */
export function outcomeText(
  outcome: Outcome | null,
  hits: number | null,
  direction: 1 | -1,
): string {
  const count = hits === null ? "" : `${hits.toLocaleString()} ${hits === 1 ? "row" : "rows"}`;
  switch (outcome?.kind) {
    case undefined:
      return count;
    case "fault":
      return outcome.message;
    case "none":
      return "No row that is shown has it";
    case "found": {
      const words = {
        no: "",
        yes: direction === 1 ? "gone on from the beginning" : "gone on from the end",
        again: "the only one",
      }[outcome.round];
      return [count, words].filter((part) => part !== "").join(", ");
    }
  }
}
