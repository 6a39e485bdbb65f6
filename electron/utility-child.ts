/** A utility process seen from the main process: a line that ends when the process does. */
import type { UtilityProcess } from "electron";
import type { Port, PortListener } from "../analyzer/protocol/index.js";

/** What utility processes are started with. */
export type Fork = (
  modulePath: string,
  args: string[],
  options: { serviceName: string },
) => UtilityProcess;

export interface UtilityChild {
  readonly port: Port;
  /** Ends it at once. */
  kill(): void;
  readonly hasEnded: boolean;
}

/** The line to a process that was started just now. */
export function lineToChild(child: UtilityProcess): UtilityChild {
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
    get hasEnded() {
      return hasEnded;
    },
  };
}
