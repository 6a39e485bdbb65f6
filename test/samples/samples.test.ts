import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sampleFiles } from "./make-samples.js";

const folder = join(import.meta.dirname, "../../captures/samples");

it.for(Object.entries(sampleFiles))("%s is what its maker makes", ([name, make]) => {
  expect(readFileSync(join(folder, name)).equals(Buffer.from(make()))).toBe(true);
});
