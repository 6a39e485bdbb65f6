/** A relay between a client and a meter that records what each sends and changes nothing of it. */
import { connect, type Server, type Socket } from "node:net";
import { type CaptureClock, createCaptureClock } from "./capture-clock.js";
import {
  connectTime,
  explainConnection,
  formatEnd,
  keepAliveTime,
  RecordedConnection,
  remoteEnd,
  tellState,
  timeOut,
} from "./socket-connection.js";
import { LINKTYPE_RAW } from "./socket-packets.js";
import type { RunningTap, Tap, TapSink } from "./tap.js";
import type { RelayTapSettings } from "./tap-settings.js";
import { listenForConnections } from "./tcp-listen.js";

/**
 * A tap that takes TCP connections and makes one to the target for each. Bytes, ends and breaks of
 * each direction are passed on as they come; a side that does not read holds the other one up. The
 * recording shows the two as if nothing stood between them.
 */
export function createRelayTap(
  settings: RelayTapSettings,
  clock: CaptureClock = createCaptureClock(),
): Tap {
  const name = formatEnd(settings.host, settings.port);
  const target = formatEnd(settings.targetHost, settings.targetPort);
  return {
    interfaces: [
      {
        name: `relay ${name} to ${target}`,
        description: `TCP connections to ${name}, passed on to ${target}`,
        linkType: LINKTYPE_RAW,
      },
    ],
    async start(sink) {
      const tap = new RunningRelay(settings, target, sink, clock);
      await tap.start(name);
      return tap;
    },
  };
}

class RunningRelay implements RunningTap {
  readonly #settings: RelayTapSettings;
  readonly #target: string;
  readonly #sink: TapSink;
  readonly #clock: CaptureClock;
  readonly #pairs = new Set<RelayedPair>();
  #server: Server | undefined;
  #isHeld = false;

  constructor(settings: RelayTapSettings, target: string, sink: TapSink, clock: CaptureClock) {
    this.#settings = settings;
    this.#target = target;
    this.#sink = sink;
    this.#clock = clock;
  }

  async start(name: string): Promise<void> {
    const { host, port } = this.#settings;
    this.#server = await listenForConnections(name, host, port, (client) => this.#take(client));
    const message = `Passing connections to ${name} on to ${this.#target}`;
    tellState(this.#sink, "open", "information", message);
  }

  resume(): void {
    this.#isHeld = false;
    for (const pair of this.#pairs) pair.hold(false);
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const pair of this.#pairs) pair.destroy();
    await closed;
  }

  #take(client: Socket): void {
    const { targetHost, targetPort } = this.#settings;
    const peer = remoteEnd(client);
    const name = formatEnd(peer.address, peer.port);
    const directions = { fromTcpClient: "outbound", fromTcpServer: "inbound" } as const;
    const describe = (server: { readonly address: string; readonly port: number }) =>
      new RecordedConnection(this.#sink, this.#clock, peer, server, directions);
    const server = connect({
      host: targetHost,
      port: targetPort,
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: keepAliveTime,
    });
    server.setTimeout(connectTime, () => {
      server.destroy(timeOut());
    });
    const pair = new RelayedPair(client, server, {
      connected: () => {
        server.setTimeout(0);
        tellState(this.#sink, "open", "information", `${name} is connected to ${this.#target}`);
        const connection = describe(remoteEnd(server));
        this.#hear(connection.opened());
        return connection;
      },
      refused: (error) => {
        const reason = explainConnection(this.#target, error);
        const message = `${name} could not be connected: ${reason}`;
        const address = addressIn(error);
        if (address !== undefined) describe({ address, port: targetPort }).refused(reason);
        tellState(this.#sink, "open", "warning", message);
      },
      heard: (goesOn) => this.#hear(goesOn),
      broken: (connection, isFromClient, error) => {
        const reason = explainConnection(isFromClient ? name : this.#target, error);
        connection.reset(isFromClient, reason);
        tellState(this.#sink, "open", "warning", reason);
      },
      closed: (wasConnected) => {
        this.#pairs.delete(pair);
        if (this.#server === undefined || !wasConnected) return;
        tellState(this.#sink, "open", "information", `The connection of ${name} is closed`);
      },
      isStopped: () => this.#server === undefined,
    });
    this.#pairs.add(pair);
    pair.hold(this.#isHeld);
  }

  #hear(goesOn: boolean): void {
    if (goesOn) return;
    this.#isHeld = true;
    for (const pair of this.#pairs) pair.hold(true);
  }
}

interface PairEvents {
  connected(): RecordedConnection;
  /** The target could not be reached; the client is let go. */
  refused(error: unknown): void;
  /** What the sink said to bytes. */
  heard(goesOn: boolean): void;
  broken(connection: RecordedConnection, isFromClient: boolean, error: unknown): void;
  closed(wasConnected: boolean): void;
  isStopped(): boolean;
}

/** One client's socket and the one to the target for it. */
class RelayedPair {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #events: PairEvents;
  /** Sockets whose bytes the other side does not take just now. */
  readonly #blocked = new Set<Socket>();
  #connection: RecordedConnection | undefined;
  #isHeld = false;
  #isBroken = false;
  /** How many of the two sockets are not closed. */
  #open = 2;

  constructor(client: Socket, server: Socket, events: PairEvents) {
    this.#client = client;
    this.#server = server;
    this.#events = events;
    server.once("connect", () => {
      this.#connection = events.connected();
      this.#flow();
    });
    this.#pass(client, server, true);
    this.#pass(server, client, false);
  }

  /** Whether whoever records is behind: then neither side is read. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#flow();
  }

  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #pass(from: Socket, to: Socket, isFromClient: boolean): void {
    from.on("data", (bytes) => {
      if (this.#events.isStopped()) return;
      const goesOn = this.#connection?.sent(isFromClient, bytes);
      if (!to.write(bytes)) {
        this.#blocked.add(from);
        to.once("drain", () => {
          this.#blocked.delete(from);
          this.#flow();
        });
      }
      this.#flow();
      if (goesOn === false) this.#events.heard(false);
    });
    from.on("end", () => {
      if (this.#events.isStopped() || this.#isBroken) return;
      this.#connection?.ended(isFromClient);
      to.end();
    });
    from.on("error", (error) => this.#break(from, to, isFromClient, error));
    from.on("close", () => {
      this.#open -= 1;
      if (this.#open === 0) this.#events.closed(this.#connection !== undefined);
    });
    // `data` sets the socket flowing; before the target is there nothing is read.
    from.pause();
  }

  #break(from: Socket, to: Socket, isFromClient: boolean, error: Error): void {
    if (this.#isBroken || this.#events.isStopped()) return;
    this.#isBroken = true;
    if (this.#connection !== undefined) {
      this.#events.broken(this.#connection, isFromClient, error);
    } else if (!isFromClient) {
      this.#events.refused(error);
    }
    from.destroy();
    if (to.connecting) to.destroy();
    else to.resetAndDestroy();
  }

  #flow(): void {
    if (this.#connection === undefined) return;
    for (const socket of [this.#client, this.#server]) {
      if (this.#isHeld || this.#blocked.has(socket)) socket.pause();
      else socket.resume();
    }
  }
}

/** The address that could not be reached, where the system tells it. */
function addressIn(error: unknown): string | undefined {
  const known = error instanceof Error && "address" in error ? error.address : undefined;
  return typeof known === "string" ? known : undefined;
}
