// `npm start`: builds what is not built, and opens the application with a sample, or with the captures
// that are named (`npm start -- FILE`).
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { electronFolder, lookAround } from "../cli/desktop.js";
import { chooseDesktop } from "../cli/desktop-choice.js";
import { fetchElectron } from "./fetch-electron.js";
import { isOutOfDate } from "./out-of-date.js";

const root = join(import.meta.dirname, "..");
const inRoot = (names: readonly string[]) => names.map((name) => join(root, name));
const sources = inRoot([
  ...["decoder", "captures", "analyzer", "renderer", "web", "electron", "cli"],
  ...["build/build.mjs", "build/vite.config.mjs", "package.json"],
]);
const built = inRoot(["dist/cli.js", "dist/shell.js", "dist/renderer/index.html"]);
// Copies: marks are kept beside a capture, and these are nobody's source.
const samples = inRoot(["dist/samples/meter-day.pcapng", "dist/samples/hdlc-session.txt"]);

if (isOutOfDate(sources, built)) {
  console.log("Building Obiscope …");
  const { status } = spawnSync(process.execPath, [join(root, "build/build.mjs")], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

const surroundings = lookAround(join(root, "dist"));
const package_ = electronFolder();
// With a runtime, would it be the desktop?
const wouldStart = chooseDesktop({ ...surroundings, runtime: "" }).kind === "desktop";
const mayFetch = !process.env["ELECTRON_SKIP_BINARY_DOWNLOAD"];
if (wouldStart && surroundings.runtime === null && package_ !== null && mayFetch) {
  console.log("Fetching Electron's runtime (once; not longer than 20 s where nothing arrives) …");
  await fetchElectron(package_);
}

const folder = process.env["INIT_CWD"] ?? process.cwd();
const given = process.argv.slice(2).map((file) => resolve(folder, file));
const files = given.length > 0 ? given : samples.filter((file) => existsSync(file)).slice(0, 1);
const child = spawn(process.execPath, [join(root, "dist/cli.js"), "open", ...files], {
  stdio: "inherit",
});
// A terminal tells the child by itself, others tell only this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (!process.stdin.isTTY) child.kill(signal);
  });
}
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});
