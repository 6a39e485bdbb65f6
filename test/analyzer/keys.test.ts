import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadKeyFile } from "../../analyzer/index.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "obiscope-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("loads a key file", async () => {
  const path = join(folder, "keys.json");
  writeFileSync(
    path,
    '{"keySets":[{"name":"m","authenticationKey":"00112233445566778899aabbccddeeff"}]}',
  );
  const [set] = await loadKeyFile(path);
  expect(set?.name).toBe("m");
  expect(set?.authenticationKey).toHaveLength(16);
});

it("names the file and the field of a wrong key, not the key", async () => {
  const path = join(folder, "bad.json");
  writeFileSync(path, '{"keySets":[{"name":"m","masterKey":"00112233"}]}');
  await expect(loadKeyFile(path)).rejects.toThrow(/bad\.json.*masterKey/s);
  await expect(loadKeyFile(path)).rejects.not.toThrow(/00112233/);
});

it("says that a key file is missing", async () => {
  await expect(loadKeyFile(join(folder, "none.json"))).rejects.toThrow(/none\.json.*ENOENT/s);
});
