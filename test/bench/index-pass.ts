/** The pass that a window makes over a capture when it opens it: every frame, no trees, no texts. */
import { decodeCapture, keySetFromOptions, nodePrimitives } from "../../analyzer/index.js";
import { benchmarkAuthenticationKey, benchmarkKey } from "./messages.js";

const [path, withKeys] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: index-pass.ts CAPTURE [keys]");
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
let frames = 0;
let decrypted = 0;
for await (const batch of decodeCapture(path, { keySets, primitives: nodePrimitives })) {
  for (const { ciphering } of batch) {
    frames += 1;
    if (ciphering?.status === "decrypted") decrypted += 1;
  }
}
const seconds = (performance.now() - started) / 1000;
process.stdout.write(`${JSON.stringify({ frames, decrypted, seconds })}\n`);
