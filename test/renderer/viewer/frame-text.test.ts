import { expect, test } from "vitest";
import { lineOfApdu } from "../../../renderer/viewer/frame-text.js";

test("the line of the APDU is found in both formats, and in nothing else", () => {
  const json = JSON.stringify({ info: '  "apdu": {', layers: [], apdu: { name: "x" } }, null, 2);
  expect(json.split("\n")[(lineOfApdu(json) ?? 0) - 1]).toBe('  "apdu": {');
  expect(lineOfApdu(json)).toBe(4);
  expect(lineOfApdu("<frames>\n<frame>\n  <apdu>\n    <name>x</name>")).toBe(3);
  expect(lineOfApdu('{\n  "number": 1,\n  "tree": [{\n    "apdu": {}\n  }]\n}')).toBeUndefined();
});
