import { EventEmitter } from "node:events";

/** A port of Electron, as both the main process (`on`) and pages (`addEventListener`) see it. */
export class PortDouble extends EventEmitter {
  other: PortDouble | undefined;
  #waiting: unknown[] = [];
  #isStarted = false;
  isClosed = false;

  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.other?.take(copy));
  }

  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.on(type, listener);
  }

  /** Messages wait until then. */
  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit("message", { data });
  }

  close(): void {
    this.#end();
    queueMicrotask(() => {
      if (this.other !== undefined) this.other.#end();
    });
  }

  take(data: unknown): void {
    if (this.isClosed) return;
    if (this.#isStarted) this.emit("message", { data });
    else this.#waiting.push(data);
  }

  #end(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit("close");
  }
}

/** `MessageChannelMain`. */
export class ChannelDouble {
  readonly port1 = new PortDouble();
  readonly port2 = new PortDouble();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}
