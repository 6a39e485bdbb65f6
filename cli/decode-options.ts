import { parseArgs } from "node:util";
import {
  type DecodeCaptureOptions,
  KeyFileError,
  type KeySet,
  keySetFromOptions,
  loadKeyFile,
  nodePrimitives,
  type Severity,
} from "../analyzer/index.js";
import { framings, parseDecodeAs } from "./decode-as.js";
import { UsageError } from "./exit.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const severities = ["warning", "error"] as const;
const formats = ["text", "ndjson", "json"] as const;
export interface DecodeOptions {
  readonly files: readonly string[];
  readonly format: (typeof formats)[number];
  readonly failOn: Severity | undefined;
  readonly quiet: boolean;
  readonly progress: boolean;
  readonly decoder: DecodeCaptureOptions;
}

const keyOptions = [
  "guek",
  "gbek",
  "gak",
  "dedicated",
  "kek",
  "system-title",
  "hls-secret",
] as const;

/**
 * Reads the arguments of `decode`. Throws `UsageError` for whatever is wrong with them, a key file
 * with a fault in it included.
 */
export async function parseDecodeOptions(args: readonly string[]): Promise<DecodeOptions | "help"> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        format: { type: "string", default: "text" },
        tree: { type: "boolean", default: false },
        framing: { type: "string", default: "auto" },
        "decode-as": { type: "string", multiple: true, default: [] },
        "fail-on": { type: "string" },
        quiet: { type: "boolean", default: false },
        progress: { type: "boolean", default: false },
        keys: { type: "string", multiple: true, default: [] },
        guek: { type: "string" },
        gbek: { type: "string" },
        gak: { type: "string" },
        dedicated: { type: "string" },
        kek: { type: "string" },
        "system-title": { type: "string" },
        "hls-secret": { type: "string" },
      },
    }),
  );
  if (values.help === true) return "help";
  if (positionals.length === 0)
    throw new UsageError("decode needs a FILE, or '-' for standard input");
  const failOn = values["fail-on"];
  return {
    files: positionals,
    format: oneOf("--format", values.format, formats),
    failOn: failOn === undefined ? undefined : oneOf("--fail-on", failOn, severities),
    quiet: values.quiet,
    progress: values.progress,
    decoder: {
      framing: oneOf("--framing", values.framing, ["auto", ...framings]),
      decodeAs: values["decode-as"].map(parseDecodeAs),
      tree: values.tree,
      keySets: await collectKeySets(values.keys, values),
      primitives: nodePrimitives,
    },
  };
}

async function collectKeySets(
  files: readonly string[],
  values: Readonly<Partial<Record<(typeof keyOptions)[number], string>>>,
): Promise<KeySet[]> {
  try {
    const sets: KeySet[] = [];
    if (keyOptions.some((option) => values[option] !== undefined)) {
      sets.push(keySetFromOptions(values));
    }
    for (const file of files) sets.push(...(await loadKeyFile(file)));
    return sets;
  } catch (error) {
    if (error instanceof KeyFileError) throw new UsageError(error.message);
    throw error;
  }
}
