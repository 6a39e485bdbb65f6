import type { AnalyzerEvent, Answer } from "./answers.js";
import { type AnalyzerMessage, ProtocolError } from "./messages.js";
import type { Port } from "./port.js";
import type { Method, Request } from "./requests.js";

export interface RequestOptions {
  /** Ends the request: it is then rejected with code `cancelled`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: ProtocolError) => void;
  readonly onProgress: RequestOptions["onProgress"];
}

/** Asks the analyzer at the other end of a port. */
export class AnalyzerClient {
  readonly #port: Port;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  /** `onEvent` takes what the analyzer tells by itself; `onClosed` is told of the end of the line. */
  constructor(
    port: Port,
    onEvent: (event: AnalyzerEvent) => void,
    onClosed: () => void = () => {},
  ) {
    this.#port = port;
    port.listen({
      message: (message) => this.#take(message as AnalyzerMessage, onEvent),
      closed: () => {
        this.#rejectAll("closed", "The connection to the analyzer has ended.");
        onClosed();
      },
    });
  }

  /** Rejects with `ProtocolError`. */
  request<Name extends Method>(
    method: Name,
    params: Request<Name>,
    { signal, onProgress }: RequestOptions = {},
  ): Promise<Answer<Name>> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const cancelled = { code: "cancelled", message: "The request was cancelled." };
      if (signal?.aborted === true) {
        reject(new ProtocolError(cancelled));
        return;
      }
      this.#waiting.set(id, { resolve, reject, onProgress });
      signal?.addEventListener(
        "abort",
        () => {
          if (!this.#waiting.delete(id)) return;
          this.#port.send({ cancel: id });
          reject(new ProtocolError(cancelled));
        },
        { once: true },
      );
      this.#port.send({ id, method, params });
    });
  }

  close(): void {
    this.#port.close();
  }

  #take(message: AnalyzerMessage, onEvent: (event: AnalyzerEvent) => void): void {
    if ("event" in message) {
      if (message.event === "progress") {
        this.#waiting.get(message.request)?.onProgress?.(message.done, message.total);
        return;
      }
      if (message.event === "restarted") this.#rejectAll("restarted", message.reason);
      onEvent(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    if ("error" in message) waiting.reject(new ProtocolError(message.error));
    else waiting.resolve(message.result as never);
  }

  #rejectAll(code: string, message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new ProtocolError({ code, message }));
    this.#waiting.clear();
  }
}
