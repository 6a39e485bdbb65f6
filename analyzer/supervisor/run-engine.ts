import type { Engine } from "../engine.js";
import type { EngineHost } from "../protocol/engine-host.js";
import type { Port } from "../protocol/port.js";
import { hostOverPort } from "./host-line.js";

/** An engine in a process or thread of its own, as its entry file sees it. */
export interface RunningEngine {
  /** Answers a client; one that comes before the engine has started waits. */
  connect(client: Port): void;
}

/**
 * Runs an engine whose host is at the other end of `line`. `end` ends the process or thread: with
 * true after the engine has stopped as asked, with false where it could not start or stop.
 */
export function runEngine(
  line: Port,
  start: (host: EngineHost) => Promise<Engine>,
  end: (isClean: boolean) => void,
): RunningEngine {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    try {
      await (await starting).stop();
      line.send({ call: "stopped" });
      end(true);
    } catch {
      end(false);
    }
  };
  const starting = start(hostOverPort(line, () => void stop()));
  starting.catch((error: unknown) => {
    line.send({ call: "failed", reason: error instanceof Error ? error.message : String(error) });
    end(false);
  });
  return {
    connect: (client) => {
      void starting.then(
        (engine) => engine.connect(client),
        () => client.close(),
      );
    },
  };
}
