/** The utility process that captures. */
import { runCaptureChild } from "../captures/live/capture-child.js";

const { parentPort } = process;

runCaptureChild(
  {
    send: (message) => parentPort.postMessage(message),
    listen: ({ message, closed }) => {
      parentPort.on("message", ({ data }) => message(data));
      // As the main process ends it, or the system does.
      process.once("SIGTERM", closed);
    },
  },
  () => process.exit(),
);
