/** The document beside the tables says how large they are; what it says must be so. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findClass, listClassIds } from "../../../decoder/cosem/find-class.js";
import { packs } from "../../../decoder/cosem/packs/all-packs.js";
import { habits } from "../../../decoder/cosem/packs/positional-habits.js";
import { listUnits } from "../../../decoder/cosem/units.js";

const folder = join(import.meta.dirname, "../../../decoder/cosem");
const text = readFileSync(join(folder, "README.md"), "utf8");

function countLines(lines = ""): number {
  return lines.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")).length;
}

it("has the sizes of the tables", () => {
  const ids = listClassIds();
  const versions = ids.flatMap((id) => Object.values(findClass(id)?.versions ?? {}));
  const sum = (count: (version: (typeof versions)[number]) => number) =>
    versions.reduce((total, version) => total + count(version), 0);
  const attributes = sum((version) => Object.keys(version.attributes).length);
  const methods = sum((version) => Object.keys(version.methods).length);
  const classes = `${ids.length} classes, ${versions.length} versions`;
  expect(text).toContain(`${classes}, ${attributes} attributes, ${methods} methods`);
  expect(text).toContain(`${listUnits().length} units`);
  const total = (part: "objects" | "events" | "bits") =>
    packs.reduce((sumOfPacks, pack) => sumOfPacks + countLines(pack[part]), 0);
  const lines = `${total("objects")} objects, ${total("events")} events, ${total("bits")} bits`;
  expect(text).toContain(`${packs.length} packs: ${lines}`);
  expect(text).toContain(`${habits.length} habits`);
});
