import { parseArgs } from "node:util";
import { type CaptureOptions, captureOptions, readCaptureOptions } from "./capture-options.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const formats = ["text", "ndjson", "json"] as const;

export interface DecodeOptions extends CaptureOptions {
  readonly format: (typeof formats)[number];
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
      },
    }),
  );
  if (values.help === true) return "help";
  const options = await readCaptureOptions("decode", positionals, values);
  return {
    ...options,
    format: oneOf("--format", values.format, formats),
    decoder: { ...options.decoder, tree: values.tree },
  };
}
