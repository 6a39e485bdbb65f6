import { extname } from "node:path";
import { parseArgs } from "node:util";
import { type ExportFormat, exportFormats, needsTree } from "../analyzer/index.js";
import { captureOptions, readCaptureOptions } from "./capture-options.js";
import { UsageError } from "./exit.js";
import type { FrameChoice } from "./export-capture.js";
import { readFilter } from "./filter-option.js";
import { readFrameRanges } from "./frames-option.js";
import { oneOf, refuseBadOptions } from "./usage.js";

export interface ExportCommandOptions extends FrameChoice {
  readonly format: ExportFormat;
  readonly tree: boolean;
  readonly title: string | undefined;
  /** Only frames that the user has marked in the application. */
  readonly marked: boolean;
  /** `-`: standard output. */
  readonly out: string;
  /** Every file that is read: none of them may be written. */
  readonly inputs: readonly string[];
}

const formatsByExtension: Readonly<Record<string, ExportFormat>> = {
  ".txt": "text",
  ".log": "text",
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".csv": "csv",
  ".xml": "xml",
  ".html": "html",
  ".htm": "html",
};

/** Reads the arguments of `export`. Throws `UsageError` for whatever is wrong with them. */
export async function parseExportOptions(
  args: readonly string[],
): Promise<ExportCommandOptions | "help"> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...captureOptions,
        out: { type: "string", short: "o" },
        format: { type: "string" },
        tree: { type: "boolean", default: false },
        title: { type: "string" },
        filter: { type: "string", short: "Y" },
        frames: { type: "string" },
        marked: { type: "boolean", default: false },
      },
    }),
  );
  if (values.help === true) return "help";
  const options = await readCaptureOptions("export", positionals, values);
  const { out, tree, marked } = values;
  if (marked && positionals.includes("-")) {
    throw new UsageError("--marked takes files: the frames of standard input have no marks");
  }
  if (out === undefined || out === "") {
    throw new UsageError("export needs --out FILE, or --out - for standard output");
  }
  const format = readFormat(values.format, out);
  const filter = values.filter === undefined ? undefined : await readFilter(values.filter);
  return {
    ...options,
    format,
    tree,
    title: values.title,
    marked,
    out,
    inputs: [
      ...positionals.filter((file) => file !== "-"),
      ...positionals.map((file) => `${file}.obiscope.json`),
      ...values.keys,
      ...values.obis,
    ],
    filter,
    frames: values.frames === undefined ? undefined : readFrameRanges(values.frames),
    decoder: {
      ...options.decoder,
      tree: needsTree({ format, tree }) || filter?.needsTree === true,
    },
  };
}

function readFormat(given: string | undefined, out: string): ExportFormat {
  if (given !== undefined) return oneOf("--format", given, exportFormats);
  const format = formatsByExtension[extname(out).toLowerCase()];
  if (format === undefined) {
    throw new UsageError(
      `'${out}' does not say the format: give --format ${exportFormats.join("|")}`,
    );
  }
  return format;
}
