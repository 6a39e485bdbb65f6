/** The browser shell: the page over HTTP, the protocol over a WebSocket. */
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
// Not by the index of the analyzer, which every command loads: what checks the line is loaded here alone.
import { CaptureSupervisor } from "../analyzer/host/capture-supervisor.js";
import { EngineSupervisor } from "../analyzer/host/engine-supervisor.js";
import { RecordingFolder } from "../analyzer/host/recording-folder.js";
import type { CaptureProcess, ChildOptions } from "../analyzer/index.js";
import { AnalyzerClient, createPortPair } from "../analyzer/protocol/index.js";
import { Access, asHost, isWildcard } from "./access.js";
import { forkCapture } from "./capture-fork.js";
import { Downloads } from "./downloads.js";
import { startEngineThread } from "./engine-thread.js";
import { CaptureFolder } from "./folder.js";
import { answerRequest } from "./requests.js";
import { serverFolder } from "./server-files.js";
import { createShellHost } from "./shell-host.js";
import { Sockets } from "./sockets.js";
import { Uploads } from "./uploads.js";

export interface ServeOptions {
  /** Where to listen. Default: loopback. */
  readonly host?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** The built application: page, worker, samples. */
  readonly distFolder: string;
  /** A folder whose captures clients may open. */
  readonly captures?: string | undefined;
  /** Captures to begin with, absolute. */
  readonly files?: readonly string[];
  /** A ring of keys to begin with, as a key file. */
  readonly keys?: string | undefined;
  /** The longest capture that a page may hand over, in bytes. Default: 8 GiB. */
  readonly longestUpload?: number;
  /** Where captures are recorded to; made when it is needed. Default: in the state folder. */
  readonly recordings?: string | undefined;
  readonly engine: ChildOptions;
}

export interface RunningServer {
  /** With the token where there is one. */
  readonly address: string;
  /** Comes back where the analyzer cannot be kept running, with why. */
  readonly givenUp: Promise<string>;
  /** Ends the analyzer as a crash does. */
  killEngine(): void;
  /** Ends what captures as a crash does. */
  killCapture(): void;
  stop(): Promise<void>;
}

/** Serves until it is stopped. Rejects where the address cannot be had or the folder not be read. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { host = "127.0.0.1", port = 0, distFolder, engine, files = [] } = options;
  const folder = options.captures === undefined ? null : await CaptureFolder.open(options.captures);
  const kept = await serverFolder(engine.cacheFolder);
  const uploads = new Uploads(join(kept, "uploads"), options.longestUpload ?? 8 * 2 ** 30);
  const downloads = new Downloads(join(kept, "downloads"));

  const server = createServer();
  // An upload takes as long as it takes.
  server.requestTimeout = 0;
  const bound = await listen(server, port, host);
  const access = new Access(host, bound);

  let giveUp: (reason: string) => void = () => {};
  const givenUp = new Promise<string>((resolve) => {
    giveUp = resolve;
  });
  const recordings = new RecordingFolder({
    folder: options.recordings ?? join(engine.stateFolder, "recordings"),
  });
  let captureProcess: CaptureProcess | undefined;
  const capture = new CaptureSupervisor({
    spawn: () => {
      captureProcess = forkCapture(join(distFolder, "capture-process.js"));
      return captureProcess;
    },
    places: recordings,
    application: `Obiscope ${engine.version}`,
  });
  const worker = pathToFileURL(join(distFolder, "engine-worker.js"));
  const supervisor = new EngineSupervisor({
    spawn: () => startEngineThread(worker, engine),
    host: createShellHost({
      keys: options.keys ?? null,
      files,
      folder,
      uploads,
      downloads,
      capture,
      recordings,
    }),
    onGivenUp: giveUp,
  });
  const sockets = new Sockets((line) => supervisor.connect(line));
  const site = { access, distFolder, folder, uploads, downloads };
  server.on("request", (request, response) => {
    void answerRequest(site, request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => sockets.take(access, request, socket, head));

  const stop = async () => {
    server.close();
    // First what cannot be had again.
    await capture.stop();
    await supervisor.stop();
    capture.release();
    sockets.close();
    server.closeAllConnections();
    await downloads.clear();
    await rm(kept, { recursive: true, force: true });
  };
  try {
    await openFirst(supervisor, files);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: printedAddress(host, bound, access.token),
    givenUp,
    killEngine: () => supervisor.killEngine(),
    killCapture: () => captureProcess?.kill(),
    stop,
  };
}

/** Opens the captures to begin with: one that cannot be read says so in its own place. */
async function openFirst(supervisor: EngineSupervisor, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  const [mine, theirs] = createPortPair();
  supervisor.connect(theirs);
  const client = new AnalyzerClient(mine, () => {});
  const sources = files.map((path) => ({ kind: "path", path }) as const);
  await client.request("open", { sources, merge: false, options: {} });
  client.close();
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no address"));
      else resolve(address);
    });
  });
}

function printedAddress(host: string, bound: AddressInfo, token: string | null): string {
  const name = isWildcard(bound.address) ? (outerAddress() ?? "localhost") : host;
  const query = token === null ? "" : `?token=${token}`;
  return `http://${asHost(name)}:${bound.port}/${query}`;
}

/** An address of this machine for others: where one listens everywhere, none is named. */
function outerAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address;
}
