import type { Filter } from "../analyzer/filter/index.js";
import { UsageError } from "./exit.js";

/**
 * The filter of `--filter`. What it is made with is loaded only here: other commands start faster
 * without. Throws `UsageError`, which shows the word that is wrong.
 */
export async function readFilter(text: string): Promise<Filter> {
  const { compileFilter, FilterError } = await import("../analyzer/filter/index.js");
  try {
    return compileFilter(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { message, start, end } = error;
    const marks = `${" ".repeat(start)}${"^".repeat(Math.max(1, end - start))}`;
    throw new UsageError(`--filter: ${message}\n  ${text}\n  ${marks}`);
  }
}
