import { UsageError } from "./exit.js";

/** Frames by their numbers. */
export interface FrameRanges {
  has(number: number): boolean;
  /** The greatest of the numbers; infinite where a range is open. */
  readonly last: number;
}

/** `1-10,20,30-`: ranges with both ends in them, in any order. Throws `UsageError` for anything else. */
export function readFrameRanges(text: string): FrameRanges {
  const ranges = text.split(",").map((part) => {
    const [, first = "", dash, last = ""] = /^\s*(\d+)\s*(-)?\s*(\d+)?\s*$/.exec(part) ?? [];
    const start = Number(first);
    const end = dash === undefined ? start : last === "" ? Number.POSITIVE_INFINITY : Number(last);
    if (first === "" || (dash === undefined && last !== "") || start < 1 || end < start) {
      throw new UsageError(
        `--frames takes numbers from 1 on and ranges of them, such as 1-10,20,30-; '${part.trim()}' is neither`,
      );
    }
    return { start, end };
  });
  return {
    has: (number) => ranges.some(({ start, end }) => number >= start && number <= end),
    last: Math.max(...ranges.map(({ end }) => end)),
  };
}
