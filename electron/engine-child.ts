import type { MessagePortMain, UtilityProcess } from "electron";
import * as v from "valibot";
import type { EngineProcess } from "../analyzer/host/engine-supervisor.js";
import type { PortListener } from "../analyzer/protocol/index.js";

/** What an engine's process is told with its start. */
export const engineFoldersSchema = v.object({
  version: v.string(),
  configFolder: v.string(),
  cacheFolder: v.string(),
  stateFolder: v.string(),
  samplesFolder: v.string(),
});

export type EngineFolders = v.InferOutput<typeof engineFoldersSchema>;

/** An engine in a utility process. */
export interface UtilityEngine extends EngineProcess {
  /** Gives it a client: one end of a channel whose other end the window has. */
  connect(client: MessagePortMain): void;
}

/** What utility processes are started with. */
export type Fork = (
  modulePath: string,
  args: string[],
  options: { serviceName: string },
) => UtilityProcess;

/** Starts an engine in a process of its own. */
export function forkEngine(fork: Fork, modulePath: string, folders: EngineFolders): UtilityEngine {
  const child = fork(modulePath, [JSON.stringify(folders)], { serviceName: "Obiscope analyzer" });
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
    connect: (client) => {
      if (hasEnded) client.close();
      else child.postMessage({ client: true }, [client]);
    },
  };
}
