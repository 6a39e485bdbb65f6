/** The README's examples: every command runs, and what it shows is what comes out. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "../..");
const readme = readFileSync(join(folder, "README.md"), "utf8");

/** Blocks of the form: ```console, `$ command` and its output. */
const sessions = [...readme.matchAll(/```console\n\$ (.+)\n([\s\S]*?)```/g)].map(
  ([, command = "", output = ""]) => ({ command, output }),
);

it("has examples", () => {
  expect(sessions.length).toBeGreaterThanOrEqual(3);
});

it.for(sessions)("$command", ({ command, output }) => {
  const [, ...rest] = command.split("npx obiscope");
  expect(rest, "examples call npx obiscope").not.toHaveLength(0);
  const shell = command.replaceAll("npx obiscope", `${process.execPath} dist/cli.js`);
  const { stdout, stderr } = spawnSync("sh", ["-c", shell], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout.trimEnd()).toBe(output.trimEnd());
});
