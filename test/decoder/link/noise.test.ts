import { expect, it } from "vitest";
import { readNoise } from "../../../decoder/link/noise.js";
import { dissectBytes, expectTiled, findNode, toBytes } from "../dissect-bytes.js";

it.each([
  ["7e7e7e", "noise.fill", "3 flags", "noise.bytes"],
  // Corpus README: ASCII NEXERRORNO-1 between frames.
  ["4e45584552524f524e4f2d310d0a", "noise.text", '"NEXERRORNO-1"', "noise.text"],
  ["0a", "noise.text", '"\\n"', "noise.text"],
  ["00", "noise.bytes", "1 byte", "noise.bytes"],
])("%s is explained by %s", (hex, code, detail, leaf) => {
  const { codes, diagnostics, tree } = dissectBytes(hex, readNoise);
  expect(codes).toEqual([code]);
  expect(diagnostics[0]?.message).toMatch(new RegExp(`: .*${detail.replaceAll("\\", "\\\\")}$`));
  expect(findNode(tree, leaf)).toMatchObject({ start: 0, end: toBytes(hex).length });
  expectTiled(tree, hex);
});
