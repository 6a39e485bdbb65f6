import { parseArgs } from "node:util";
import { type CaptureOptions, captureOptions, readCaptureOptions } from "./capture-options.js";
import { UsageError } from "./exit.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const formats = ["text", "json"] as const;

export interface SummaryOptions extends CaptureOptions {
  readonly format: (typeof formats)[number];
  /** How many conversations the text shows in full. */
  readonly conversations: number;
}

/** Reads the arguments of `summary`. Throws `UsageError` for whatever is wrong with them. */
export async function parseSummaryOptions(
  args: readonly string[],
): Promise<SummaryOptions | "help"> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...captureOptions,
        format: { type: "string", default: "text" },
        conversations: { type: "string", default: "20" },
      },
    }),
  );
  if (values.help === true) return "help";
  return {
    ...(await readCaptureOptions("summary", positionals, values)),
    format: oneOf("--format", values.format, formats),
    conversations: readLimit(values.conversations),
  };
}

function readLimit(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--conversations takes a number or all; '${text}' is neither`);
}
