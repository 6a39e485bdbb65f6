/** The utility process in which the analyzer runs. */
import * as v from "valibot";
// Not by the index of the analyzer: only what an engine needs is loaded here.
import { runEngineChild } from "../analyzer/host/engine-child.js";
import { engineFoldersSchema } from "./engine-child.js";
import { lineToParent } from "./parent-line.js";

/** In milliseconds: for the last words to the main process. */
const timeToSpeak = 100;

const folders = v.parse(engineFoldersSchema, JSON.parse(process.argv.at(-1) ?? ""));
const end = () => {
  setTimeout(() => process.exit(), timeToSpeak);
};
const line = lineToParent(process.parentPort, end, (client) => engine.connect(client));
const engine = runEngineChild(line, folders, end);
