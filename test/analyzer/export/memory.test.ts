/** Memory of an export does not grow with what it writes: measured in processes of their own. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeCapture } from "../../bench/captures.js";
import { TestFolder } from "../test-folder.js";

const project = join(import.meta.dirname, "../../..");
const folder = new TestFolder();
afterAll(() => folder.remove());

/** Exports a capture of so many packets as a page; gives megabytes. */
function measure(packets: number): { readonly peak: number; readonly written: number } {
  const capture = join(folder.path, `${packets}.pcap`);
  const page = join(folder.path, `${packets}.html`);
  writeCapture(capture, "mixed", packets);
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "--import",
      "./test/bench/sampled-memory.mjs",
      "dist/cli.js",
      "export",
      capture,
      "--out",
      page,
    ],
    { cwd: project, encoding: "utf8" },
  );
  expect(status).toBe(0);
  const bytes = Number(/sampled-memory (\d+)/.exec(stderr)?.[1]);
  return { peak: bytes / 1e6, written: statSync(page).size / 1e6 };
}

it("needs as much memory for 80,000 frames as for 20,000", () => {
  const few = measure(20_000);
  const many = measure(80_000);
  const figures = [few, many].map(
    ({ peak, written }) => `${written.toFixed(0)} MB written, ${peak.toFixed(0)} MB of memory`,
  );
  console.log(figures.join("; "));
  // A page that is held, as text or as frames, would need as much more as is written more.
  expect(many.peak - few.peak).toBeLessThan((many.written - few.written) / 2);
}, 120_000);
