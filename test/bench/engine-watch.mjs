// Loaded before the application, in its process and in its engine's thread: tells the benchmark over the
// process's channel what memory they use, and ends the engine as a crash does.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const channel = new BroadcastChannel("bench");

if (isMainThread) {
  let engine;
  process.on("worker", (worker) => {
    engine = worker;
  });
  process.on("message", (asked) => {
    if (asked === "kill") void engine?.terminate();
    else channel.postMessage(asked);
  });
  channel.onmessage = ({ data }) => {
    process.send?.({ ...data, peak: process.resourceUsage().maxRSS * 1024 });
  };
  // The application ends when it wants to, not when the benchmark lets go of it.
  process.channel?.unref();
} else {
  channel.onmessage = () => {
    // Array buffers are given back in the round after the one that finds them.
    for (let i = 0; i < 3; i++) collect();
    channel.postMessage(process.memoryUsage());
  };
}
channel.unref();
