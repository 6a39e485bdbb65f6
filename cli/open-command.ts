import { parseArgs } from "node:util";
import { distFolder, findFiles, serveToTheEnd, startServer } from "./browser-shell.js";
import { lookAround, runDesktop } from "./desktop.js";
import { chooseDesktop } from "./desktop-choice.js";
import { ExitCode } from "./exit.js";
import { openHelp } from "./help.js";
import { openBrowser } from "./open-browser.js";
import type { Output } from "./output.js";
import { refuseBadOptions } from "./usage.js";

/** `obiscope open [FILE...]`, and `obiscope` alone: the application, until it ends. */
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
  const { paths, fault } = await findFiles(positionals);
  if (fault !== null) {
    process.stderr.write(`obiscope: ${fault}\n`);
    return ExitCode.unreadable;
  }
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
