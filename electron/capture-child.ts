import type { CaptureProcess } from "../analyzer/host/capture-supervisor.js";
import type { PortListener } from "../analyzer/protocol/index.js";
import type { Fork } from "./engine-child.js";

/** Starts a utility process that captures. */
export function forkCapture(fork: Fork, modulePath: string): CaptureProcess {
  const child = fork(modulePath, [], { serviceName: "Obiscope capture" });
  let listener: PortListener | undefined;
  let hasEnded = false;
  child.on("message", (message: unknown) => listener?.message(message));
  child.on("exit", () => {
    hasEnded = true;
    listener?.closed();
  });
  const kill = () => {
    if (!hasEnded) child.kill();
  };
  return {
    port: {
      send: (message) => {
        if (!hasEnded) child.postMessage(message);
      },
      listen: (given) => {
        listener = given;
      },
      close: kill,
    },
    kill,
  };
}
