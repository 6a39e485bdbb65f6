import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Downloads, fileName } from "../../electron/downloads.js";
import { TestFolder } from "../analyzer/test-folder.js";

const folders: TestFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

async function exported() {
  const folder = new TestFolder();
  folders.push(folder);
  const waiting = join(folder.path, "exports");
  const downloads = new Downloads(waiting);
  const { path, download } = await downloads.create("../trace.csv");
  writeFileSync(path, "No,Info\n");
  return { folder, waiting, downloads, path, download };
}

describe("an exported file", () => {
  it("waits in the folder of exports, whatever its name is", async () => {
    const { waiting, path } = await exported();
    expect(readdirSync(waiting).map((name) => join(waiting, name))).toEqual([path]);
    expect(path).toMatch(/-trace\.csv$/);
  });

  it("is moved to where the user wants it", async () => {
    const { folder, downloads, path, download } = await exported();
    const target = join(folder.path, "mine.csv");
    expect(await downloads.save(download, async () => target)).toBe(true);
    expect(readFileSync(target, "utf8")).toBe("No,Info\n");
    expect(existsSync(path)).toBe(false);
    await expect(downloads.save(download, async () => target)).rejects.toThrow(
      "not there any more",
    );
  });

  it("is removed when the user thinks better of it", async () => {
    const { downloads, path, download } = await exported();
    expect(await downloads.save(download, async () => null)).toBe(false);
    expect(existsSync(path)).toBe(false);
  });

  it("stays for another try when it cannot be written there", async () => {
    const { folder, downloads, path, download } = await exported();
    const nowhere = join(folder.path, "no such folder", "x.csv");
    await expect(downloads.save(download, async () => nowhere)).rejects.toThrow(
      `${nowhere} cannot be written (ENOENT).`,
    );
    expect(existsSync(path)).toBe(true);
  });

  it("does not outlast the application", async () => {
    const { downloads, waiting } = await exported();
    await downloads.clear();
    expect(existsSync(waiting)).toBe(false);
  });
});

describe("the name of a file", () => {
  it.each([
    ["trace.pcapng", "trace.pcapng"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["a:b*c?.csv", "a_b_c_.csv"],
    [".bashrc", "bashrc"],
    ["x\u0000y\n.txt", "x_y_.txt"],
    ["..", "export"],
    ["", "export"],
  ])("%j becomes %j", (name, safe) => {
    expect(fileName(name)).toBe(safe);
  });
});
