import { compareSeverity, FrameExporter } from "../analyzer/index.js";
import { parseDecodeOptions } from "./decode-options.js";
import { eachCapture } from "./each-capture.js";
import { ExitCode } from "./exit.js";
import { exportCapture } from "./export-capture.js";
import { decodeHelp } from "./help.js";
import type { Output } from "./output.js";
import { paintForTerminal } from "./terminal.js";

/** `obiscope decode [options] FILE...` */
export async function decodeCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseDecodeOptions(args);
  if (options === "help") {
    output.text.text(decodeHelp);
    return ExitCode.done;
  }
  const exporter = new FrameExporter(output.text, {
    format: options.format,
    tree: options.tree,
    names: options.names,
    hasHeadings: options.isSeveral,
    ...(output.isTerminal ? { paint: paintForTerminal } : {}),
  });
  exporter.begin();
  const code = await eachCapture(options, output, (capture) =>
    exportCapture(exporter, output, capture, options),
  );
  exporter.end();
  await output.flush();
  if (code !== ExitCode.done || options.failOn === undefined) return code;
  return compareSeverity(exporter.worst, options.failOn) >= 0 ? ExitCode.found : ExitCode.done;
}
