import { describe, expect, it } from "vitest";
import { writeJson } from "../../../decoder/present/json-writer.js";
import { TextBuffer } from "../../../decoder/present/text-buffer.js";

function toJson(value: unknown): unknown {
  const out = new TextBuffer();
  writeJson(out, value);
  return JSON.parse(out.takeString());
}

describe("values as JSON", () => {
  it.for<[string, unknown, unknown]>([
    ["an integer within 2^53", 9_007_199_254_740_991n, 9_007_199_254_740_991],
    ["one beyond it, as digits", 9_007_199_254_740_993n, "9007199254740993"],
    ["a negative one beyond it", -9_223_372_036_854_775_808n, "-9223372036854775808"],
    ["a float that is no number", Number.NaN, "NaN"],
    ["an infinite float", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["bytes", new Uint8Array([0x7e, 0xa0]), "7ea0"],
    ["absent members left out", { a: 1, b: undefined }, { a: 1 }],
    ["nothing", null, null],
    ["a list", [true, false, "ä\n"], [true, false, "ä\n"]],
    [
      "a logical name as dotted numbers",
      { "instance-id": new Uint8Array([1, 0, 1, 8, 0, 255]) },
      { "instance-id": "1.0.1.8.0.255" },
    ],
  ])("has %s", ([, value, json]) => {
    expect(toJson(value)).toEqual(json);
  });

  it("says what octet-strings are", () => {
    const octets = (hex: string) => ({ type: "octet-string", value: Buffer.from(hex, "hex") });
    expect(toJson(octets("0100010800ff"))).toEqual({
      type: "octet-string",
      value: "0100010800ff",
      obis: "1.0.1.8.0.255",
    });
    expect(toJson(octets("3132333435"))).toMatchObject({ text: "12345" });
    // 2019-12-16 07:59:40, the clock of the Norwegian list in the corpus (u9n-hdlc-0010).
    expect(toJson(octets("07e30c1001073b28ff8000ff"))).toMatchObject({
      "date-time": "2019-12-16T07:59:40*",
    });
    expect(toJson(octets("0102"))).toEqual({ type: "octet-string", value: "0102" });
  });

  it("nests data", () => {
    const data = { type: "structure", value: [{ type: "null-data", value: null }] };
    expect(toJson(data)).toEqual(data);
  });
});
