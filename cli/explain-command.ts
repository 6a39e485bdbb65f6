import { explain, suggest } from "../analyzer/index.js";
import { loadNames } from "./capture-options.js";
import { ExitCode, UsageError } from "./exit.js";
import { parseExplainOptions } from "./explain-options.js";
import { writeExplanation } from "./explanation-text.js";
import { explainHelp } from "./help.js";
import type { Output } from "./output.js";
import { paintForTerminal } from "./terminal.js";

/** `obiscope explain TOPIC...` */
export async function explainCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseExplainOptions(args);
  if (options === "help") {
    output.text.text(explainHelp);
    return ExitCode.done;
  }
  const { topic, format, obis } = options;
  const explanations = explain(topic, { names: await loadNames(obis) });
  if (explanations.length === 0) throw new UsageError(describeUnknown(topic));
  if (format === "json") {
    output.text.text(`${JSON.stringify(explanations)}\n`);
  } else {
    const paint = output.isTerminal ? paintForTerminal : (_: unknown, text: string) => text;
    for (const [i, explanation] of explanations.entries()) {
      if (i > 0) output.text.text("\n");
      writeExplanation(output.text, explanation, paint);
    }
  }
  await output.flush();
  return ExitCode.done;
}

function describeUnknown(topic: string): string {
  const names = suggest(topic);
  const nearest = names.length === 0 ? "" : ` (near it: ${names.join(", ")})`;
  return `nothing is known of '${topic}'${nearest}`;
}
