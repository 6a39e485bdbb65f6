import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { findFiles, serveToTheEnd, startServer } from "./browser-shell.js";
import { ExitCode, UsageError } from "./exit.js";
import { serveHelp } from "./help.js";
import type { Output } from "./output.js";
import { refuseBadOptions } from "./usage.js";

/** `obiscope serve [options] [FILE...]`: until it is interrupted. */
export async function serveCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "0" },
        captures: { type: "string" },
        recordings: { type: "string" },
        keys: { type: "string" },
      },
    }),
  );
  if (values.help === true) {
    output.text.text(serveHelp);
    return ExitCode.done;
  }
  const { host, captures, keys } = values;
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
    throw new UsageError(`--port takes a number up to 65535, not '${values.port}'`);
  }
  // Node would listen everywhere then.
  if (host === "") throw new UsageError("--host needs a name or an address");
  const { paths, fault } = await findFiles(positionals);
  if (fault !== null) {
    process.stderr.write(`obiscope: ${fault}\n`);
    return ExitCode.unreadable;
  }
  const recordings = await recordingsTo(values.recordings);
  const server = await startServer({ host, port, captures, keys, files: paths, recordings });
  return serveToTheEnd(server, output);
}

/** The folder of recordings, absolute. Throws `UsageError` where it cannot be one. */
async function recordingsTo(folder: string | undefined): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  if (folder === "") throw new UsageError("--recordings needs a folder");
  // One that is not there is made by the first recording.
  const status = await stat(folder).catch(() => undefined);
  if (status?.isDirectory() === false) {
    throw new UsageError(`--recordings: ${folder} is no folder`);
  }
  return resolve(folder);
}
