import { parseArgs } from "node:util";
import { needsTree } from "../analyzer/index.js";
import { captureOptions, readCaptureOptions } from "./capture-options.js";
import type { FrameChoice } from "./export-capture.js";
import { readFilter } from "./filter-option.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const formats = ["text", "ndjson", "json", "csv", "xml"] as const;

export interface DecodeOptions extends FrameChoice {
  readonly format: (typeof formats)[number];
  readonly tree: boolean;
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
  const { tree } = values;
  const format = oneOf("--format", values.format, formats);
  return {
    ...options,
    format,
    tree,
    filter,
    decoder: {
      ...options.decoder,
      tree: needsTree({ format, tree }) || filter?.needsTree === true,
    },
  };
}
