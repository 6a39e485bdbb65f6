#!/usr/bin/env node
/** The command `obiscope`. Each subcommand is one file; this one only finds it. */
import { decodeCommand } from "./decode-command.js";
import { diagnosticsCommand } from "./diagnostics-command.js";
import { ExitCode, UsageError } from "./exit.js";
import { explainCommand } from "./explain-command.js";
import { exportCommand } from "./export-command.js";
import { extcapCommand } from "./extcap-command.js";
import { fieldsCommand } from "./fields-command.js";
import { generalHelp } from "./help.js";
import { objectsCommand } from "./objects-command.js";
import { openCommand } from "./open-command.js";
import { Output } from "./output.js";
import { readingsCommand } from "./readings-command.js";
import { serveCommand } from "./serve-command.js";
import { sniffCommand } from "./sniff-command.js";
import { summaryCommand } from "./summary-command.js";
import { version } from "./version.js";

type Command = (args: readonly string[], output: Output) => Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = {
  open: openCommand,
  decode: decodeCommand,
  sniff: sniffCommand,
  export: exportCommand,
  summary: summaryCommand,
  readings: readingsCommand,
  objects: objectsCommand,
  explain: explainCommand,
  fields: fieldsCommand,
  diagnostics: diagnosticsCommand,
  serve: serveCommand,
  extcap: extcapCommand,
};

async function run(args: readonly string[], output: Output): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) return openCommand([], output);
  if (name === "--help" || name === "-h" || name === "help") {
    output.text.text(generalHelp);
    return ExitCode.done;
  }
  if (name === "--version" || name === "-V") {
    output.text.text(`obiscope ${version}\n`);
    return ExitCode.done;
  }
  const command = commands[name];
  if (command === undefined) {
    throw new UsageError(
      `there is no command '${name}' (there are: ${Object.keys(commands).join(", ")})`,
    );
  }
  return command(rest, output);
}

const output = new Output(process.stdout);
try {
  process.exitCode = await run(process.argv.slice(2), output);
  await output.flush();
} catch (error) {
  if (output.isBrokenPipe(error)) {
    process.exitCode = ExitCode.done;
  } else if (error instanceof UsageError) {
    process.stderr.write(`obiscope: ${error.message}\nSee obiscope --help.\n`);
    process.exitCode = ExitCode.usage;
  } else {
    throw error;
  }
}
