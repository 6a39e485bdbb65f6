/**
 * Electron's ports as lines of the analyzer's protocol. Messages are structured clones: buffers are
 * copied, since transferring them over these ports loses them.
 */
import type { Port, PortListener } from "../analyzer/protocol/index.js";

/** `MessagePortMain`, in the main process and in utility processes. */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function lineOverMainPort(port: MainPort): Port {
  return {
    send: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on("message", ({ data }) => listener.message(data));
      port.on("close", onceClosed(listener));
      port.start();
    },
    close: () => port.close(),
  };
}

/** The port of a page, as a preload script has it. */
export interface PagePort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: () => void): void;
  start(): void;
  close(): void;
}

export function lineOverPagePort(port: PagePort): Port {
  return {
    send: (message) => port.postMessage(message),
    listen: (listener) => {
      port.addEventListener("message", ({ data }) => listener.message(data));
      port.addEventListener("close", onceClosed(listener));
      port.start();
    },
    close: () => port.close(),
  };
}

function onceClosed(listener: PortListener): () => void {
  let isClosed = false;
  return () => {
    if (isClosed) return;
    isClosed = true;
    listener.closed();
  };
}
