import { type DiagnosticDefinition, listDiagnostics } from "../analyzer/index.js";
import { ExitCode } from "./exit.js";
import { diagnosticsHelp } from "./help.js";
import type { Output } from "./output.js";
import { writeReferencePage } from "./reference-page.js";
import { parseRegistryOptions } from "./registry-options.js";
import { hang } from "./text-layout.js";

/** `obiscope diagnostics [PREFIX]`. */
export async function diagnosticsCommand(
  args: readonly string[],
  output: Output,
): Promise<ExitCode> {
  const options = parseRegistryOptions(args);
  if (options === "help") {
    output.text.text(diagnosticsHelp);
    return ExitCode.done;
  }
  const diagnostics = listDiagnostics().filter(({ code }) => options.isWanted(code));
  if (options.format === "markdown") {
    output.text.text(
      writeReferencePage(diagnostics, {
        title: "Diagnostics",
        nameOf: ({ code }) => code,
        columns: [
          ["Code", ({ code }) => `\`${code}\``],
          ["Severity", ({ severity }) => severity],
          ["Group", ({ group }) => group],
          ["Message", ({ message }) => message],
          ["Check", ({ check }) => check ?? ""],
          ["Clause", ({ clause }) => clause ?? ""],
        ],
      }),
    );
  } else {
    const codeWidth = Math.max(0, ...diagnostics.map(({ code }) => code.length));
    for (const diagnostic of diagnostics) output.text.text(describe(diagnostic, codeWidth));
  }
  await output.flush();
  return diagnostics.length > 0 ? ExitCode.done : ExitCode.unreadable;
}

function describe(diagnostic: DiagnosticDefinition, codeWidth: number): string {
  const { code, severity, group, message, clause, check } = diagnostic;
  const where = clause === undefined ? "" : ` (${clause})`;
  const lines = [
    `${code.padEnd(codeWidth)}  ${severity.padEnd(7)}  ${group}\n`,
    hang("    ", `${message}${where}`),
  ];
  if (check !== undefined) lines.push(hang("    check: ", check));
  return lines.join("");
}
