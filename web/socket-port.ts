import type { WebSocket } from "ws";
import type { Port } from "../analyzer/index.js";

/** A WebSocket as a port; messages are JSON. What is no JSON ends it: a page of ours never sends it. */
export function socketPort(socket: WebSocket): Port {
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    listen: ({ message, closed }) => {
      socket.on("message", (data: Buffer) => {
        let content: unknown;
        try {
          content = JSON.parse(data.toString("utf8"));
        } catch {
          socket.close(1003, "JSON is expected");
          return;
        }
        message(content);
      });
      socket.on("error", () => socket.terminate());
      socket.once("close", closed);
    },
    close: () => socket.close(),
  };
}
