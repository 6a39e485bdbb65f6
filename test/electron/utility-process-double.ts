import { EventEmitter } from "node:events";
import { runEngineChild } from "../../analyzer/host/engine-child.js";
import { lineToParent } from "../../electron/parent-line.js";
import type { PortDouble } from "./port-double.js";

/** `UtilityProcess` with an engine in it, which runs beside the test. */
export class UtilityProcessDouble extends EventEmitter {
  readonly modulePath: string;
  readonly args: readonly string[];
  readonly #parentPort = new EventEmitter();
  readonly #ports: PortDouble[] = [];
  #hasEnded = false;

  constructor(modulePath: string, args: readonly string[]) {
    super();
    this.modulePath = modulePath;
    this.args = args;
    const parent = {
      on: (
        event: "message",
        listener: (message: { data: unknown; ports: readonly PortDouble[] }) => void,
      ) => this.#parentPort.on(event, listener),
      postMessage: (message: unknown) => {
        const copy: unknown = structuredClone(message);
        queueMicrotask(() => {
          if (!this.#hasEnded) this.emit("message", copy);
        });
      },
    };
    const end = () => this.#end(0);
    const line = lineToParent(parent, end, (client) => child.connect(client));
    const child = runEngineChild(line, JSON.parse(args[0] ?? ""), end);
  }

  postMessage(data: unknown, ports: readonly PortDouble[] = []): void {
    this.#ports.push(...ports);
    const copy: unknown = structuredClone(data);
    queueMicrotask(() => {
      if (!this.#hasEnded) this.#parentPort.emit("message", { data: copy, ports });
    });
  }

  kill(): boolean {
    this.#end(15);
    return true;
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const port of this.#ports) port.close();
    queueMicrotask(() => this.emit("exit", code));
  }
}
