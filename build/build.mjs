// Bundles what runs: the command and the library. Needs no network and takes seconds.
import { chmod, cp, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";
import { build as buildPage } from "vite";

const common = {
  bundle: true,
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
  absWorkingDir: new URL("..", import.meta.url).pathname,
};

const { dependencies } = JSON.parse(await readFile(new URL("../package.json", import.meta.url)));
// All but the parser of filters: its package is hundreds of files, which an engine would load for longer
// than everything else together.
const loaded = Object.keys(dependencies).filter((name) => name !== "chevrotain");

await rm(new URL("../dist", import.meta.url), { recursive: true, force: true });
await Promise.all([
  // In pieces: what only some commands need is loaded by those alone.
  build({
    ...common,
    entryPoints: {
      cli: "cli/main.ts",
      "engine-worker": "web/engine-worker.ts",
      "capture-process": "web/capture-process.ts",
    },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    platform: "node",
    external: loaded.flatMap((name) => [name, `${name}/*`]),
  }),
  // Neutral: fails on anything that only Node or only a browser has.
  build({
    ...common,
    entryPoints: ["decoder/index.ts"],
    outfile: "dist/decoder.js",
    platform: "neutral",
    target: "es2023",
    packages: "external",
  }),
]);
await Promise.all([
  // What the browser shell gives the page.
  build({
    ...common,
    entryPoints: ["web/page/shell.ts"],
    outfile: "dist/shell.js",
    format: "iife",
    target: "es2023",
  }),
  // The desktop shell: whole, so that its package has no modules beside it.
  build({
    ...common,
    entryPoints: {
      main: "electron/main.ts",
      preload: "electron/preload.ts",
      engine: "electron/engine-process.ts",
      capture: "electron/capture-process.ts",
    },
    outdir: "dist/electron",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    platform: "node",
    external: ["electron"],
  }),
  cp(new URL("../captures/samples", import.meta.url), new URL("../dist/samples", import.meta.url), {
    recursive: true,
  }),
]);
// Of the serial library: its binaries for each system. It looks for them beside the folder of the
// bundle that it is in.
await cp(
  new URL("../node_modules/@serialport/bindings-cpp/prebuilds", import.meta.url),
  new URL("../dist/prebuilds", import.meta.url),
  { recursive: true, dereference: true, filter: (source) => !source.includes("android") },
);
// The page of the application.
await buildPage({
  configFile: new URL("vite.config.mjs", import.meta.url).pathname,
  logLevel: "warn",
});
await chmod(new URL("../dist/cli.js", import.meta.url), 0o755);
