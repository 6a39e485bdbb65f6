/** The engine's end of the line to its shell. */
import * as v from "valibot";
import type { Engine, EngineOptions } from "../engine.js";
import { type EngineHost, type Port, type PortListener, ProtocolError } from "../protocol/index.js";
import { startEngine } from "../session/start-engine.js";
import {
  type FromEngine,
  type HostCall,
  type ToEngine,
  toEngineSchema,
} from "./engine-messages.js";

/** What an engine is started with where its host is at the other end of a port. */
export type ChildOptions = Omit<EngineOptions, "host">;

/** An engine that runs, as the process or thread around it sees it. */
export interface EngineChild {
  /** Connects a client that talks past the shell; one that comes before the engine is ready waits. */
  connect(client: Port): void;
}

/** Runs an engine until it is told to stop; `onStopped` is called then. */
export function runEngineChild(
  port: Port,
  options: ChildOptions,
  onStopped: () => void,
): EngineChild {
  const send = (message: FromEngine) => port.send(message);
  const host = new RemoteHost(send);
  const waiting: ToEngine[] = [];
  let take = (message: ToEngine): void => {
    if (message.kind === "result" || message.kind === "fault") host.take(message);
    else waiting.push(message);
  };
  port.listen({
    message: (message) => {
      const checked = v.safeParse(toEngineSchema, message);
      if (checked.success) take(checked.output);
    },
    closed: onStopped,
  });
  const starting = startEngine({ ...options, host });
  starting
    .then((engine) => {
      take = takeFor(engine, host, send, onStopped);
      send({ kind: "ready" });
      for (const message of waiting.splice(0)) take(message);
    })
    .catch((error: unknown) => {
      send({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
      onStopped();
    });
  return {
    connect: (client) => {
      void starting.then(
        (engine) => engine.connect(client),
        () => client.close(),
      );
    },
  };
}

/** What the messages of the shell do to an engine that is ready. */
function takeFor(
  engine: Engine,
  host: RemoteHost,
  send: (message: FromEngine) => void,
  onStopped: () => void,
): (message: ToEngine) => void {
  const clients = new Map<number, ClientPort>();
  return (message) => {
    switch (message.kind) {
      case "open": {
        const client = new ClientPort(message.client, send);
        clients.set(message.client, client);
        engine.connect(client);
        return;
      }
      case "message":
        clients.get(message.client)?.take(message.message);
        return;
      case "close":
        clients.get(message.client)?.end();
        clients.delete(message.client);
        return;
      case "capture":
        engine.tellCapture(message.capture);
        return;
      case "stop":
        void engine.stop().then(() => {
          send({ kind: "stopped" });
          onStopped();
        });
        return;
      default:
        host.take(message);
    }
  };
}

/** A client that is connected with the shell. */
class ClientPort implements Port {
  readonly #client: number;
  readonly #send: (message: FromEngine) => void;
  #listener: PortListener | undefined;

  constructor(client: number, send: (message: FromEngine) => void) {
    this.#client = client;
    this.#send = send;
  }

  send(message: unknown): void {
    this.#send({ kind: "message", client: this.#client, message });
  }

  listen(listener: PortListener): void {
    this.#listener = listener;
  }

  take(message: unknown): void {
    this.#listener?.message(message);
  }

  end(): void {
    this.#listener?.closed();
  }

  close(): void {
    // The shell closes what it has opened.
  }
}

interface Call {
  readonly resolve: (result: never) => void;
  readonly reject: (error: ProtocolError) => void;
}

/** The shell, asked over the line. */
class RemoteHost implements EngineHost {
  readonly #send: (message: FromEngine) => void;
  readonly #calls = new Map<number, Call>();
  #next = 1;

  constructor(send: (message: FromEngine) => void) {
    this.#send = send;
  }

  readonly resolve: EngineHost["resolve"] = (source) => this.#call({ method: "resolve", source });
  readonly restore: EngineHost["restore"] = () => this.#call({ method: "restore" });
  readonly keepKeys: EngineHost["keepKeys"] = (keys) => this.#call({ method: "keepKeys", keys });
  readonly createDownload: EngineHost["createDownload"] = (name) =>
    this.#call({ method: "createDownload", name });
  readonly keepSession: EngineHost["keepSession"] = ({ documents }) => {
    const session = {
      documents: documents.map(({ options: { framing, decodeAs }, sources, ...document }) => ({
        ...document,
        sources: [...sources],
        options: {
          ...(framing === undefined ? {} : { framing }),
          ...(decodeAs === undefined ? {} : { decodeAs: [...decodeAs] }),
        },
      })),
    };
    void this.#call({ method: "keepSession", session });
  };

  readonly capture: EngineHost["capture"] = {
    ports: () => this.#call({ method: "capturePorts" }),
    start: (request) => this.#call({ method: "captureStart", request }),
    stop: () => this.#call({ method: "captureStop" }),
    unrecorded: (file, from) => this.#call({ method: "unrecorded", file, from }),
    unfinished: () => this.#call({ method: "unfinishedRecordings" }),
    dismiss: (path) => this.#call({ method: "dismissRecording", path }),
  };

  take(message: Extract<ToEngine, { kind: "result" | "fault" }>): void {
    const call = this.#calls.get(message.call);
    if (call === undefined) return;
    this.#calls.delete(message.call);
    if (message.kind === "result") call.resolve(message.result as never);
    else call.reject(new ProtocolError(message));
  }

  #call<Result>(asked: HostCall): Promise<Result> {
    const call = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
      this.#send({ kind: "call", call, asked });
    });
  }
}
