import { fork } from "node:child_process";
import type { CaptureProcess, PortListener } from "../analyzer/index.js";

/** Starts a process that captures. `entry`: the bundled `capture-process`. */
export function forkCapture(entry: string): CaptureProcess {
  const child = fork(entry, [], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
    // Bytes go over the line as bytes.
    serialization: "advanced",
  });
  let listener: PortListener | undefined;
  let hasEnded = false;
  child.on("message", (message) => listener?.message(message));
  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    listener?.closed();
  };
  child.once("exit", end);
  // It could not be started, or a message could not be sent since it is gone.
  child.on("error", end);
  const kill = () => {
    if (!hasEnded) child.kill("SIGKILL");
  };
  return {
    port: {
      send: (message) => {
        if (child.connected) child.send(message as object, () => {});
      },
      listen: (given) => {
        listener = given;
      },
      close: kill,
    },
    kill,
  };
}
