import { parseArgs } from "node:util";
import type { Frame, GivenColumns } from "../analyzer/index.js";
import { type CaptureOptions, captureOptions, readCaptureOptions } from "./capture-options.js";
import { parseColumns } from "./columns-option.js";
import { readFilter } from "./filter-option.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const formats = ["table", "csv", "ndjson", "columns"] as const;

export interface ReadingsOptions extends CaptureOptions {
  readonly format: (typeof formats)[number];
  /** What the columns of profiles are where the trace does not show it. */
  readonly columns: GivenColumns;
  /** Undefined: every frame counts. */
  readonly isWanted: ((frame: Frame) => boolean) | undefined;
}

/** Reads the arguments of `readings` and `objects`. Throws `UsageError`. */
export async function parseReadingsOptions(
  command: "readings" | "objects",
  args: readonly string[],
): Promise<ReadingsOptions | "help"> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...captureOptions,
        format: { type: "string", default: "table" },
        columns: { type: "string", multiple: true, default: [] as string[] },
        filter: { type: "string", short: "Y" },
      },
    }),
  );
  if (values.help === true) return "help";
  const options = await readCaptureOptions(command, positionals, values);
  const filter = values.filter === undefined ? undefined : await readFilter(values.filter);
  return {
    ...options,
    format: oneOf("--format", values.format, formats),
    columns: parseColumns(values.columns),
    isWanted: filter && ((frame) => filter.matchesFrame(frame, options.names)),
    decoder: { ...options.decoder, tree: filter?.needsTree === true },
  };
}
