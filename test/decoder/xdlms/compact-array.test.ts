import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Data, decodeData } from "../../../decoder/xdlms/data.js";
import {
  decodeBytes,
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
  findNodes,
  toBytes,
} from "../dissect-bytes.js";

const unsigned = (value: number): Data => ({ type: "unsigned", value });
const longUnsigned = (value: number): Data => ({ type: "long-unsigned", value });
const octets = (hex: string): Data => ({ type: "octet-string", value: toBytes(hex) });
const structure = (...value: Data[]): Data => ({ type: "structure", value });
const array = (...value: Data[]): Data => ({ type: "array", value });

// The encodings are worked out by hand from the ASN.1 of IEC 62056-5-3:
//   compact-array [19] ::= SEQUENCE { contents-description TypeDescription, array-contents OCTET STRING }
//   TypeDescription: array [1] SEQUENCE { number-of-elements Unsigned16, type-description },
//                    structure [2] SEQUENCE OF TypeDescription, any other type its tag alone
describe("elements of one type", () => {
  test.each<[string, string, readonly Data[]]>([
    ["long-unsigned", "13 12 | 06 | 0001 0002 ffff", [1, 2, 0xffff].map(longUnsigned)],
    ["no elements", "13 12 | 00 |", []],
    // octet-strings keep their lengths in the contents
    ["octet-strings", "13 09 | 07 | 01 aa 00 03 0102ff", ["aa", "", "0102ff"].map(octets)],
    [
      "bit-strings of 3 and 9 bits",
      "13 04 | 05 | 03 a0 09 ff 80",
      [
        { type: "bit-string", value: "101" },
        { type: "bit-string", value: "111111111" },
      ],
    ],
    ["64-bit integers", "13 14 | 08 | ff ff ff ff ff ff ff fe", [{ type: "long64", value: -2n }]],
    ["a length in the long form", "13 11 | 81 02 | 05 06", [unsigned(5), unsigned(6)]],
    [
      "arrays of two",
      "13 01 0002 11 | 04 | 01 02 03 04",
      [array(unsigned(1), unsigned(2)), array(unsigned(3), unsigned(4))],
    ],
    [
      "empty arrays and a byte",
      "13 02 02 01 0000 11 11 | 01 | 07",
      [structure(array(), unsigned(7))],
    ],
    [
      "structures of clock-like octets, a number and an array of structures",
      // structure { octet-string, long-unsigned, array 2 of structure { unsigned } }
      "13 02 03 09 12 01 0002 02 01 11 | 0d | 02 0a0b 1234 01 02 | 01 0c 5678 03 04",
      [
        structure(
          octets("0a0b"),
          longUnsigned(0x1234),
          array(structure(unsigned(1)), structure(unsigned(2))),
        ),
        structure(
          octets("0c"),
          longUnsigned(0x5678),
          array(structure(unsigned(3)), structure(unsigned(4))),
        ),
      ],
    ],
    [
      "a column of null-data",
      "13 02 02 00 11 | 02 | 01 02",
      [1, 2].map((value) => structure({ type: "null-data", value: null }, unsigned(value))),
    ],
  ])("%s", (_, text, expected) => {
    const hex = text.replaceAll("|", "");
    const { value, tree, codes } = dissectBytes(hex, decodeData);
    expect(codes).toEqual([]);
    expect(value).toEqual({ type: "compact-array", value: expected });
    expect(decodeBytes(hex, decodeData)).toEqual(value);
    expectTiled(tree, hex);
    expectPrefixes(hex, decodeData);
  });

  test("stand in the tree one by one", () => {
    // 13, description 02 02 12 16, length 06, two elements of three bytes
    const { tree } = dissectBytes("13 02 02 12 16 06 0001 02 0003 04", decodeData);
    expect(findNode(tree, "data.compact-array")).toMatchObject({ start: 0, end: 12 });
    expect(findNode(tree, "data.compact-array.contents-description")).toMatchObject({
      start: 1,
      end: 5,
    });
    expect(findNode(tree, "data.compact-array.array-contents")).toMatchObject({
      start: 5,
      value: 6,
    });
    expect(
      findNodes(tree, "data.structure").map(({ start, end, children }) => [
        start,
        end,
        children?.map(({ field, value }) => [field.id, value]),
      ]),
    ).toEqual([
      [
        6,
        9,
        [
          ["data.long-unsigned", 1],
          ["data.enum", 2],
        ],
      ],
      [
        9,
        12,
        [
          ["data.long-unsigned", 3],
          ["data.enum", 4],
        ],
      ],
    ]);
  });

  test("inside other data", () => {
    const { value, codes } = dissectBytes("02 02 13 11 01 07 11 08", decodeData);
    expect(codes).toEqual([]);
    expect(value).toEqual(structure({ type: "compact-array", value: [unsigned(7)] }, unsigned(8)));
  });
});

describe("contents that do not fit the description", () => {
  test("bytes left over are reported, and what follows is still read", () => {
    const { value, tree, diagnostics } = dissectBytes("02 02 13 12 03 0001 02 11 09", decodeData);
    expect(value).toEqual(
      structure({ type: "compact-array", value: [longUnsigned(1)] }, unsigned(9)),
    );
    expect(diagnostics).toMatchObject([
      { definition: { code: "data.compact-array-contents" }, start: 7, end: 8 },
    ]);
    expect(findNode(tree, "core.undecoded")).toMatchObject({ start: 7, end: 8 });
  });

  test("an element that would reach beyond the contents is not read", () => {
    const { value, codes } = dissectBytes("13 09 04 01aa 05bb", decodeData);
    expect(value).toEqual({ type: "compact-array", value: [octets("aa")] });
    expect(codes).toEqual(["data.compact-array-contents"]);
  });

  test.each([
    ["null-data", "13 00 02 aa bb"],
    ["dont-care", "13 ff 02 aa bb"],
    ["a structure of nothing", "13 02 00 02 aa bb"],
    ["an array of nothing", "13 01 0000 11 02 aa bb"],
  ])("%s takes no bytes: no endless loop", (_, hex) => {
    const { value, tree, codes } = dissectBytes(hex, decodeData);
    expect(value).toEqual({ type: "compact-array", value: [] });
    expect(codes).toEqual(["data.compact-array-contents"]);
    expectTiled(tree, hex);
  });

  test("contents that the frame cuts off keep the elements that are there", () => {
    const { failure, tree } = dissectBytes("13 11 0a 01 02", decodeData);
    expect(failure?.definition.code).toBe("core.truncated");
    expect(findNodes(tree, "data.unsigned").map(({ value }) => value)).toEqual([1, 2]);
  });
});

describe("descriptions", () => {
  test.each(["08", "13", "22"])("type %s cannot stand in one", (tag) => {
    const { failure } = dissectBytes(`13 02 01 ${tag} 00`, decodeData);
    expect(failure).toMatchObject({ definition: { code: "data.unknown-type" }, start: 3, end: 4 });
  });

  test("elements without bytes cannot blow up a short message", () => {
    // 65535 times 65535 null-data
    const { failure } = dissectBytes("13 02 02 01 ffff 01 ffff 00 11 01 00", decodeData);
    expect(failure?.definition.code).toBe("data.compact-array-empty");
  });

  test("nest no deeper than the limit, the data around them counted", () => {
    const limits = { depth: 4, nodes: 100 };
    const nested = (depth: number) => `01 01 13 ${"02 01 ".repeat(depth)} 11 01 05`;
    expect(dissectBytes(nested(2), decodeData, { limits }).codes).toEqual([]);
    expect(dissectBytes(nested(3), decodeData, { limits }).codes).toEqual(["core.depth-limit"]);
  });

  test("elements count against the limit of the message", () => {
    const limits = { depth: 64, nodes: 3 };
    expect(dissectBytes("13 11 03 01 02 03", decodeData, { limits }).codes).toEqual([]);
    expect(dissectBytes("13 11 04 01 02 03 04", decodeData, { limits }).codes).toEqual([
      "core.node-limit",
    ]);
  });
});

test("any bytes behind the tag: the layer's diagnostics at most, the leaves tile", () => {
  const byte = fc.oneof(
    fc.constantFrom(0, 1, 2, 4, 9, 10, 12, 17, 18, 255),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
      const input = Uint8Array.of(19, ...bytes);
      const dissected = dissectBytes(input, decodeData);
      expectInBounds(dissected);
      expectTiled(dissected.tree, input);
    }),
    { numRuns: 1000 },
  );
});

// A second way of encoding: the same values with tags.
test("a compact array holds what the array of the same elements holds", () => {
  const row = fc.tuple(fc.nat(0xffff), fc.uint8Array({ maxLength: 20 }));
  const u16 = (value: number) => [value >> 8, value & 0xff];
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const contents = rows.flatMap(([number, bytes]) => [...u16(number), bytes.length, ...bytes]);
      const compact = Uint8Array.of(19, 2, 2, 18, 9, 0x82, ...u16(contents.length), ...contents);
      const plain = Uint8Array.of(
        1,
        rows.length,
        ...rows.flatMap(([number, bytes]) => [2, 2, 18, ...u16(number), 9, bytes.length, ...bytes]),
      );
      expect(decodeBytes(compact, decodeData)?.value).toEqual(
        decodeBytes(plain, decodeData)?.value,
      );
    }),
  );
});
