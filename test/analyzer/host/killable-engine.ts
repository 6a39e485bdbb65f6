/** An engine beside the test, that can be killed: what a process is to a shell. */
import { join } from "node:path";
import { type EngineChild, runEngineChild } from "../../../analyzer/host/engine-child.js";
import type { EngineProcess } from "../../../analyzer/host/engine-supervisor.js";
import { createPortPair, type Port } from "../../../analyzer/protocol/index.js";
import type { TestFolder } from "../test-folder.js";

export interface KillableEngine extends EngineProcess, EngineChild {}

export function startKillable(folder: TestFolder): KillableEngine {
  const [mine, theirs] = createPortPair();
  const clients: Port[] = [];
  const child = runEngineChild(
    theirs,
    {
      version: "0.0.0",
      configFolder: join(folder.path, "config"),
      cacheFolder: join(folder.path, "cache"),
      stateFolder: join(folder.path, "state"),
      samplesFolder: join(folder.path, "samples"),
    },
    () => {},
  );
  return {
    port: mine,
    kill: () => {
      for (const client of clients) client.close();
      mine.close();
    },
    connect: (client) => {
      clients.push(client);
      child.connect(client);
    },
  };
}
