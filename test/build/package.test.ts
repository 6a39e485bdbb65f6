/**
 * What is packaged, on a runtime that only looks like one: its binary has the wire of fuses that
 * Electron has, and nothing else.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { TestFolder } from "../analyzer/test-folder.js";

const root = join(import.meta.dirname, "../..");
const folder = new TestFolder();
const unpacked = join(folder.path, "out/linux-unpacked");
const binary = join(unpacked, "obiscope-desktop");

/** Where the fuses are in a binary: then their version, their number, and each as a digit, all on. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const fuses = [0x01, 9, ...Buffer.from("111111111")];

beforeAll(() => {
  mkdirSync(join(folder.path, "runtime/locales"), { recursive: true });
  mkdirSync(join(folder.path, "runtime/resources"));
  folder.write(
    "runtime/electron",
    Buffer.concat([Buffer.from(`#!/bin/sh\n# ${sentinel}`), Buffer.from(fuses)]),
  );
  folder.write("runtime/version", manifest.devDependencies.electron);
  for (const name of ["LICENSE", "LICENSES.chromium.html", "locales/en-US.pak", "locales/de.pak"]) {
    folder.write(`runtime/${name}`, "");
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/electron-builder/cli.js"),
      "--config",
      "build/electron-builder.mjs",
      "--linux",
      "dir",
      "--x64",
      `-c.electronDist=${join(folder.path, "runtime")}`,
      `-c.directories.output=${join(folder.path, "out")}`,
    ],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`electron-builder: ${status}\n${stdout}${stderr}`);
}, 120_000);
afterAll(() => folder.remove());

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  readonly offset?: string;
  /** It lies beside the archive, as a file. */
  readonly unpacked?: boolean;
}

/** The archive of the package: its paths, and the contents of one. */
function readArchive() {
  const bytes = readFileSync(join(unpacked, "resources/app.asar"));
  // Two pickles of Chromium: the length of the header, then the header as a string.
  const headerSize = bytes.readUInt32LE(4);
  const length = bytes.readUInt32LE(12);
  const header = JSON.parse(bytes.toString("utf8", 16, 16 + length)) as Entry;
  const contents = new Map<string, string>();
  const walk = (entry: Entry, path: string) => {
    if (entry.unpacked === true && entry.files === undefined) contents.set(path, "");
    else if (entry.files === undefined) {
      const start = 8 + headerSize + Number(entry.offset);
      contents.set(path, bytes.toString("utf8", start, start + (entry.size ?? 0)));
    }
    for (const [name, inside] of Object.entries(entry.files ?? {})) {
      walk(inside, path === "" ? name : `${path}/${name}`);
    }
  };
  walk(header, "");
  return contents;
}

function listFiles(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)));
}

describe("the package", () => {
  it("has bundles, page, licence and binaries of its system in its archive, nothing else", () => {
    const paths = [...readArchive().keys()];
    const page = listFiles(join(root, "dist/renderer"))
      .filter((path) => !path.endsWith(".map"))
      .map((path) => `dist/renderer/${path}`);
    expect(page).toContain("dist/renderer/index.html");
    const native = paths.filter((path) => path.startsWith("dist/prebuilds/"));
    expect(native.map((path) => path.split("/")[2])).toContain("linux-x64");
    for (const path of native) {
      expect(path).toMatch(/^dist\/prebuilds\/linux-.*\.node$/);
      expect(existsSync(join(unpacked, "resources/app.asar.unpacked", path)), path).toBe(true);
    }
    expect(paths.sort()).toEqual(
      [
        "LICENSE",
        "package.json",
        ...native,
        "dist/electron/capture.cjs",
        "dist/electron/engine.cjs",
        "dist/electron/main.cjs",
        "dist/electron/preload.cjs",
        ...page,
      ].sort(),
    );
  });

  it("has no paths of the machine that it was built on, and no key of the samples", () => {
    for (const [path, content] of readArchive()) {
      expect(content.includes(root), path).toBe(false);
      expect(content.includes("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"), path).toBe(false);
    }
  });

  it("starts at the shell, and has no scripts or tools of the project", () => {
    const own: unknown = JSON.parse(readArchive().get("package.json") ?? "");
    expect(own).toMatchObject({ name: "obiscope", main: "dist/electron/main.cjs" });
    expect(own).not.toHaveProperty("scripts");
    expect(own).not.toHaveProperty("devDependencies");
  });

  it("has the samples beside the archive, where the engine finds them", () => {
    expect(listFiles(join(unpacked, "resources/samples")).sort()).toEqual(
      readdirSync(join(root, "dist/samples")).sort(),
    );
    expect(readdirSync(join(unpacked, "locales"))).toEqual(["en-US.pak"]);
    expect(existsSync(join(unpacked, "resources/app"))).toBe(false);
  });

  it("has its fuses turned", async () => {
    const wire = await getCurrentFuseWire(binary);
    const on = FuseState.ENABLE;
    const off = FuseState.DISABLE;
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    });
  });
});

describe("the icons", () => {
  const icons = join(root, "build/icons");

  it("are of the sizes that their names say", () => {
    const pictures = readdirSync(icons).filter((name) => name.endsWith(".png"));
    expect(pictures).toHaveLength(8);
    for (const name of pictures) {
      // A PNG has its width and height after signature, length and type of its first chunk.
      const bytes = readFileSync(join(icons, name));
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}.png`).toBe(name);
    }
  });

  it("are complete for Windows and macOS", () => {
    const windows = readFileSync(join(icons, "icon.ico"));
    expect([windows.readUInt16LE(2), windows.readUInt16LE(4)]).toEqual([1, 7]);
    const mac = readFileSync(join(icons, "icon.icns"));
    expect(mac.toString("latin1", 0, 4)).toBe("icns");
    expect(mac.readUInt32BE(4)).toBe(mac.length);
  });
});
