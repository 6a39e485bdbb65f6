/** The protocol's line: WebSockets of the server's own pages. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Port } from "../analyzer/index.js";
import type { Access } from "./access.js";
import { readAddress } from "./requests.js";
import { socketPort } from "./socket-port.js";

/** No message of a page is longer, in bytes: a pasted log, a key file. */
const longestMessage = 64 * 2 ** 20;
/** A page that does not answer for so long, in milliseconds, is gone without having said so. */
const silence = 30_000;

export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: longestMessage });
  readonly #connect: (port: Port) => void;
  readonly #answered = new WeakSet<WebSocket>();
  readonly #timer: ReturnType<typeof setInterval>;

  /** `connect` gets the line of every page that comes. */
  constructor(connect: (port: Port) => void) {
    this.#connect = connect;
    this.#timer = setInterval(() => this.#dropSilent(), silence);
    this.#timer.unref();
  }

  /** Takes the line of a page; anybody else's is refused and ended. */
  take(access: Access, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { headers } = request;
    const { path } = readAddress(request.url ?? "/");
    const refusal =
      access.refuseForeign(headers, path) ??
      access.refuseStranger(headers) ??
      // Browsers always say where a WebSocket comes from.
      (headers.origin === undefined || path !== "/socket" ? { status: 403 as const } : null);
    if (refusal !== null) {
      // Who is refused may be gone already.
      socket.on("error", () => socket.destroy());
      const reason = refusal.status === 401 ? "Unauthorized" : "Forbidden";
      socket.end(`HTTP/1.1 ${refusal.status} ${reason}\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#answered.add(webSocket);
      webSocket.on("pong", () => this.#answered.add(webSocket));
      this.#connect(socketPort(webSocket));
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.close();
    for (const client of this.#server.clients) client.terminate();
  }

  #dropSilent(): void {
    for (const client of this.#server.clients) {
      if (!this.#answered.delete(client)) client.terminate();
      else client.ping();
    }
  }
}
