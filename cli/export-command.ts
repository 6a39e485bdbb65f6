import { basename } from "node:path";
import { compareSeverity, FrameExporter } from "../analyzer/index.js";
import { eachCapture, nameFiles } from "./each-capture.js";
import { ExitCode } from "./exit.js";
import { exportCapture } from "./export-capture.js";
import { ExportFile, ExportFileError } from "./export-file.js";
import { readExportNotes } from "./export-notes.js";
import { type ExportCommandOptions, parseExportOptions } from "./export-options.js";
import type { FrameRanges } from "./frames-option.js";
import { exportHelp } from "./help.js";
import type { Output } from "./output.js";

/** `obiscope export [options] FILE... --out FILE` */
export async function exportCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseExportOptions(args);
  if (options === "help") {
    output.text.text(exportHelp);
    return ExitCode.done;
  }
  if (options.out === "-") return (await exportAll(options, output)).code;
  try {
    return await exportToFile(options, options.out, output);
  } catch (error) {
    if (!(error instanceof ExportFileError)) throw error;
    process.stderr.write(`obiscope: ${error.message}\n`);
    return ExitCode.unreadable;
  }
}

async function exportToFile(
  options: ExportCommandOptions,
  path: string,
  output: Output,
): Promise<ExitCode> {
  const file = await ExportFile.create(path, options.inputs);
  let outcome: Outcome;
  try {
    outcome = await exportAll(options, file.output);
  } catch (error) {
    await file.discard();
    throw error;
  }
  if (outcome.captures === 0) {
    await file.discard();
    return outcome.code;
  }
  await file.finish();
  if (!options.quiet) {
    const { frames } = outcome;
    output.text.text(`${path}: ${frames} ${frames === 1 ? "frame" : "frames"}\n`);
  }
  return outcome.code;
}

/** What an export came to; `captures` are those that could be read. */
interface Outcome {
  readonly code: ExitCode;
  readonly captures: number;
  readonly frames: number;
}

async function exportAll(options: ExportCommandOptions, output: Output): Promise<Outcome> {
  const { format, tree, names, files, isSeveral, failOn } = options;
  const exporter = new FrameExporter(output.text, {
    format,
    tree,
    names,
    hasHeadings: isSeveral,
    title: options.title ?? titleOf(files),
  });
  let captures = 0;
  exporter.begin();
  const read = await eachCapture(options, output, async (capture) => {
    const { file, source } = capture;
    const noted = await readExportNotes(file, source, options.marked);
    const frames = options.marked ? both(options.frames, noted?.marked) : options.frames;
    await exportCapture(exporter, output, capture, { ...options, frames }, noted);
    captures += 1;
  });
  exporter.end();
  await output.flush();
  const isFound = failOn !== undefined && compareSeverity(exporter.worst, failOn) >= 0;
  const code = read === ExitCode.done && isFound ? ExitCode.found : read;
  return { code, captures, frames: exporter.frames };
}

/** Frames that are in both; undefined: in either case all. */
function both(
  one: FrameRanges | undefined,
  other: FrameRanges | undefined,
): FrameRanges | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    has: (number) => one.has(number) && other.has(number),
    last: Math.min(one.last, other.last),
  };
}

function titleOf(files: readonly string[]): string {
  return nameFiles(files.map((file) => (file === "-" ? "Standard input" : basename(file))));
}
