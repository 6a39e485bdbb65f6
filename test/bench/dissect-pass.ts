/** Every frame dissected by itself, without its conversation: what the reducer is compared with. */
import { keySetFromOptions, nodePrimitives } from "../../analyzer/index.js";
import { openCapture } from "../../captures/open.js";
import {
  defaultLimits,
  noAssociation,
  noFindings,
  nothingPending,
} from "../../decoder/core/context.js";
import { NullRecorder } from "../../decoder/core/recorder.js";
import { dissect } from "../../decoder/dissect.js";
import { FrameCutter } from "../../decoder/frame-cutter.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import { benchmarkAuthenticationKey, benchmarkKey } from "./messages.js";

const [path, withKeys] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: dissect-pass.ts CAPTURE [keys]");
const keySets =
  withKeys === undefined
    ? []
    : [
        keySetFromOptions({
          guek: benchmarkKey.toString("hex"),
          gak: benchmarkAuthenticationKey.toString("hex"),
        }),
      ];
const started = performance.now();
const cutter = new FrameCutter();
let frames = 0;
let layers = 0;

function take(links: readonly LinkFrame[]): void {
  for (const link of links) {
    frames += 1;
    const context = {
      number: frames,
      direction: null,
      association: noAssociation,
      pending: nothingPending,
      findings: noFindings,
      replayed: false,
      keySets,
      primitives: nodePrimitives,
      limits: defaultLimits,
    };
    layers += dissect(link, context, new NullRecorder()).layers.length;
  }
}

const capture = await openCapture(path, {});
for await (const items of capture.items()) {
  for (const item of items) if (item.kind === "chunk") take(cutter.push(item.chunk));
}
take(cutter.finish());
await capture.close();
const seconds = (performance.now() - started) / 1000;
process.stdout.write(`${JSON.stringify({ frames, layers, seconds })}\n`);
