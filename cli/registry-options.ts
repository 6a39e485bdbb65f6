import { parseArgs } from "node:util";
import { oneOf, refuseBadOptions } from "./usage.js";

/** What `fields` and `diagnostics` take. */
export interface RegistryOptions {
  /** Whether the public name of an entry begins with one of the prefixes that were given. */
  readonly isWanted: (name: string) => boolean;
  readonly format: "text" | "markdown";
}

/** Reads `[--format text|markdown] [PREFIX...]`. */
export function parseRegistryOptions(args: readonly string[]): RegistryOptions | "help" {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        format: { type: "string", default: "text" },
      },
      allowPositionals: true,
    }),
  );
  if (values.help === true) return "help";
  return {
    isWanted: (name) =>
      positionals.length === 0 || positionals.some((prefix) => name.startsWith(prefix)),
    format: oneOf("--format", values.format, ["text", "markdown"]),
  };
}
