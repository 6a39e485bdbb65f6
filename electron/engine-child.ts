import type { MessagePortMain } from "electron";
import * as v from "valibot";
import type { EngineProcess } from "../analyzer/host/engine-supervisor.js";
import { type Fork, lineToChild } from "./utility-child.js";

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

/** Starts an engine in a process of its own. */
export function forkEngine(fork: Fork, modulePath: string, folders: EngineFolders): UtilityEngine {
  const child = fork(modulePath, [JSON.stringify(folders)], { serviceName: "Obiscope analyzer" });
  const line = lineToChild(child);
  return {
    port: line.port,
    kill: line.kill,
    connect: (client) => {
      if (line.hasEnded) client.close();
      else child.postMessage({ client: true }, [client]);
    },
  };
}
