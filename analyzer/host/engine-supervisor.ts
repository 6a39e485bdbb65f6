/**
 * Keeps an engine running for a shell: starts it, connects clients with it, and, when it dies, starts
 * another one with the session and the keys that the last one has left.
 */
import {
  type EngineHost,
  type EngineSession,
  type Port,
  ProtocolError,
} from "../protocol/index.js";
import type { FromEngine, HostMethod, ToEngine } from "./engine-messages.js";

/** An engine in a process or thread of its own. */
export interface EngineProcess {
  /** The line to it; its end is the engine's. */
  readonly port: Port;
  /** Ends it at once. */
  kill(): void;
}

/** What a shell does for its engine; the session and the keys the supervisor keeps itself. */
export interface ShellHost extends Pick<EngineHost, "resolve" | "createDownload"> {
  /** The ring of before as a key file; null where nothing is kept. */
  readonly keys: string | null;
  storeKeys(keys: string): Promise<{ readonly isStored: boolean; readonly storage: string }>;
}

export interface SupervisorOptions {
  readonly spawn: () => EngineProcess;
  readonly host: ShellHost;
  /** The engine cannot be kept running, in words. */
  readonly onGivenUp: (reason: string) => void;
}

/** An engine that dies so often in so many milliseconds is not started again. */
const mostDeaths = 4;
const deathsWithin = 30_000;

export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  readonly #clients = new Map<number, Port>();
  readonly #deaths: number[] = [];
  #nextClient = 1;
  #engine: EngineProcess | undefined;
  #session: EngineSession | null = null;
  #keys: string | null;
  #failure: string | null = null;
  #stopped: (() => void) | null = null;
  #isStopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#keys = options.host.keys;
    this.#start();
  }

  /** Connects a client; it stays connected when the engine is another one. */
  connect(port: Port): void {
    const client = this.#nextClient;
    this.#nextClient += 1;
    this.#clients.set(client, port);
    this.#send({ kind: "open", client });
    port.listen({
      message: (message) => this.#send({ kind: "message", client, message }),
      closed: () => {
        this.#clients.delete(client);
        this.#send({ kind: "close", client });
      },
    });
  }

  /** Ends the engine at once, as a crash does; another one is started. */
  killEngine(): void {
    this.#engine?.kill();
  }

  /** Lets the engine finish what it writes, and ends everything. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    const stopped = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    this.#send({ kind: "stop" });
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref());
    await Promise.race([stopped, timeout]);
    this.#engine?.kill();
    for (const port of this.#clients.values()) port.close();
    this.#clients.clear();
  }

  #start(): void {
    const engine = this.#options.spawn();
    this.#engine = engine;
    engine.port.listen({
      message: (message) => this.#take(engine, message as FromEngine),
      closed: () => this.#died(engine),
    });
    for (const client of this.#clients.keys()) this.#send({ kind: "open", client });
  }

  #send(message: ToEngine): void {
    this.#engine?.port.send(message);
  }

  #take(engine: EngineProcess, message: FromEngine): void {
    if (engine !== this.#engine) return;
    switch (message.kind) {
      case "message":
        this.#clients.get(message.client)?.send(message.message);
        return;
      case "call":
        void this.#answer(engine, message.call, message.method, message.params);
        return;
      case "failed":
        this.#failure = message.message;
        return;
      case "stopped":
        this.#stopped?.();
        return;
      case "ready":
        return;
    }
  }

  #died(engine: EngineProcess): void {
    if (engine !== this.#engine) return;
    this.#engine = undefined;
    this.#stopped?.();
    if (this.#isStopping) return;
    const now = Date.now();
    this.#deaths.push(now);
    const recent = this.#deaths.filter((time) => now - time < deathsWithin);
    if (recent.length >= mostDeaths) {
      const why = this.#failure === null ? "" : ` (${this.#failure})`;
      this.#options.onGivenUp(`The analyzer has stopped ${recent.length} times in a row${why}.`);
      for (const port of this.#clients.values()) port.close();
      return;
    }
    this.#start();
    const reason = "The analyzer has stopped and was started again; what was on its way is lost.";
    for (const port of this.#clients.values()) port.send({ event: "restarted", reason });
  }

  async #answer(
    engine: EngineProcess,
    call: number,
    method: HostMethod,
    params: readonly unknown[],
  ): Promise<void> {
    let answer: ToEngine;
    try {
      answer = { kind: "result", call, result: await this.#call(method, params) };
    } catch (error) {
      const code = error instanceof ProtocolError ? error.code : "host";
      const message = error instanceof Error ? error.message : String(error);
      answer = { kind: "fault", call, code, message };
    }
    if (engine === this.#engine) engine.port.send(answer);
  }

  async #call(method: HostMethod, params: readonly unknown[]): Promise<unknown> {
    const { host } = this.#options;
    const [first] = params;
    switch (method) {
      case "resolve":
        return host.resolve(first as Parameters<EngineHost["resolve"]>[0]);
      case "createDownload":
        return host.createDownload(first as string);
      case "restore":
        return { session: this.#session, keys: this.#keys };
      case "keepSession":
        this.#session = first as EngineSession;
        return null;
      case "keepKeys":
        this.#keys = first as string;
        return host.storeKeys(this.#keys);
    }
  }
}
