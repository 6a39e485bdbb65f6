/** Starts the browser shell for `serve` and for `open`. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChildOptions, KeyFileError, loadKeyFile, readKeyText } from "../analyzer/index.js";
import type { RunningServer } from "../web/index.js";
import { ExitCode, UsageError } from "./exit.js";
import type { Output } from "./output.js";
import { userFolders } from "./user-folders.js";
import { version } from "./version.js";

/** What the browser shell is started with. */
export interface ServerRequest {
  readonly host: string;
  readonly port: number;
  readonly captures?: string | undefined;
  /** A key file. */
  readonly keys?: string | undefined;
  /** Captures, absolute. */
  readonly files: readonly string[];
  /** Absolute; default: the folder of `recordingsFolder`. */
  readonly recordings?: string | undefined;
}

/** Starts the browser shell. Throws `UsageError` for what is wrong with the request. */
export async function startServer(request: ServerRequest): Promise<RunningServer> {
  // Only now: every other command starts without it.
  const { serve } = await import("../web/index.js");
  const { host, port, captures, files } = request;
  try {
    const keys = await readKeys(request.keys);
    return await serve({
      host,
      port,
      captures,
      files,
      keys,
      distFolder,
      recordings: request.recordings ?? recordingsFolder(),
      engine: engineOptions(),
    });
  } catch (error) {
    if (error instanceof KeyFileError) throw new UsageError(error.message);
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const message = reasons(request)[code];
    if (message !== undefined) throw new UsageError(message);
    throw error;
  }
}

/**
 * Prints where the server is, on a line of its own, since scripts wait for it; calls `onTold`, and
 * serves until the user or the system wants the program to end, or the analyzer has given up.
 */
export async function serveToTheEnd(
  server: RunningServer,
  output: Output,
  onTold: () => void = () => {},
): Promise<ExitCode> {
  // Before anybody knows that there is something to end.
  const end = interrupted();
  try {
    output.text.text(`Obiscope is at ${server.address} (end it with Ctrl+C)\n`);
    await output.flush();
    onTold();
    const reason = await Promise.race([end, server.givenUp]);
    if (reason === null) return ExitCode.done;
    process.stderr.write(`obiscope: ${reason}\n`);
    return ExitCode.unreadable;
  } finally {
    await server.stop();
  }
}

/** Absolute paths of captures, and the first reason why one of them cannot be opened. */
export async function findFiles(
  files: readonly string[],
): Promise<{ readonly paths: readonly string[]; readonly fault: string | null }> {
  const paths = files.map((file) => resolve(file));
  const faults = await Promise.all(files.map(faultOf));
  return { paths, fault: faults.find((fault) => fault !== null) ?? null };
}

async function faultOf(file: string): Promise<string | null> {
  try {
    const status = await stat(file);
    if (status.isDirectory()) return `${file}: it is a folder, not a capture`;
    return status.isFile() ? null : `${file}: it is not a file`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return `${file}: ${code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`}`;
  }
}

/** The text of a key file that is one. Throws `KeyFileError`. */
async function readKeys(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  await loadKeyFile(file);
  return readKeyText(file);
}

function reasons({ host, port, captures }: ServerRequest): Readonly<Record<string, string>> {
  return {
    EADDRINUSE: `port ${port} is in use; leave --port out, and a free one is taken`,
    EACCES: `port ${port} of ${host} may not be used, or ${captures ?? "a folder"} may not be read`,
    EADDRNOTAVAIL: `${host} is no address of this machine`,
    ENOTFOUND: `there is no host ${host}`,
    EAI_AGAIN: `the address of ${host} could not be found out`,
    ENOENT: `--captures: there is no folder ${captures ?? ""}`,
    ENOTDIR: `--captures: ${captures ?? ""} is no folder`,
  };
}

/** The folder of what is built: that of this file, once it is bundled. */
export const distFolder = fileURLToPath(new URL(".", import.meta.url)).replace(
  /[\\/](chunks[\\/])?$/,
  "",
);

/** Where recordings are kept that were given no other place. */
export function recordingsFolder(): string {
  return join(userFolders().state, "recordings");
}

/** Where the analyzer keeps what: as the system's habits are. */
function engineOptions(): ChildOptions {
  const { config, cache, state } = userFolders();
  return {
    version,
    configFolder: config,
    cacheFolder: join(cache, "frames"),
    stateFolder: state,
    samplesFolder: join(distFolder, "samples"),
  };
}

/** Null, once the user or the system wants the program to end. A second time ends it at once. */
function interrupted(): Promise<null> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => done(null));
    }
  });
}
