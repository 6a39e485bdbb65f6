// Everything a change must pass: types, format and lint, layering, unused code, tests.
// Ends with the number of tests that ran and `N passed, N failed`; the gates count as tests.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const report = join(mkdtempSync(join(tmpdir(), "obiscope-test-")), "report.json");

const gates = [
  ["build", "node", ["build/build.mjs"]],
  ["types", "tsc", ["-b", "--pretty", "false"]],
  ["format and lint", "biome", ["ci", "--colors=off", "--max-diagnostics=20", "."]],
  ["layering", "node", ["build/check-layers.mjs"]],
  ["unused code", "knip", ["--no-progress"]],
];

let passed = 0;
let failed = 0;
for (const [name, command, args] of gates) {
  const { ok, seconds } = run(command, args);
  console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (ok) passed += 1;
  else failed += 1;
}

const tests = run("vitest", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
]);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  passed += numPassedTests;
  failed += numFailedTests;
  console.log(`${numPassedTests + numFailedTests} tests ran, ${numPendingTests} did not`);
  if (numPassedTests + numFailedTests === 0) failed += 1;
}
// A test file that cannot even be loaded fails the run without failing a test.
if (!tests.ok && failed === 0) failed += 1;
rmSync(report, { force: true });

const corpus = process.env.OBISCOPE_CORPUS ?? join(root, "../shared/corpus");
if (!existsSync(join(corpus, "items.jsonl"))) {
  console.log("The corpus of real captures is not here: its part of the tests did not run.");
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command, args) {
  const started = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}` },
  });
  return { ok: status === 0, seconds: ((Date.now() - started) / 1000).toFixed(1) };
}
