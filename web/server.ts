/** The browser shell: the page over HTTP, the protocol over a WebSocket. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import {
  AnalyzerClient,
  type ChildOptions,
  createPortPair,
  EngineSupervisor,
  ProtocolError,
} from "../analyzer/index.js";
import { Access } from "./access.js";
import { startEngineThread } from "./engine-thread.js";
import { CaptureFolder } from "./folder.js";
import { safeHeaders, sendPage, sendScript, sendText } from "./pages.js";
import { socketPort } from "./socket-port.js";
import { Uploads } from "./uploads.js";

export interface ServeOptions {
  /** Default: loopback. */
  readonly host?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** The built application: page, worker, samples. */
  readonly distFolder: string;
  /** A folder whose captures clients may open. */
  readonly captures?: string | undefined;
  /** Captures to begin with. */
  readonly files?: readonly string[];
  /** A ring of keys to begin with, as a key file. */
  readonly keys?: string | undefined;
  readonly engine: ChildOptions;
  /** The analyzer cannot be kept running. */
  readonly onGivenUp?: (reason: string) => void;
}

export interface RunningServer {
  /** With the token where there is one. */
  readonly address: string;
  /** Ends the analyzer as a crash does. */
  killEngine(): void;
  stop(): Promise<void>;
}

/** No message of a page is longer: a pasted log, a key file. */
const longestMessage = 64 * 2 ** 20;

/** Serves until it is stopped. Rejects where the address cannot be had or the folder not be read. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { host = "127.0.0.1", port = 0, distFolder, engine } = options;
  const folder = options.captures === undefined ? null : await CaptureFolder.open(options.captures);
  const uploads = new Uploads(join(engine.cacheFolder, `uploads-${process.pid}`));
  const given = new Set(options.files ?? []);
  const supervisor = new EngineSupervisor({
    spawn: () =>
      startEngineThread(new URL(`file://${join(distFolder, "engine-worker.js")}`), engine),
    onGivenUp: options.onGivenUp ?? (() => {}),
    host: {
      keys: options.keys ?? null,
      storeKeys: async () => ({
        isStored: false,
        storage: "Keys are kept in memory until the server stops; they are not written anywhere.",
      }),
      createDownload: (name) => uploads.createDownload(name),
      resolve: async (source) => {
        if (source.kind === "upload") {
          const { path, name } = uploads.find(source.id);
          return { path, name, isOwn: false };
        }
        // Files of the command line are named whole, and only those.
        if (given.has(source.path)) return { path: source.path, name: source.path, isOwn: true };
        if (folder !== null) {
          return { path: await folder.resolve(source.path), name: source.path, isOwn: true };
        }
        const message = `${source.path} is not a file that this server may open.`;
        throw new ProtocolError({ code: "cannot-open", message });
      },
    },
  });

  const server = createServer();
  const access = new Access(host, () => (server.address() as AddressInfo).port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage });

  server.on("request", (request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    if (
      access.refuse(request) !== null ||
      request.headers.origin === undefined ||
      pathOf(request) !== "/socket"
    ) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      supervisor.connect(socketPort(webSocket));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const query = new URL(request.url ?? "/", "http://localhost").searchParams;
    const cookie = path === "/" ? access.redeem(query.get("token")) : null;
    if (cookie !== null) {
      // The token leaves the address bar, and its history, at once.
      response.writeHead(303, { ...safeHeaders, "set-cookie": cookie, location: "/" });
      response.end();
      return;
    }
    const refusal = access.refuse(request);
    if (refusal !== null) sendText(response, refusal.status, refusal.reason);
    else if (request.method === "POST" && path === "/upload") {
      if (request.headers.origin === undefined)
        sendText(response, 403, "Only the page may upload.");
      else await uploads.take(request, response, query.get("name") ?? "capture");
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      sendText(response, 405, "This cannot be done here.");
    } else if (path === "/shell.js") await sendShell(response);
    else if (path === "/folder") await sendFolder(response, query.get("path") ?? "");
    else if (path.startsWith("/download/"))
      await uploads.send(response, path.slice("/download/".length));
    else await sendPage(response, join(distFolder, "renderer"), path);
  }

  /** What this server offers goes before the shell's own script. */
  async function sendShell(response: ServerResponse): Promise<void> {
    const script = await readFile(join(distFolder, "shell.js"), "utf8");
    sendScript(response, `window.obiscopeFolder = ${folder !== null};\n${script}`);
  }

  async function sendFolder(response: ServerResponse, path: string): Promise<void> {
    try {
      sendJson(response, folder === null ? [] : await folder.list(path));
    } catch (error) {
      sendText(response, 404, error instanceof Error ? error.message : String(error));
    }
  }

  await listen(server, port, host);
  await openFirst(supervisor, options.files ?? []);
  const { port: bound } = server.address() as AddressInfo;
  const token = access.token === null ? "" : `?token=${access.token}`;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    address: `http://${name}:${bound}/${token}`,
    killEngine: () => supervisor.killEngine(),
    stop: async () => {
      sockets.close();
      server.close();
      await supervisor.stop();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await uploads.remove();
    },
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

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** As it was asked for, escapes resolved; what cannot be resolved leads nowhere. */
function pathOf({ url }: IncomingMessage): string {
  try {
    return decodeURIComponent((url ?? "/").split("?")[0] ?? "/");
  } catch {
    return "/\0";
  }
}

function sendJson(response: ServerResponse, content: unknown): void {
  response.writeHead(200, {
    ...safeHeaders,
    "content-type": "application/json",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(content));
}
