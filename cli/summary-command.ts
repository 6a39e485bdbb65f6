import {
  type CaptureSummary,
  compareSeverity,
  type Severity,
  summarizeFile,
} from "../analyzer/index.js";
import { eachCapture } from "./each-capture.js";
import { ExitCode } from "./exit.js";
import { summaryHelp } from "./help.js";
import type { Output } from "./output.js";
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
  let worst: Severity = "info";
  let separator = "";
  const code = await eachCapture(options, output, async ({ file, source, onProgress }) => {
    const summary = await summarizeFile(source, { ...options.decoder, onProgress });
    output.text.text(separator);
    if (options.format === "text") separator = "\n";
    write(output, file, summary, options);
    // The most severe stands first.
    const severity = summary.problems[0]?.definition.severity ?? "info";
    if (compareSeverity(severity, worst) > 0) worst = severity;
  });
  if (code !== ExitCode.done || options.failOn === undefined) return code;
  return compareSeverity(worst, options.failOn) >= 0 ? ExitCode.found : ExitCode.done;
}

function write(output: Output, file: string, summary: CaptureSummary, options: SummaryOptions) {
  if (options.format === "json") {
    output.text.text(`${JSON.stringify(presentSummary(summary, file))}\n`);
    return;
  }
  if (options.isSeveral) output.text.text(`== ${file}\n`);
  writeSummaryText(output.text, summary, {
    conversations: options.conversations,
    paint: output.isTerminal ? paintForTerminal : (_role, text) => text,
  });
}
