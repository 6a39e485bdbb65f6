/** The line to the server, as a port. */
import type { Port, PortListener } from "../../analyzer/protocol/index.js";

/** Rejects where the server does not answer. */
export function openSocket(address: string): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const port = portOf(socket);
    socket.addEventListener("open", () => resolve(port));
    socket.addEventListener("close", () =>
      reject(new Error("Obiscope's server does not answer: is it still running?")),
    );
  });
}

function portOf(socket: WebSocket): Port {
  let listener: PortListener | undefined;
  /** What comes before anybody listens. */
  const early: unknown[] = [];
  let hasClosed = false;
  socket.addEventListener("message", ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    if (listener === undefined) early.push(message);
    else listener.message(message);
  });
  socket.addEventListener("close", () => {
    hasClosed = true;
    listener?.closed();
  });
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    listen: (given) => {
      listener = given;
      for (const message of early.splice(0)) given.message(message);
      if (hasClosed) given.closed();
    },
    close: () => socket.close(),
  };
}
