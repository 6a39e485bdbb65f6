import type { MessagePort, Worker } from "node:worker_threads";
import type { Port } from "../analyzer/index.js";

/** A thread, or the way back to the one that started it, as a port. */
export function threadPort(thread: MessagePort | Worker): Port {
  return {
    send: (message) => thread.postMessage(message),
    listen: ({ message, closed }) => {
      thread.on("message", message);
      // A thread that has failed says so before it ends; it is its end that counts.
      if ("terminate" in thread) {
        thread.on("error", (error) =>
          process.stderr.write(`obiscope: the analyzer failed: ${error}\n`),
        );
        thread.once("exit", closed);
      } else thread.once("close", closed);
    },
    close: () => {
      if ("terminate" in thread) void thread.terminate();
      else thread.close();
    },
  };
}
