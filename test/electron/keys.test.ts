import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openKeyStore } from "../../electron/keys.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { safeStorageDouble } from "./electron-double.js";

const ring = '{"keySets":[{"authenticationKey":"d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"}]}';

const folders: TestFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function place() {
  const folder = new TestFolder();
  folders.push(folder);
  const troubles: string[] = [];
  const open = (
    storage: Parameters<typeof openKeyStore>[0] = safeStorageDouble(),
    platform: NodeJS.Platform = "linux",
  ) => openKeyStore(storage, platform, folder.path, (message) => troubles.push(message));
  return { folder, troubles, open };
}

describe("safe storage that is there", () => {
  it.each(["linux", "darwin", "win32"] as const)("keeps keys on %s", async (platform) => {
    const { folder, open, troubles } = place();
    const store = await open(safeStorageDouble("kwallet6"), platform);
    expect(await store.load()).toBeNull();
    expect(await store.keep(ring)).toEqual({
      isStored: true,
      storage: expect.stringMatching(/^Kept in a file that /),
    });
    const file = join(folder.path, "keys.bin");
    expect(readFileSync(file, "latin1")).not.toContain("d0d1d2");
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await (await open(safeStorageDouble("kwallet6"), platform)).load()).toBe(ring);
    expect(troubles).toEqual([]);
  });

  it("keeps the last of many rings", async () => {
    const { open } = place();
    const store = await open();
    await Promise.all(["1", "2", "3"].map((text) => store.keep(text)));
    expect(await (await open()).load()).toBe("3");
  });

  it("says so when it does not open any more what it has kept, without a word of it", async () => {
    const { open, troubles } = place();
    await (await open()).keep(ring);
    const changed = {
      ...safeStorageDouble(),
      decryptStringAsync: async () => {
        throw new Error(`cannot decrypt ${ring}`);
      },
    };
    expect(await (await open(changed)).load()).toBeNull();
    expect(troubles).toEqual([expect.stringContaining("cannot be decrypted")]);
    expect(troubles.join()).not.toContain("d0d1");
  });

  it("says that keys are not kept when the disk does not take them", async () => {
    const { folder, open } = place();
    // A folder stands where the draft of the file would be written.
    mkdirSync(join(folder.path, "keys.bin.new"));
    expect(await (await open()).keep(ring)).toEqual({
      isStored: false,
      storage: "Kept for this session only: the file of keys could not be written (EISDIR).",
    });
  });

  it("says that keys are not kept when they cannot be encrypted, without a word of them", async () => {
    const { open } = place();
    const store = await open({
      ...safeStorageDouble(),
      encryptStringAsync: async () => {
        throw new Error(ring);
      },
    });
    const { isStored, storage } = await store.keep(ring);
    expect(isStored).toBe(false);
    expect(storage).toContain("this session only");
    expect(storage).not.toContain("d0d1");
  });
});

describe("a system without safe storage", () => {
  it.each([
    ["no keyring", safeStorageDouble("basic_text"), "linux"],
    ["an unknown one", safeStorageDouble("unknown"), "linux"],
    ["one that is locked", safeStorageDouble("gnome_libsecret", false), "linux"],
    ["no keychain", safeStorageDouble("unknown", false), "darwin"],
  ] as const)("%s: says so, and writes nothing", async (_name, storage, platform) => {
    const { folder, open } = place();
    const store = await open(storage, platform);
    const kept = await store.keep(ring);
    expect(kept.isStored).toBe(false);
    expect(kept.storage).toMatch(/^Kept for this session only: this system has no safe place/);
    expect(() => readFileSync(join(folder.path, "keys.bin"))).toThrow("ENOENT");
    expect(await store.load()).toBeNull();
  });
});
