import { join } from "node:path";
import type { App } from "electron";
import * as v from "valibot";
import { readState, replaceFile } from "./state-file.js";

/** More than a window shows, so that everything that it shows may be opened again. */
const remembered = 50;

const schema = v.array(v.string());

/** Files that the user has opened, the last one first; the system's list of documents with it. */
export class RecentFiles {
  readonly #path: string;
  readonly #app: Pick<App, "addRecentDocument">;
  #paths: readonly string[];
  #writing = Promise.resolve();

  constructor(folder: string, app: Pick<App, "addRecentDocument">) {
    this.#path = join(folder, "recent-files.json");
    this.#app = app;
    const stored = v.safeParse(schema, readState(this.#path));
    this.#paths = stored.success ? stored.output.slice(0, remembered) : [];
  }

  get paths(): readonly string[] {
    return this.#paths;
  }

  add(paths: readonly string[]): void {
    for (const path of paths) this.#app.addRecentDocument(path);
    const others = this.#paths.filter((path) => !paths.includes(path));
    this.#paths = [...paths.toReversed(), ...others].slice(0, remembered);
    const content = `${JSON.stringify(this.#paths, null, 2)}\n`;
    // A list that cannot be written is only forgotten.
    this.#writing = this.#writing.then(() => replaceFile(this.#path, content)).catch(() => {});
  }

  /** Fulfilled when everything is on the disk. */
  get written(): Promise<void> {
    return this.#writing;
  }
}
