import { connect, type Socket } from "node:net";
import { type CaptureClock, createCaptureClock } from "./capture-clock.js";
import {
  connectTime,
  explainConnection,
  formatEnd,
  keepAliveTime,
  localEnd,
  RecordedConnection,
  remoteEnd,
  tellState,
  timeOut,
} from "./socket-connection.js";
import { LINKTYPE_RAW } from "./socket-packets.js";
import { type RunningTap, type Tap, TapError, type TapSink } from "./tap.js";
import type { TcpTapSettings } from "./tap-settings.js";

/** Between two attempts: at first, and at most; each is twice the one before. */
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 10_000;

/**
 * A tap that connects as a TCP client, to a serial device server for one, and takes what it sends.
 * It sends nothing. A connection that breaks is made again, again and again.
 */
export function createTcpTap(
  { host, port }: TcpTapSettings,
  clock: CaptureClock = createCaptureClock(),
): Tap {
  const name = formatEnd(host, port);
  return {
    interfaces: [
      { name: `tcp ${name}`, description: `TCP connection to ${name}`, linkType: LINKTYPE_RAW },
    ],
    async start(sink) {
      tellState(sink, "opening", "information", `Connecting to ${name}`);
      const tap = new RunningTcpTap(host, port, name, sink, clock);
      await tap.start();
      return tap;
    },
  };
}

class RunningTcpTap implements RunningTap {
  readonly #host: string;
  readonly #port: number;
  readonly #name: string;
  readonly #sink: TapSink;
  readonly #clock: CaptureClock;
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #delay = FIRST_DELAY;
  #isStopped = false;

  constructor(host: string, port: number, name: string, sink: TapSink, clock: CaptureClock) {
    this.#host = host;
    this.#port = port;
    this.#name = name;
    this.#sink = sink;
    this.#clock = clock;
  }

  async start(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      throw new TapError(`Cannot connect: ${explainConnection(this.#name, error)}`, {
        cause: error,
      });
    }
  }

  resume(): void {
    this.#socket?.resume();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  /** Resolves when it is connected; what happens to the connection later is told. */
  #connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: this.#host,
        port: this.#port,
        keepAliveInitialDelay: keepAliveTime,
        keepAlive: true,
      });
      this.#socket = socket;
      let connection: RecordedConnection | undefined;
      let failure: unknown;
      const timer = setTimeout(() => socket.destroy(timeOut()), connectTime);
      socket.on("connect", () => {
        clearTimeout(timer);
        this.#delay = FIRST_DELAY;
        const directions = { fromTcpClient: null, fromTcpServer: null };
        const ends = [localEnd(socket), remoteEnd(socket)] as const;
        connection = new RecordedConnection(this.#sink, this.#clock, ...ends, directions);
        tellState(this.#sink, "open", "information", `Connected to ${this.#name}`);
        if (!connection.opened()) socket.pause();
        resolve();
      });
      socket.on("data", (bytes) => {
        if (connection?.sent(false, bytes) === false) socket.pause();
      });
      socket.on("end", () => connection?.ended(false));
      socket.on("error", (error) => {
        failure = error;
      });
      socket.on("close", () => {
        clearTimeout(timer);
        if (connection === undefined) reject(failure ?? new Error("the connection was closed"));
        else if (!this.#isStopped) this.#lose(connection, failure);
      });
    });
  }

  #lose(connection: RecordedConnection, failure: unknown): void {
    const reason =
      failure === undefined
        ? `${this.#name} closed the connection`
        : explainConnection(this.#name, failure);
    if (failure === undefined) connection.ended(true);
    else connection.reset(false, reason);
    this.#tryAgain(reason);
  }

  #tryAgain(reason: string): void {
    const seconds = this.#delay / 1000;
    const message = `${upperFirst(reason)}; it is tried again in ${seconds === 1 ? "a second" : `${seconds} seconds`}`;
    tellState(this.#sink, "waiting", "warning", message);
    this.#timer = setTimeout(() => {
      this.#connect().catch((error: unknown) => {
        if (!this.#isStopped) this.#tryAgain(explainConnection(this.#name, error));
      });
    }, this.#delay);
    this.#delay = Math.min(2 * this.#delay, LONGEST_DELAY);
  }
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
