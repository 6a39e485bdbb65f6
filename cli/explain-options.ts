import { parseArgs } from "node:util";
import { UsageError } from "./exit.js";
import { oneOf, refuseBadOptions } from "./usage.js";

export interface ExplainCommandOptions {
  readonly topic: string;
  readonly format: "text" | "json";
  /** Files and packs with names of objects. */
  readonly obis: readonly string[];
}

/** Reads `[--format text|json] TOPIC...`; words make one topic, so that it needs no quotes. */
export function parseExplainOptions(args: readonly string[]): ExplainCommandOptions | "help" {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        format: { type: "string", default: "text" },
        obis: { type: "string", multiple: true, default: [] as string[] },
      },
      allowPositionals: true,
    }),
  );
  if (values.help === true) return "help";
  const topic = positionals.join(" ").trim();
  if (topic === "")
    throw new UsageError("explain needs a topic, such as hdlc.fcs or 1-0:1.8.0*255");
  const format = oneOf("--format", values.format, ["text", "json"]);
  return { topic, format, obis: values.obis };
}
