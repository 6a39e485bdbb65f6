import { Worker } from "node:worker_threads";
import type { ChildOptions, EngineProcess } from "../analyzer/index.js";
import { threadPort } from "./thread-port.js";

/** Memory of the engine's heap, in megabytes: the index of a great capture, not the whole machine. */
const heapLimit = 4096;

/** Starts an engine in a thread. `worker`: the bundled `engine-worker`. */
export function startEngineThread(worker: URL, options: ChildOptions): EngineProcess {
  const thread = new Worker(worker, {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
  return { port: threadPort(thread), kill: () => void thread.terminate() };
}
