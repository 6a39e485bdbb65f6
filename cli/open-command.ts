import { parseArgs } from "node:util";
import {
  distFolder,
  findFiles,
  recordingsFolder,
  serveToTheEnd,
  startServer,
} from "./browser-shell.js";
import { lookAround, runDesktop } from "./desktop.js";
import { chooseDesktop } from "./desktop-choice.js";
import { ExitCode, UsageError } from "./exit.js";
import { openHelp } from "./help.js";
import { openBrowser } from "./open-browser.js";
import type { Output } from "./output.js";
import { copyInput } from "./standard-input.js";
import { refuseBadOptions } from "./usage.js";

/** `obiscope open [FILE|- ...]`, and `obiscope` alone: the application, until it ends. */
export async function openCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" } },
    }),
  );
  if (values.help === true) {
    output.text.text(openHelp);
    return ExitCode.done;
  }
  const named = positionals.filter((file) => file !== "-");
  const { paths, fault } = await findFiles(named);
  if (fault !== null) return refuse(fault);
  if (named.length === positionals.length) return openPaths(paths, output);
  if (process.stdin.isTTY) {
    throw new UsageError(
      "'-' is standard input, and that is this terminal: pipe a capture into it",
    );
  }
  const tell = (message: string) => process.stderr.write(`obiscope: ${message}\n`);
  const input = await copyInput(process.stdin, recordingsFolder(), tell);
  if (input === undefined) return refuse("standard input: there is nothing in it");
  try {
    return await openPaths([...paths, input.path], output);
  } finally {
    await input.stop();
  }
}

function refuse(fault: string): ExitCode {
  process.stderr.write(`obiscope: ${fault}\n`);
  return ExitCode.unreadable;
}

/** The application with these captures, until it ends. */
async function openPaths(paths: readonly string[], output: Output): Promise<ExitCode> {
  const choice = chooseDesktop(lookAround(distFolder));
  const reason =
    choice.kind === "browser"
      ? choice.reason
      : await runDesktop(choice.runtime, choice.application, paths);
  if (reason === null) return ExitCode.done;
  output.text.text(`No desktop application, because ${reason}: it opens in a browser.\n`);
  const server = await startServer({ host: "127.0.0.1", port: 0, files: paths });
  return serveToTheEnd(server, output, () => openBrowser(server.address));
}
