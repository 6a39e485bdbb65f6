/**
 * Keeps an engine running for a shell: starts it, connects clients with it, and, when it dies, starts
 * another one with the session and the keys that the last one has left.
 */
import * as v from "valibot";
import {
  type CaptureHost,
  type CaptureState,
  type EngineHost,
  type EngineSession,
  type Port,
  ProtocolError,
} from "../protocol/index.js";
import {
  type FromEngine,
  fromEngineSchema,
  type HostCall,
  type ToEngine,
} from "./engine-messages.js";
import { RestartPolicy } from "./restart-policy.js";

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
  readonly capture: ShellCapture;
}

/** What captures for a shell, past its engines. */
export interface ShellCapture extends CaptureHost {
  /** The capture that runs or ran last. */
  readonly state: CaptureState | null;
  /** Who is told whenever that changes. */
  onState: (state: CaptureState) => void;
}

export interface SupervisorOptions<Process extends EngineProcess> {
  readonly spawn: () => Process;
  readonly host: ShellHost;
  /**
   * For clients that talk past this supervisor: there is an engine for them, the first one
   * (`restarted` is null) or one in the place of another (`restarted` says why).
   */
  readonly onStart?: (engine: Process, restarted: string | null) => void;
  /** The engine cannot be kept running, in words. */
  readonly onGivenUp: (reason: string) => void;
}

/** How long an engine may finish what it writes. In milliseconds. */
const timeToStop = 5000;

const restarted = "The analyzer has stopped and was started again; what was on its way is lost.";
const restartedEmpty =
  "The analyzer has stopped again and again. It was started without the captures that were open, because they may be what stops it.";

export class EngineSupervisor<Process extends EngineProcess = EngineProcess> {
  readonly #options: SupervisorOptions<Process>;
  readonly #clients = new Map<number, Port>();
  #policy = new RestartPolicy();
  #nextClient = 1;
  #engine: Process | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #session: EngineSession | null = null;
  #keys: string | null;
  #failure: string | null = null;
  #stopped: (() => void) | null = null;
  #isStopping = false;

  constructor(options: SupervisorOptions<Process>) {
    this.#options = options;
    this.#keys = options.host.keys;
    // An engine that starts asks for the state itself, with its session.
    options.host.capture.onState = (capture) => this.#send({ kind: "capture", capture });
    this.#start(null);
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

  /** Starts an engine after it was given up. */
  restart(): void {
    if (this.#engine !== undefined || this.#timer !== undefined || this.#isStopping) return;
    this.#policy = new RestartPolicy();
    this.#session = null;
    this.#start(restartedEmpty);
  }

  /** Ends the engine at once, as a crash does; another one is started. */
  killEngine(): void {
    this.#engine?.kill();
  }

  /** Lets the engine finish what it writes, and ends everything. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    clearTimeout(this.#timer);
    if (this.#engine !== undefined) await this.#stopEngine(this.#engine);
    // It is told nothing more, such as that its clients go.
    this.#engine = undefined;
    for (const port of this.#clients.values()) port.close();
    this.#clients.clear();
  }

  async #stopEngine(engine: Process): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    this.#send({ kind: "stop" });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeToStop);
    });
    await Promise.race([stopped, timeout]);
    clearTimeout(timer);
    engine.kill();
  }

  #start(reason: string | null): void {
    this.#timer = undefined;
    this.#failure = null;
    const engine = this.#options.spawn();
    this.#engine = engine;
    engine.port.listen({
      message: (message) => {
        const checked = v.safeParse(fromEngineSchema, message);
        if (checked.success) this.#take(engine, checked.output);
      },
      closed: () => this.#died(engine),
    });
    for (const client of this.#clients.keys()) this.#send({ kind: "open", client });
    this.#options.onStart?.(engine, reason);
    if (reason === null) return;
    for (const port of this.#clients.values()) port.send({ event: "restarted", reason });
  }

  #send(message: ToEngine): void {
    this.#engine?.port.send(message);
  }

  #take(engine: Process, message: FromEngine): void {
    if (engine !== this.#engine) return;
    switch (message.kind) {
      case "message":
        this.#clients.get(message.client)?.send(message.message);
        return;
      case "call":
        void this.#answer(engine, message.call, message.asked);
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

  #died(engine: Process): void {
    if (engine !== this.#engine) return;
    this.#engine = undefined;
    this.#stopped?.();
    if (this.#isStopping) return;
    const decision = this.#policy.decide(performance.now());
    if (decision.kind === "give-up") {
      const why = this.#failure === null ? "" : ` (${this.#failure})`;
      for (const port of this.#clients.values()) port.close();
      this.#clients.clear();
      this.#options.onGivenUp(`The analyzer stops each time that it is started${why}.`);
      return;
    }
    const { delay, withSession } = decision;
    if (!withSession) this.#session = null;
    const reason = withSession ? restarted : restartedEmpty;
    if (delay === 0) this.#start(reason);
    else this.#timer = setTimeout(() => this.#start(reason), delay);
  }

  async #answer(engine: Process, call: number, asked: HostCall): Promise<void> {
    let answer: ToEngine;
    try {
      answer = { kind: "result", call, result: await this.#call(asked) };
    } catch (error) {
      const code = error instanceof ProtocolError ? error.code : "host";
      const message = error instanceof Error ? error.message : String(error);
      answer = { kind: "fault", call, code, message };
    }
    if (engine === this.#engine) engine.port.send(answer);
  }

  async #call(asked: HostCall): Promise<unknown> {
    const { host } = this.#options;
    switch (asked.method) {
      case "resolve":
        return host.resolve(asked.source);
      case "createDownload":
        return host.createDownload(asked.name);
      case "restore":
        return { session: this.#session, keys: this.#keys, capture: host.capture.state };
      case "keepSession":
        this.#session = asked.session;
        return null;
      case "keepKeys":
        this.#keys = asked.keys;
        return host.storeKeys(asked.keys);
      case "capturePorts":
        return host.capture.ports();
      case "captureStart":
        return host.capture.start(asked.request);
      case "captureStop":
        await host.capture.stop();
        return null;
      case "unrecorded":
        return host.capture.unrecorded(asked.file, asked.from);
      case "unfinishedRecordings":
        return host.capture.unfinished();
      case "dismissRecording":
        await host.capture.dismiss(asked.path);
        return null;
    }
  }
}
