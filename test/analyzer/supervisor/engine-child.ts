/** An engine beside the test, that can be killed: what a process is to a shell. */
import { join } from "node:path";
import { createPortPair, type Port } from "../../../analyzer/protocol/index.js";
import { startEngine } from "../../../analyzer/session/start-engine.js";
import { type EngineChild, runEngine } from "../../../analyzer/supervisor/index.js";
import type { TestFolder } from "../test-folder.js";

export interface KillableChild extends EngineChild {
  connect(client: Port): void;
  /** It ends as a process does that is killed. */
  die(how: string): void;
}

export function startChild(folder: TestFolder): KillableChild {
  const [mine, theirs] = createPortPair();
  let told: (how: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    told = resolve;
  });
  const clients: Port[] = [];
  const running = runEngine(
    theirs,
    (host) =>
      startEngine({
        host,
        version: "0.0.0",
        configFolder: join(folder.path, "config"),
        cacheFolder: join(folder.path, "cache"),
        stateFolder: join(folder.path, "state"),
        samplesFolder: join(folder.path, "samples"),
      }),
    (isClean) => told(isClean ? "exit code 0" : "exit code 1"),
  );
  const die = (how: string) => {
    for (const client of clients) client.close();
    mine.close();
    told(how);
  };
  return {
    port: mine,
    ended,
    kill: () => die("killed"),
    die,
    connect: (client) => {
      clients.push(client);
      running.connect(client);
    },
  };
}
