import fc from "fast-check";
import { expect, test } from "vitest";
import { readLlc61334 } from "../../../decoder/link/llc-61334.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
} from "../dissect-bytes.js";

function read(input: Uint8Array | string) {
  const dissected = dissectBytes(input, readLlc61334);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return { ...dissected, llc: dissected.dissection.link["llc-61334"] };
}

test("AARQ of a PRIME network", () => {
  // matousp-432-0001, frame 0, up to the calling AP title
  const result = read("9001046066a109060760857405080103a60a040843495200075bcd15");
  expect(result.codes).toEqual([]);
  expect(result.llc).toEqual({ control: 0x90, "destination-sap": 1, "source-sap": 4 });
  expect(result.dissection.layers).toEqual(["test", "llc-61334"]);
  expect(result.next?.kind).toBe("apdu");
  expect(result.next?.cursor.offset).toBe(3);
  expect(findNode(result.tree, "llc-61334.destination-sap")).toMatchObject({ start: 1, end: 2 });
  expect(findNode(result.tree, "llc-61334.source-sap")).toMatchObject({ start: 2, end: 3 });
});

test("another control field is reported, and read on", () => {
  const result = read("800401c401c10009055630343131");
  expect(result.codes).toEqual(["llc-61334.control"]);
  expect(result.next?.cursor.offset).toBe(3);
});

test("prefixes of the header", () => {
  expectPrefixes("900104", readLlc61334);
});

test("random bytes throw nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), (input) => {
      read(input);
    }),
  );
});
