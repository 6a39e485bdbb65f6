import type { Server, Socket } from "node:net";
import { type CaptureClock, createCaptureClock } from "./capture-clock.js";
import {
  explainConnection,
  formatEnd,
  localEnd,
  RecordedConnection,
  remoteEnd,
  tellState,
} from "./socket-connection.js";
import { LINKTYPE_RAW } from "./socket-packets.js";
import type { RunningTap, Tap, TapSink } from "./tap.js";
import type { ListenTapSettings } from "./tap-settings.js";
import { listenForConnections } from "./tcp-listen.js";

/**
 * A tap that takes TCP connections, of meters that push: any number of them, each apart. It answers
 * nothing.
 */
export function createListenTap(
  { host, port }: ListenTapSettings,
  clock: CaptureClock = createCaptureClock(),
): Tap {
  const name = formatEnd(host, port);
  return {
    interfaces: [
      { name: `listen ${name}`, description: `TCP connections to ${name}`, linkType: LINKTYPE_RAW },
    ],
    async start(sink) {
      const tap = new RunningListenTap(sink, clock);
      await tap.start(name, host, port);
      return tap;
    },
  };
}

class RunningListenTap implements RunningTap {
  readonly #sink: TapSink;
  readonly #clock: CaptureClock;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #isHeld = false;

  constructor(sink: TapSink, clock: CaptureClock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  async start(name: string, host: string, port: number): Promise<void> {
    this.#server = await listenForConnections(name, host, port, (socket) => this.#take(socket));
    tellState(this.#sink, "open", "information", `Listening on ${name} for TCP connections`);
  }

  resume(): void {
    this.#isHeld = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    const peer = remoteEnd(socket);
    const name = formatEnd(peer.address, peer.port);
    const directions = { fromTcpClient: "inbound", fromTcpServer: "outbound" } as const;
    const local = localEnd(socket);
    const connection = new RecordedConnection(this.#sink, this.#clock, peer, local, directions);
    let failure: Error | undefined;
    this.#sockets.add(socket);
    tellState(this.#sink, "open", "information", `${name} has connected`);
    this.#hear(connection.opened());
    socket.on("data", (bytes) => this.#hear(connection.sent(true, bytes)));
    socket.on("end", () => {
      if (this.#server === undefined) return;
      connection.ended(true);
      connection.ended(false);
      socket.end();
    });
    socket.on("error", (error) => {
      failure = error;
    });
    socket.on("close", () => {
      this.#sockets.delete(socket);
      if (this.#server === undefined) return;
      const reason = failure === undefined ? undefined : explainConnection(name, failure);
      if (reason !== undefined) connection.reset(true, reason);
      const severity = reason === undefined ? "information" : "warning";
      tellState(this.#sink, "open", severity, reason ?? `${name} has closed its connection`);
    });
    if (!this.#isHeld) socket.resume();
  }

  #hear(goesOn: boolean): void {
    if (goesOn) return;
    this.#isHeld = true;
    for (const socket of this.#sockets) socket.pause();
  }
}
