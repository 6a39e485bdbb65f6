/** A browser shell in the process of the test, and pages of it. */
import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { Port } from "../../analyzer/protocol/index.js";
import { type RunningServer, type ServeOptions, serve } from "../../web/server.js";
import { socketPort } from "../../web/socket-port.js";
import { TestClient } from "../analyzer/session/engine-client.js";
import { TestFolder } from "../analyzer/test-folder.js";

const projectFolder = join(import.meta.dirname, "../..");
export const samples = join(projectFolder, "captures/samples");

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Asks as no browser would: every header can be set, and the path is sent as it is. */
export function ask(origin: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const { method = "GET", headers = {}, body } = asked;
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces).toString(),
        }),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** A client behind a WebSocket. */
export interface Page {
  readonly client: TestClient;
  readonly socket: WebSocket;
}

export class TestServer {
  readonly folder: TestFolder;
  readonly server: RunningServer;
  /** `http://127.0.0.1:8080`. */
  readonly origin: string;

  /** What an engine is started with, all its folders in one. */
  static engineIn(path: string): ServeOptions["engine"] {
    return {
      version: "0.0.0",
      configFolder: join(path, "config"),
      cacheFolder: join(path, "cache"),
      stateFolder: join(path, "state"),
      samplesFolder: samples,
    };
  }

  private constructor(folder: TestFolder, server: RunningServer) {
    this.folder = folder;
    this.server = server;
    this.origin = new URL(server.address).origin;
  }

  static async start(
    options: Partial<ServeOptions> = {},
    folder = new TestFolder(),
  ): Promise<TestServer> {
    const server = await serve({
      distFolder: join(projectFolder, "dist"),
      engine: TestServer.engineIn(folder.path),
      ...options,
    });
    return new TestServer(folder, server);
  }

  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(this.origin, path, asked);
  }

  /** Uploads as a page does. */
  upload(name: string, body: string | Uint8Array): Promise<Answer> {
    const path = `/upload?name=${encodeURIComponent(name)}`;
    return this.ask(path, { method: "POST", headers: { origin: this.origin }, body });
  }

  /** Opens a WebSocket; rejects with the status where it is refused. */
  async socket(headers: Readonly<Record<string, string>>, path = "/socket"): Promise<WebSocket> {
    const socket = new WebSocket(`${this.origin.replace("http", "ws")}${path}`, { headers });
    const refused = once(socket, "unexpected-response").then(([, response]) => {
      socket.on("error", () => {});
      socket.terminate();
      throw new Error(String((response as { statusCode: number }).statusCode));
    });
    await Promise.race([once(socket, "open"), refused]);
    refused.catch(() => {});
    return socket;
  }

  async page(headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    const socket = await this.socket({ origin: this.origin, ...headers });
    const line = socketPort(socket);
    const connect = (port: Port) => {
      port.listen({ message: (message) => line.send(message), closed: () => line.close() });
      line.listen({ message: (message) => port.send(message), closed: () => port.close() });
    };
    return { socket, client: new TestClient({ connect }) };
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.folder.remove();
  }
}
