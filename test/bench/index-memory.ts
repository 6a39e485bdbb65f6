/** What the index of a capture keeps in memory: the bytes of the file are not among it. */
import { CaptureIndex } from "../../analyzer/capture-index.js";
import { openCapture } from "../../captures/open.js";
import { FrameCutter } from "../../decoder/frame-cutter.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";

const [path] = process.argv.slice(2);
const { gc } = globalThis;
if (path === undefined || gc === undefined) {
  throw new Error("usage: node --expose-gc index-memory.js CAPTURE");
}
const cutter = new FrameCutter();
const index = new CaptureIndex({ get: () => undefined });

function take(links: readonly LinkFrame[]): void {
  for (const link of links) index.add(link);
}

gc();
const before = process.memoryUsage();
const capture = await openCapture(path, {});
for await (const items of capture.items()) {
  for (const item of items) if (item.kind === "chunk") take(cutter.push(item.chunk));
}
take(cutter.finish());
index.finish();
await capture.close();
gc();
const after = process.memoryUsage();
const grown = (kind: "heapUsed" | "arrayBuffers") =>
  ((after[kind] - before[kind]) / 1e6).toFixed(0);
process.stdout.write(
  `${index.length} rows, ${grown("heapUsed")} MB of objects and ${grown("arrayBuffers")} MB of arrays\n`,
);
