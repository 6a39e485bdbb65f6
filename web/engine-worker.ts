/** The engine in a thread of its own: started by `engine-thread.ts`. */
import { parentPort, workerData } from "node:worker_threads";
// Not by the index of the analyzer: what an engine needs is loaded in its thread alone.
import { runEngineChild } from "../analyzer/host/engine-child.js";
import type { ChildOptions } from "../analyzer/index.js";
import { threadPort } from "./thread-port.js";

if (parentPort !== null) {
  const port = parentPort;
  runEngineChild(threadPort(port), workerData as ChildOptions, () => port.close());
}
