import { parseArgs } from "node:util";
import type { Filter } from "../analyzer/filter/index.js";
import { type CaptureOptions, captureOptions, readCaptureOptions } from "./capture-options.js";
import { readFilter } from "./filter-option.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const formats = ["text", "ndjson", "json"] as const;

export interface DecodeOptions extends CaptureOptions {
  readonly format: (typeof formats)[number];
  readonly tree: boolean;
  /** Undefined: every frame is shown. */
  readonly filter: Filter | undefined;
}

/** Reads the arguments of `decode`. Throws `UsageError` for whatever is wrong with them. */
export async function parseDecodeOptions(args: readonly string[]): Promise<DecodeOptions | "help"> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...captureOptions,
        format: { type: "string", default: "text" },
        tree: { type: "boolean", default: false },
        filter: { type: "string", short: "Y" },
      },
    }),
  );
  if (values.help === true) return "help";
  const options = await readCaptureOptions("decode", positionals, values);
  const filter = values.filter === undefined ? undefined : await readFilter(values.filter);
  const tree = values.tree || filter?.needsTree === true;
  return {
    ...options,
    format: oneOf("--format", values.format, formats),
    tree: values.tree,
    filter,
    decoder: { ...options.decoder, tree },
  };
}
