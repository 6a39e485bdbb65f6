import {
  CaptureOpenError,
  type CaptureSummary,
  compareSeverity,
  type Severity,
  summarizeFile,
} from "../analyzer/index.js";
import { ExitCode } from "./exit.js";
import { summaryHelp } from "./help.js";
import type { Output } from "./output.js";
import { createProgress } from "./progress.js";
import { presentSummary } from "./summary-json.js";
import { parseSummaryOptions, type SummaryOptions } from "./summary-options.js";
import { writeSummaryText } from "./summary-text.js";
import { paintForTerminal } from "./terminal.js";

/** `obiscope summary [options] FILE...` */
export async function summaryCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseSummaryOptions(args);
  if (options === "help") {
    output.text.text(summaryHelp);
    return ExitCode.done;
  }
  let code: ExitCode = ExitCode.done;
  let worst: Severity = "info";
  let separator = "";
  for (const file of options.files) {
    try {
      const summary = await summarize(file, options);
      output.text.text(separator);
      if (options.format === "text") separator = "\n";
      write(output, file, summary, options);
      // The most severe stands first.
      const severity = summary.problems[0]?.definition.severity ?? "info";
      if (compareSeverity(severity, worst) > 0) worst = severity;
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      await output.flush();
      process.stderr.write(`obiscope: ${error.message}\n`);
      code = ExitCode.unreadable;
    }
    await output.flush();
  }
  if (code !== ExitCode.done || options.failOn === undefined) return code;
  return compareSeverity(worst, options.failOn) >= 0 ? ExitCode.found : ExitCode.done;
}

async function summarize(file: string, options: SummaryOptions): Promise<CaptureSummary> {
  const progress = createProgress(options.progress && !options.quiet, file);
  const source = file === "-" ? process.stdin : file;
  try {
    return await summarizeFile(source, { ...options.decoder, onProgress: progress.update });
  } finally {
    progress.done();
  }
}

function write(output: Output, file: string, summary: CaptureSummary, options: SummaryOptions) {
  if (options.format === "json") {
    output.text.text(`${JSON.stringify(presentSummary(summary, file))}\n`);
    return;
  }
  if (options.files.length > 1) output.text.text(`== ${file}\n`);
  writeSummaryText(output.text, summary, {
    conversations: options.conversations,
    paint: output.isTerminal ? paintForTerminal : (_role, text) => text,
  });
}
