import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { probeLlc, readLlc, readLlcSegment } from "../../../decoder/link/llc.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
  findNodes,
  toBytes,
} from "../dissect-bytes.js";

// u9n-llc-0001
const command = "e6e600601da109060760857405080101be10040e01000000065f1f0400001e1dffff";
// u9n-llc-0002
const response =
  "e6e7006129a109060760857405080101a203020100a305a103020100be10040e0800065f1f0400001e1d04c80007";

function read(input: Uint8Array | string) {
  const dissected = dissectBytes(input, readLlc);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return { ...dissected, llc: dissected.dissection.link["llc"] };
}

test.each([
  ["command", command, 0xe6],
  ["response", response, 0xe7],
])("%s", (word, hex, source) => {
  const result = read(hex);
  expect(result.codes).toEqual([]);
  expect(result.llc).toEqual({ "destination-lsap": 0xe6, "source-lsap": source, quality: 0 });
  expect(result.dissection.layers).toEqual(["test", "llc"]);
  expect(result.next?.kind).toBe("apdu");
  expect(result.next?.cursor.offset).toBe(3);
  const lsap = findNode(result.tree, "llc.source-lsap");
  expect(lsap.field.values?.[source]).toBe(word);
  expect(lsap).toMatchObject({ start: 1, end: 2 });
});

test("a quality other than 0 is noted", () => {
  const result = read("e6e701c401c10009055630343131");
  expect(result.codes).toEqual(["llc.quality"]);
  expect(result.diagnostics[0]).toMatchObject({ start: 2, end: 3 });
  expect(result.next?.kind).toBe("apdu");
});

test("a doubled header: the second counts", () => {
  const result = read("e6e600 e6e700 c401c10009055630343131");
  expect(result.codes).toEqual(["llc.doubled"]);
  expect(result.diagnostics[0]).toMatchObject({ start: 3, end: 6 });
  expect(result.llc).toMatchObject({ "source-lsap": 0xe7 });
  expect(result.next?.cursor.offset).toBe(6);
});

test("a gateway-request is no second header", () => {
  // E6, network-id E6, an address of 5 bytes
  const result = read("e6e600 e6e605 3132333435 c001c1000f0000280000ff0200");
  expect(result.codes).toEqual([]);
  expect(result.next?.cursor.offset).toBe(3);
});

test("something else", () => {
  const result = read("c001c1000f0000280000ff0200");
  expect(result.codes).toEqual(["llc.lsap"]);
  expect(result.next).toBeUndefined();
  expect(findNode(result.tree, "core.undecoded")).toMatchObject({ start: 0, end: 13 });
});

test("prefixes of the header", () => {
  expectPrefixes("e6e700", readLlc);
});

describe("first segment", () => {
  const readSegment = (hex: string) => {
    const dissected = dissectBytes(hex, readLlcSegment);
    expectTiled(dissected.tree, hex);
    return dissected;
  };

  test("names the APDU that begins", () => {
    const result = readSegment("e6e700c401c1000107");
    expect(result.codes).toEqual([]);
    expect(result.next).toBeUndefined();
    expect(result.dissection.link["llc"]).toMatchObject({ begins: "get-response" });
    expect(findNode(result.tree, "llc.segment").note).toBe("begins get-response");
  });

  test("of no known APDU", () => {
    const result = readSegment("e6e700ff0102");
    expect(result.dissection.link["llc"]).not.toHaveProperty("begins");
    expect(findNode(result.tree, "llc.segment").note).toBe("begins no known APDU");
  });

  test("without an APDU", () => {
    expect(findNodes(readSegment("e6e700").tree, "llc.segment")).toEqual([]);
  });
});

describe("probe", () => {
  test("a message is as long as its bytes", () => {
    const bytes = toBytes(command);
    expect(probeLlc(bytes, 0, true)).toBe(bytes.length);
    expect(probeLlc(bytes, 0, false)).toBe(0);
    expect(probeLlc(toBytes(`0000${command}`), 2, true)).toBe(bytes.length);
  });

  test.each([
    ["", 0, -1],
    ["e6", 0, -1],
    ["e6e6", 0, -1],
    ["e6e700", 0, -1],
    ["e6e700c4", 0, 4],
    ["e6e701c4", -1, -1],
    ["e6e5", -1, -1],
    ["c001", -1, -1],
  ])("%s", (hex, open, ended) => {
    expect(probeLlc(toBytes(hex), 0, false)).toBe(open);
    expect(probeLlc(toBytes(hex), 0, true)).toBe(ended);
  });
});

test("random bytes throw nothing", () => {
  const bytes = fc.uint8Array({ maxLength: 12 });
  const behindHeader = bytes.map((rest) => Uint8Array.of(0xe6, 0xe7, ...rest));
  fc.assert(
    fc.property(fc.oneof(bytes, behindHeader), (input) => {
      read(input);
    }),
  );
});
