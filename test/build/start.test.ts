/** What `npm start` decides before it starts anything. */
import { mkdirSync, readdirSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { fetchElectron } from "../../build/fetch-electron.js";
import { isOutOfDate } from "../../build/out-of-date.js";
import { findRuntime } from "../../cli/desktop.js";
import { TestFolder } from "../analyzer/test-folder.js";

const folders: TestFolder[] = [];

function folder(): TestFolder {
  const made = new TestFolder();
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

describe("what is built", () => {
  /** Writes a file that was changed so many seconds after a time. */
  function write(made: TestFolder, name: string, seconds: number): string {
    mkdirSync(join(made.path, name, ".."), { recursive: true });
    const path = made.write(name, "");
    utimesSync(path, 1_700_000_000 + seconds, 1_700_000_000 + seconds);
    return path;
  }

  it("is built again when a source is newer than a part of it, or a part is not there", () => {
    const made = folder();
    const built = [write(made, "dist/cli.js", 100), write(made, "dist/index.html", 200)];
    const source = join(made.path, "source");
    write(made, "source/deep/one.ts", 50);
    write(made, "source/.hidden", 500);
    const manifest = write(made, "package.json", 60);
    expect(isOutOfDate([source, manifest, join(made.path, "nothing")], built)).toBe(false);
    write(made, "source/deep/two.ts", 150);
    expect(isOutOfDate([source, manifest], built)).toBe(true);
    write(made, "source/deep/two.ts", 99);
    expect(isOutOfDate([source, manifest], built)).toBe(false);
    write(made, "package.json", 101);
    expect(isOutOfDate([source, manifest], built)).toBe(true);
    expect(isOutOfDate([source], [...built, join(made.path, "dist/shell.js")])).toBe(true);
  });
});

describe("Electron's runtime", () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("obiscope-electron-"));

  it("is waited for as long as something arrives", async () => {
    const before = left().length;
    const made = folder();
    // A piece every 200 ms for two seconds, where 800 ms of silence are borne.
    made.write(
      "install.js",
      `const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
       const { tmpdir } = require("node:os");
       let pieces = 0;
       setInterval(() => {
         appendFileSync(tmpdir() + "/runtime.zip", "piece");
         if (++pieces < 10) return;
         mkdirSync(__dirname + "/dist");
         writeFileSync(__dirname + "/dist/electron", "");
         writeFileSync(__dirname + "/path.txt", "electron");
         process.exit();
       }, 200);`,
    );
    await fetchElectron(made.path, 800);
    expect(findRuntime(made.path, undefined)).toBe(join(made.path, "dist", "electron"));
    expect(left()).toHaveLength(before);
  });

  it("is given up where nothing arrives", async () => {
    const made = folder();
    made.write("install.js", "setInterval(() => {}, 1000);");
    await fetchElectron(made.path, 300);
    expect(findRuntime(made.path, undefined)).toBeNull();
  });

  it("is not there where its package cannot fetch it", async () => {
    const made = folder();
    made.write("install.js", "process.exit(1);");
    await fetchElectron(made.path, 10_000);
    expect(findRuntime(made.path, undefined)).toBeNull();
  });
});
