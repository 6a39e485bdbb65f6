import { EventEmitter } from "node:events";
import { runCaptureChild } from "../../captures/live/capture-child.js";

/** `UtilityProcess` with a capture in it, which runs beside the test. */
export class CaptureProcessDouble extends EventEmitter {
  readonly #line = new EventEmitter();
  #hasEnded = false;

  constructor() {
    super();
    runCaptureChild(
      {
        send: (message) => {
          const copy: unknown = structuredClone(message);
          queueMicrotask(() => {
            if (!this.#hasEnded) this.emit("message", copy);
          });
        },
        listen: ({ message, closed }) => {
          this.#line.on("message", message).on("closed", closed);
        },
      },
      () => this.#end(),
    );
  }

  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data);
    queueMicrotask(() => this.#line.emit("message", copy));
  }

  /** As SIGTERM does. */
  kill(): boolean {
    this.#line.emit("closed");
    this.#end();
    return true;
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    queueMicrotask(() => this.emit("exit", 0));
  }
}
