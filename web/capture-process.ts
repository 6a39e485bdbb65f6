/** The process that captures: started by `capture-fork.ts`. */
import { runCaptureChild } from "../captures/live/capture-child.js";

// The terminal's Ctrl+C is meant for the server, which then stops the capture in its own time.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});

runCaptureChild(
  {
    send: (message) => process.send?.(message as object, undefined, undefined, () => {}),
    listen: ({ message, closed }) => {
      process.on("message", message);
      process.once("SIGTERM", closed);
      // The server is gone, however it ended.
      process.once("disconnect", closed);
    },
  },
  () => process.exit(),
);
