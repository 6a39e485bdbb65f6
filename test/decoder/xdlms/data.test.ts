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

/** Bytes, type, value and field: A-XDR is the tag, then big-endian contents. */
const simple: readonly [hex: string, field: string, expected: Data][] = [
  ["00", "data.null-data", { type: "null-data", value: null }],
  ["03 00", "data.boolean", { type: "boolean", value: false }],
  ["03 01", "data.boolean", { type: "boolean", value: true }],
  ["03 ff", "data.boolean", { type: "boolean", value: true }],
  // 10 bits: 1010 0101 11, six spare bits that are set all the same
  ["04 0a a5 ff", "data.bit-string", { type: "bit-string", value: "1010010111" }],
  ["04 00", "data.bit-string", { type: "bit-string", value: "" }],
  ["05 7f ff ff ff", "data.double-long", { type: "double-long", value: 2 ** 31 - 1 }],
  ["05 ff ff ff fe", "data.double-long", { type: "double-long", value: -2 }],
  [
    "06 ff ff ff ff",
    "data.double-long-unsigned",
    { type: "double-long-unsigned", value: 2 ** 32 - 1 },
  ],
  // IEEE 754: sign 0, exponent 0x7f + 1, mantissa 1.5
  ["07 40 40 00 00", "data.floating-point", { type: "floating-point", value: 3 }],
  ["09 03 01 02 ff", "data.octet-string", { type: "octet-string", value: toBytes("0102ff") }],
  ["09 00", "data.octet-string", { type: "octet-string", value: toBytes("") }],
  ["09 81 02 aa bb", "data.octet-string", { type: "octet-string", value: toBytes("aabb") }],
  ["0a 03 41 e9 00", "data.visible-string", { type: "visible-string", value: "A\u00e9\u0000" }],
  ["0c 05 c3 a9 e2 82 ac", "data.utf8-string", { type: "utf8-string", value: "\u00e9\u20ac" }],
  ["0d 42", "data.bcd", { type: "bcd", value: 42 }],
  ["0f 80", "data.integer", { type: "integer", value: -128 }],
  ["10 80 00", "data.long", { type: "long", value: -32768 }],
  ["11 ff", "data.unsigned", { type: "unsigned", value: 255 }],
  ["12 ff fe", "data.long-unsigned", { type: "long-unsigned", value: 65534 }],
  ["14 80 00 00 00 00 00 00 01", "data.long64", { type: "long64", value: -(2n ** 63n) + 1n }],
  [
    "15 ff ff ff ff ff ff ff ff",
    "data.long64-unsigned",
    { type: "long64-unsigned", value: 2n ** 64n - 1n },
  ],
  ["16 1e", "data.enum", { type: "enum", value: 30 }],
  // sign 1, exponent 0x7f, mantissa 1.5
  ["17 bf c0 00 00", "data.float32", { type: "float32", value: -1.5 }],
  ["18 40 09 21 fb 54 44 2d 18", "data.float64", { type: "float64", value: Math.PI }],
  ["1c ff", "data.delta-integer", { type: "delta-integer", value: -1 }],
  ["1d ff 00", "data.delta-long", { type: "delta-long", value: -256 }],
  ["1e ff ff ff 00", "data.delta-double-long", { type: "delta-double-long", value: -256 }],
  ["1f ff", "data.delta-unsigned", { type: "delta-unsigned", value: 255 }],
  ["20 ff 00", "data.delta-long-unsigned", { type: "delta-long-unsigned", value: 65280 }],
  [
    "21 ff ff ff ff",
    "data.delta-double-long-unsigned",
    { type: "delta-double-long-unsigned", value: 2 ** 32 - 1 },
  ],
  ["ff", "data.dont-care", { type: "dont-care", value: null }],
];

describe("a simple type", () => {
  test.each(simple)("%s is %s", (hex, field, expected) => {
    const { value, tree, codes } = dissectBytes(hex, decodeData);
    expect(value).toEqual(expected);
    expect(codes).toEqual([]);
    // tag, length and contents are one leaf
    expect(tree).toHaveLength(1);
    expect(findNode(tree, field)).toMatchObject({ start: 0, end: toBytes(hex).length });
    expect(tree[0]?.children).toBeUndefined();
    expect(decodeBytes(hex, decodeData)).toEqual(expected);
  });

  test.each(simple)("%s: every prefix fails and keeps its bounds", (hex) => {
    expectPrefixes(hex, decodeData);
  });
});

describe("date and time types are groups of their parts", () => {
  // 2019-12-16, Monday, 07:59:40, hundredths open, deviation -60, daylight saving not active
  const dateTime = "19 07e3 0c 10 01 07 3b 28 ff ffc4 00";

  test.each<[string, string, Data]>([
    [dateTime, "data.date-time", { type: "date-time", value: "2019-12-16T07:59:40+01:00" }],
    ["1a 07e3 0c 10 01", "data.date", { type: "date", value: "2019-12-16" }],
    ["1b 07 3b 28 32", "data.time", { type: "time", value: "07:59:40.50" }],
  ])("%s", (hex, field, expected) => {
    const { value, tree, codes } = dissectBytes(hex, decodeData);
    expect(value).toEqual(expected);
    expect(codes).toEqual([]);
    expect(findNode(tree, field).value).toBe(expected.value);
    expect(findNode(tree, "data.type")).toMatchObject({ start: 0, end: 1 });
    expectTiled(tree, hex);
    expectPrefixes(hex, decodeData);
  });
});

describe("arrays and structures", () => {
  // structure { array { unsigned 1, unsigned 2 }, structure {}, long -1 }
  const nested = "02 03 | 01 02 11 01 11 02 | 02 00 | 10 ff ff".replaceAll("|", "");

  test("nest", () => {
    const { value, tree, codes } = dissectBytes(nested, decodeData);
    expect(value).toEqual({
      type: "structure",
      value: [
        {
          type: "array",
          value: [
            { type: "unsigned", value: 1 },
            { type: "unsigned", value: 2 },
          ],
        },
        { type: "structure", value: [] },
        { type: "long", value: -1 },
      ],
    });
    expect(codes).toEqual([]);
    expect(findNode(tree, "data.structure")).toMatchObject({ start: 0, end: 13 });
    expect(findNode(tree, "data.array")).toMatchObject({ start: 2, end: 8 });
    expect(findNodes(tree, "data.count").map(({ value }) => value)).toEqual([3, 2, 0]);
    expectTiled(tree, nested);
    expectPrefixes(nested, decodeData);
  });

  test("a count in the long form", () => {
    // 0x81 0x80: 128 elements
    const bytes = toBytes(`01 81 80 ${"00".repeat(128)}`);
    expect(decodeBytes(bytes, decodeData)?.value).toHaveLength(128);
  });

  test("a count that the bytes do not hold costs nothing and is cut off", () => {
    const { failure, tree, value } = dissectBytes("01 84 ff ff ff ff 11 01 11 02", decodeData);
    expect(value).toBeUndefined();
    expect(failure?.definition.code).toBe("core.truncated");
    expect(findNodes(tree, "data.unsigned").map(({ value }) => value)).toEqual([1, 2]);
  });

  test("as deep as the limit, and one deeper", () => {
    const limits = { depth: 3, nodes: 100 };
    const deep = (depth: number) => `${"01 01 ".repeat(depth)}00`;
    expect(dissectBytes(deep(3), decodeData, { limits }).codes).toEqual([]);
    const { failure, tree, codes } = dissectBytes(deep(4), decodeData, { limits });
    expect(codes).toEqual(["core.depth-limit"]);
    expect(failure).toMatchObject({ start: 6, end: 7 });
    expectTiled(tree, deep(4));
  });

  test("a message full of opened arrays does not exhaust the stack", () => {
    const { codes } = dissectBytes(new Uint8Array(100_000).fill(1), decodeData);
    expect(codes).toEqual(["core.depth-limit"]);
  });

  test("more elements than the limit", () => {
    const limits = { depth: 64, nodes: 4 };
    expect(dissectBytes("01 04 00 00 00 00", decodeData, { limits }).codes).toEqual([]);
    const { codes } = dissectBytes("01 05 00 00 00 00 00", decodeData, { limits });
    expect(codes).toEqual(["core.node-limit"]);
  });
});

describe("what is wrong is said", () => {
  test.each([8, 11, 14, 34, 0x60, 254])("tag %i is no type", (tag) => {
    const { failure, tree } = dissectBytes(Uint8Array.of(2, 1, tag, 0), decodeData);
    expect(failure).toMatchObject({ start: 2, end: 3 });
    expect(failure?.definition.code).toBe("data.unknown-type");
    expectTiled(tree, Uint8Array.of(2, 1, tag, 0));
  });

  test("a length of the indefinite form", () => {
    const { failure } = dissectBytes("09 80 01", decodeData);
    expect(failure).toMatchObject({ start: 1, end: 2 });
    expect(failure?.definition.code).toBe("axdr.length-form");
  });

  test("a bcd byte with a hexadecimal digit is its plain number", () => {
    const { value, diagnostics } = dissectBytes("0d 4b", decodeData);
    expect(value).toEqual({ type: "bcd", value: 0x4b });
    expect(diagnostics).toMatchObject([{ definition: { code: "data.bcd-digits" }, start: 1 }]);
  });

  test("a utf8-string that is Latin-1", () => {
    const { value, diagnostics } = dissectBytes("0c 03 41 e9 42", decodeData);
    expect(value).toEqual({ type: "utf8-string", value: "A\ufffdB" });
    expect(diagnostics).toMatchObject([
      { definition: { code: "data.utf8", severity: "warning" }, start: 2, end: 5 },
    ]);
  });

  test("bytes behind the value", () => {
    expect(dissectBytes("11 01 00", decodeData).codes).toEqual(["core.trailing-bytes"]);
  });
});

test("utf8-strings read as TextDecoder reads them", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const utf8ish = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
      fc.constantFrom("e0 80", "ed a0 80", "f0 8f", "f4 90", "f8", "c1", "e2 82").map(toBytes),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(utf8ish, (parts) => {
      const contents = parts.flatMap((part) => [...part]);
      fc.pre(contents.length < 128);
      const bytes = Uint8Array.of(12, contents.length, ...contents);
      const expected = decoder.decode(Uint8Array.from(contents));
      expect(decodeBytes(bytes, decodeData)?.value).toBe(expected);
    }),
  );
});

// esphome-libs-dlms-parser-pdu-0003 (Sagemcom XT211), shortened to two objects; its published
// decode has 0.0.96.14.0.255 = "T2" and 1.0.1.8.0.255 = 4913794
test("a list of attribute descriptors that are sent without tags", () => {
  const hex = `02 02 16 01 01 02
    02 02 0001 0000600e00ff 02 09 02 54 32
    02 02 0003 0100010800ff 02 06 004afa82`;
  const { value, tree, codes } = dissectBytes(hex, decodeData);
  const object = (classId: number, name: string, value: Data): Data => ({
    type: "structure",
    value: [
      {
        type: "structure",
        value: [
          { type: "long-unsigned", value: classId },
          { type: "octet-string", value: toBytes(name) },
          { type: "integer", value: 2 },
        ],
      },
      value,
    ],
  });
  expect(value).toEqual({
    type: "structure",
    value: [
      { type: "enum", value: 1 },
      {
        type: "array",
        value: [
          object(1, "0000600e00ff", { type: "octet-string", value: toBytes("5432") }),
          object(3, "0100010800ff", { type: "double-long-unsigned", value: 4913794 }),
        ],
      },
    ],
  });
  expect(codes).toEqual(["data.untagged-descriptor"]);
  expect(findNode(tree, "data.untagged-descriptor.obis").note).toBe("0-0:96.14.0*255");
  expectTiled(tree, hex);
  const bytes = toBytes(hex);
  for (let length = 0; length < bytes.length; length++) {
    const prefix = dissectBytes(bytes.subarray(0, length), decodeData);
    expectInBounds(prefix);
    expectTiled(prefix.tree, bytes.subarray(0, length));
  }
});

test("structures that start with null-data are no such list", () => {
  const hex = "01 02 02 02 00 12 0001 02 02 00 12 0002";
  expect(dissectBytes(hex, decodeData).codes).toEqual([]);
});

// nooxnet-smart-meter-mbus-dlm-pdu-0001, the first two values of its notification
test("a clock, a name and a number as a meter pushes them", () => {
  const hex = "02 02 09 0c 07e60b0c0610360000ffc400 09 06 0100010800ff";
  const { tree, codes } = dissectBytes(hex, decodeData);
  expect(codes).toEqual([]);
  expect(findNodes(tree, "data.octet-string").map(({ note }) => note)).toEqual([
    "2022-11-12T16:54:00+01:00",
    "1-0:1.8.0*255",
  ]);
});

const tags = [...Array(34).keys(), 255];
const dataLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(...tags),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ max: 255, min: 0 }),
    ),
    { maxLength: 60 },
  )
  .map((bytes) => Uint8Array.from(bytes));

test("any bytes: no exception but the layer's, the leaves tile, both recorders agree", () => {
  fc.assert(
    fc.property(dataLike, (bytes) => {
      const dissected = dissectBytes(bytes, decodeData);
      expectInBounds(dissected);
      expectTiled(dissected.tree, bytes);
      expect(dissected.value === undefined).toBe(dissected.failure !== undefined);
      expect(decodeBytes(bytes, decodeData)).toEqual(dissected.value);
    }),
    { numRuns: 1000 },
  );
});
