/** The library as other programs import it: by the package's own name. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "../..");

it("runs the README's example", () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const [, example = ""] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(example).toContain("obiscope/decoder");
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", example], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({ stdout: "SNRM\n", stderr: "" });
});

it("has its types where the package says", () => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(existsSync(join(folder, manifest.exports["./decoder"].types))).toBe(true);
});
