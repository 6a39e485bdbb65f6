import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ChildOptions, KeyFileError, readKeyText } from "../analyzer/index.js";
import type { RunningServer } from "../web/index.js";
import { ExitCode, UsageError } from "./exit.js";
import { serveHelp } from "./help.js";
import type { Output } from "./output.js";
import { refuseBadOptions } from "./usage.js";
import { version } from "./version.js";

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
        keys: { type: "string" },
      },
    }),
  );
  if (values.help === true) {
    output.text.text(serveHelp);
    return ExitCode.done;
  }
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
    throw new UsageError(`--port takes a number up to 65535, not '${values.port}'`);
  }
  const server = await startServer({
    host: values.host,
    port,
    captures: values.captures,
    keys: values.keys,
    files: positionals,
  });
  output.text.text(`Obiscope is at ${server.address} (end it with Ctrl+C)\n`);
  await output.flush();
  await interrupted();
  await server.stop();
  return ExitCode.done;
}

/** What `serve` and `open` are told. */
export interface ServerRequest {
  readonly host: string;
  readonly port: number;
  readonly captures?: string | undefined;
  readonly keys?: string | undefined;
  readonly files: readonly string[];
}

/** Starts the browser shell. Throws `UsageError` for what is wrong with the request. */
export async function startServer(request: ServerRequest): Promise<RunningServer> {
  const { serve } = await import("../web/index.js");
  const { host, port, captures } = request;
  const files = request.files.map((file) => resolve(file));
  try {
    const keys = request.keys === undefined ? undefined : await readKeyText(request.keys);
    return await serve({
      host,
      port,
      captures,
      files,
      keys,
      distFolder,
      engine: engineOptions(),
      onGivenUp: (reason) => {
        process.stderr.write(`obiscope: ${reason}\n`);
        process.exitCode = ExitCode.unreadable;
        process.emit("SIGTERM");
      },
    });
  } catch (error) {
    if (error instanceof KeyFileError) throw new UsageError(error.message);
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const message = reasons(request)[code];
    if (message !== undefined) throw new UsageError(message);
    throw error;
  }
}

function reasons({ host, port, captures }: ServerRequest): Readonly<Record<string, string>> {
  return {
    EADDRINUSE: `port ${port} is in use; leave --port out, and a free one is taken`,
    EACCES: `port ${port} of ${host} may not be used, or ${captures ?? "a folder"} may not be read`,
    EADDRNOTAVAIL: `${host} is no address of this machine`,
    ENOTFOUND: `there is no host ${host}`,
    ENOENT: `--captures: there is no folder ${captures ?? ""}`,
    ENOTDIR: `--captures: ${captures ?? ""} is no folder`,
  };
}

/** The folder of what is built: that of this file, once it is bundled. */
const distFolder = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/](chunks[\\/])?$/, "");

/** Where the analyzer keeps what: as the system's habits are. */
export function engineOptions(): ChildOptions {
  const { env, platform } = process;
  const home = homedir();
  const data = env["LOCALAPPDATA"] ?? join(home, "AppData", "Local");
  const folder = (variable: string, otherwise: string): string => {
    if (platform === "win32") return join(data, "Obiscope");
    if (platform === "darwin") return join(home, "Library", "Application Support", "Obiscope");
    return join(env[variable] ?? join(home, otherwise), "obiscope");
  };
  return {
    version,
    configFolder: folder("XDG_CONFIG_HOME", ".config"),
    cacheFolder: join(folder("XDG_CACHE_HOME", ".cache"), "frames"),
    stateFolder: folder("XDG_STATE_HOME", join(".local", "state")),
    samplesFolder: join(distFolder, "samples"),
  };
}

/** Comes back when the user, or the system, wants the program to end. */
export function interrupted(): Promise<void> {
  return new Promise((done) => {
    process.once("SIGINT", () => done());
    process.once("SIGTERM", () => done());
  });
}
