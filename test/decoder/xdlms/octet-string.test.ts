import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeOctetString, interpretOctetString } from "../../../decoder/xdlms/octet-string.js";
import { toBytes } from "../dissect-bytes.js";

describe("what an octet-string is", () => {
  test.each([
    ["an energy register", "0100010800ff", { obis: "1.0.1.8.0.255" }, "1-0:1.8.0*255"],
    ["a clock", "0000010000ff", { obis: "0.0.1.0.0.255" }, "0-0:1.0.0*255"],
    ["a gas meter's billing value", "070003010005", { obis: "7.0.3.1.0.5" }, "7-0:3.1.0*5"],
    ["a billing value", "010001080065", { obis: "1.0.1.8.0.101" }, "1-0:1.8.0*101"],
    // amsleser-hdlc-0041: the serial number of an Iskra meter
    ["a name", "3932303239363931", { text: "92029691" }, '"92029691"'],
    ["six printable bytes", "414243444546", { text: "ABCDEF" }, '"ABCDEF"'],
    ["twelve printable bytes", "303132333435363738394142", { text: "0123456789AB" }, undefined],
    [
      "a date-time",
      "07e30c1001073b28ffffc400",
      { "date-time": "2019-12-16T07:59:40+01:00" },
      "2019-12-16T07:59:40+01:00",
    ],
    [
      "a date-time with weekday 0",
      "07e9030c000f351e00ffc400",
      { "date-time": "2025-03-12T15:53:30+01:00" },
      undefined,
    ],
    ["a daily rule", "ffffffffff060000008000ff", { "date-time": "*-*-*T06:00:00*" }, undefined],
  ])("%s", (_, hex, meaning, description) => {
    expect(interpretOctetString(toBytes(hex))).toEqual(meaning);
    if (description !== undefined) expect(describeOctetString(toBytes(hex))).toBe(description);
  });
});

describe("nothing is guessed for", () => {
  test.each([
    ["no bytes", ""],
    ["one letter", "41"],
    ["text that ends with NUL", "414200"],
    ["text beyond ASCII", "41e942"],
    ["six zeros", "000000000000"],
    ["a counter", "000000000001"],
    ["six bytes of ones", "ffffffffffff"],
    ["a medium that does not exist", "5000010800ff"],
    ["a hardware address", "001bc50c1234"],
    ["a system title", "4b464d10200112a9"],
    ["a date-time of 1970", "07b201010400000000000000"],
    ["a date-time with month 13", "07e30d1001073b28ffffc400"],
    ["a date-time that leaves all open", "ffffffffffffffffff8000ff"],
    ["a date of 5 bytes", "07e30c1001"],
    ["a random key", "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"],
  ])("%s", (_, hex) => {
    expect(interpretOctetString(toBytes(hex))).toBeUndefined();
    expect(describeOctetString(toBytes(hex))).toBeUndefined();
  });
});

test("a long text does not exhaust the stack", () => {
  const meaning = interpretOctetString(new Uint8Array(500_000).fill(0x20));
  expect(meaning).toEqual({ text: " ".repeat(500_000) });
});

test("any bytes are interpreted or not, and described alike", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const meaning = interpretOctetString(bytes);
      expect(describeOctetString(bytes) === undefined).toBe(meaning === undefined);
      if (meaning !== undefined) expect(Object.keys(meaning)).toHaveLength(1);
    }),
  );
});
