/** The utility process in which the analyzer runs. */
import * as v from "valibot";
import { startEngine } from "../analyzer/session/start-engine.js";
import { runEngine } from "../analyzer/supervisor/index.js";
import { engineFoldersSchema } from "./engine-child.js";
import { lineToParent } from "./parent-line.js";

/** In milliseconds: for the last words to the main process. */
const timeToSpeak = 100;

const folders = v.parse(engineFoldersSchema, JSON.parse(process.argv.at(-1) ?? ""));
const end = (isClean: boolean) => {
  setTimeout(() => process.exit(isClean ? 0 : 1), timeToSpeak);
};
const line = lineToParent(
  process.parentPort,
  () => end(true),
  (client) => running.connect(client),
);
const running = runEngine(line, (host) => startEngine({ host, ...folders }), end);
