import type { Port } from "../analyzer/protocol/index.js";
import { lineOverMainPort, type MainPort } from "./message-port.js";

/** The port of a utility process to the process that started it. */
export interface ParentPort {
  on(
    event: "message",
    listener: (event: { readonly data: unknown; readonly ports: readonly MainPort[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
}

/** The line to the host; messages that bring a port bring a client. */
export function lineToParent(
  parentPort: ParentPort,
  end: () => void,
  onClient: (client: Port) => void,
): Port {
  return {
    send: (message) => parentPort.postMessage(message),
    listen: (listener) => {
      parentPort.on("message", ({ data, ports }) => {
        const [client] = ports;
        if (client === undefined) listener.message(data);
        else onClient(lineOverMainPort(client));
      });
    },
    close: end,
  };
}
