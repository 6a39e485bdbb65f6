import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether one of the built files is not there, or older than a file under the sources (folders and
 * files). Hidden files are nobody's reason to build.
 */
export function isOutOfDate(sources: readonly string[], built: readonly string[]): boolean {
  const oldest = Math.min(...built.map((file) => changed(file) ?? Number.NEGATIVE_INFINITY));
  return sources.some((source) => newest(source) > oldest);
}

/** When the file that was changed last was changed, in milliseconds; of nothing: never. */
function newest(path: string): number {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return Number.NEGATIVE_INFINITY;
  if (!status.isDirectory()) return status.mtimeMs;
  const names = readdirSync(path).filter((name) => !name.startsWith("."));
  return Math.max(Number.NEGATIVE_INFINITY, ...names.map((name) => newest(join(path, name))));
}

function changed(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
