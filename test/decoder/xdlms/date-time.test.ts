import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeDate,
  decodeDateTime,
  decodeTime,
  formatDateTime,
  isPlausibleDateTime,
} from "../../../decoder/xdlms/date-time.js";
import { dissectBytes, expectPrefixes, expectTiled, findNode, toBytes } from "../dissect-bytes.js";

// Year (2), month, day, weekday, hour, minute, second, hundredths, deviation (2), clock status.
// UTC is local time plus deviation, so that -60 (ffc4) is UTC+1.
const dateTimes: readonly [hex: string, text: string][] = [
  ["07e3 0c 10 01 07 3b 28 ff ffc4 00", "2019-12-16T07:59:40+01:00"],
  // nooxnet-smart-meter-mbus-dlm-pdu-0002: Austria in summer, -120, daylight saving active
  ["07e5 09 1b 01 09 2f 0f 00 ff88 80", "2021-09-27T09:47:15+02:00"],
  // u9n-pdu-0012: -360
  ["07ea 04 04 06 04 04 2b 00 fe98 01", "2026-04-04T04:04:43+06:00"],
  // 330 minutes the other way: 5:30 h behind UTC
  ["07e5 01 01 05 00 00 00 00 014a 00", "2021-01-01T00:00:00-05:30"],
  ["07e5 01 01 05 00 00 00 32 0000 00", "2021-01-01T00:00:00.50+00:00"],
  ["07e5 01 01 05 00 00 00 05 0000 00", "2021-01-01T00:00:00.05+00:00"],
  // epri-pdu-0001: deviation not specified
  ["07e0 01 04 01 09 32 0a 00 8000 00", "2016-01-04T09:50:10*"],
  ["ffff ff ff ff ff ff ff ff 8000 ff", "*-*-*T*:*:**"],
  ["ffff 0c 18 ff 06 00 ff ff 8000 ff", "*-12-24T06:00:**"],
  // the last Sunday of March at two o'clock, as daylight savings begin is set
  ["ffff 03 fe 07 02 00 00 00 8000 00", "*-03-lastT02:00:00* Sunday"],
  ["ffff fe fd ff 02 00 00 00 ffc4 00", "*-dstBegin-secondLastT02:00:00+01:00"],
  ["07e6 fd ff ff 03 00 00 00 ff88 80", "2022-dstEnd-*T03:00:00+02:00"],
];

describe("a date-time", () => {
  test.each(dateTimes)("%s is %s", (hex, text) => {
    const { value, tree, codes } = dissectBytes(hex, decodeDateTime);
    expect(value).toBe(text);
    expect(formatDateTime(toBytes(hex))).toBe(text);
    expect(codes).toEqual([]);
    expectTiled(tree, hex);
    expectPrefixes(hex, decodeDateTime);
  });

  test("every part is a leaf, and the clock status shows its bits", () => {
    const { tree } = dissectBytes("07e5 09 1b 01 09 2f 0f 00 ff88 83", decodeDateTime);
    expect(tree.map(({ field, value }) => [field.id, value])).toEqual([
      ["date-time.year", 2021],
      ["date-time.month", 9],
      ["date-time.day", 27],
      ["date-time.weekday", 1],
      ["date-time.hour", 9],
      ["date-time.minute", 47],
      ["date-time.second", 15],
      ["date-time.hundredths", 0],
      ["date-time.deviation", -120],
      ["date-time.clock-status", 0x83],
    ]);
    expect(findNode(tree, "date-time.deviation").note).toBe("UTC+02:00");
    const bits = findNode(tree, "date-time.clock-status").children;
    expect(bits?.map(({ value }) => value)).toEqual([1, 1, 0, 0, 0, 1]);
  });

  test("a clock status that is not specified has no bits", () => {
    const { tree } = dissectBytes("07e5 09 1b 01 09 2f 0f 00 ff88 ff", decodeDateTime);
    expect(findNode(tree, "date-time.clock-status").children).toBeUndefined();
  });
});

test("a date and a time alone", () => {
  expect(dissectBytes("07e3 0c 10 01", decodeDate).value).toBe("2019-12-16");
  expect(dissectBytes("ffff 03 fe 07", decodeDate).value).toBe("*-03-last Sunday");
  expect(dissectBytes("17 3b ff ff", decodeTime).value).toBe("23:59:*");
});

describe("a date that does not exist is read and reported", () => {
  test.each([
    ["month 13", "07e3 0d 01 ff 00 00 00 00 0000 00", "2019-13-01T00:00:00+00:00", 2],
    ["month 0", "07e3 00 01 ff 00 00 00 00 0000 00", "2019-00-01T00:00:00+00:00", 2],
    ["February 30", "07e4 02 1e ff 00 00 00 00 0000 00", "2020-02-30T00:00:00+00:00", 3],
    ["February 29", "07e5 02 1d ff 00 00 00 00 0000 00", "2021-02-29T00:00:00+00:00", 3],
    ["1900 had no leap day", "076c 02 1d ff 00 00 00 00 0000 00", "1900-02-29T00:00:00+00:00", 3],
    ["day 0", "07e5 02 00 ff 00 00 00 00 0000 00", "2021-02-00T00:00:00+00:00", 3],
    ["weekday 8", "07e5 02 01 08 00 00 00 00 0000 00", "2021-02-01T00:00:00+00:00", 4],
    ["hour 24", "07e5 02 01 01 18 00 00 00 0000 00", "2021-02-01T24:00:00+00:00", 5],
    ["minute 60", "07e5 02 01 01 00 3c 00 00 0000 00", "2021-02-01T00:60:00+00:00", 6],
    ["second 60", "07e5 02 01 01 00 00 3c 00 0000 00", "2021-02-01T00:00:60+00:00", 7],
    ["hundredths 100", "07e5 02 01 01 00 00 00 64 0000 00", "2021-02-01T00:00:00.100+00:00", 8],
    ["deviation 900", "07e5 02 01 01 00 00 00 00 0384 00", "2021-02-01T00:00:00-15:00", 9],
  ])("%s", (_, hex, text, start) => {
    const { value, diagnostics, tree } = dissectBytes(hex, decodeDateTime);
    expect(value).toBe(text);
    expect(diagnostics).toMatchObject([
      { definition: { code: "data.impossible-date", severity: "warning" }, start },
    ]);
    expectTiled(tree, hex);
    expect(isPlausibleDateTime(toBytes(hex))).toBe(false);
  });

  test.each(["07e4 02 1d ff", "07d0 02 1d ff", "ffff 02 1d ff"])("29 February in %s", (date) => {
    expect(dissectBytes(`${date} 00 00 00 00 0000 00`, decodeDateTime).codes).toEqual([]);
  });

  test("another weekday than that of the date is noted", () => {
    // 16 December 2019 was a Monday
    const { tree, codes } = dissectBytes("07e3 0c 10 03", decodeDate);
    expect(findNode(tree, "date-time.weekday").note).toBe("that day is a Monday");
    expect(codes).toEqual([]);
  });
});

test("dates, weekdays and deviations agree with the Date of JavaScript", () => {
  const moment = fc.date({
    min: new Date("1990-01-01T00:00:00Z"),
    max: new Date("2099-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  const deviations = fc.integer({ min: -840, max: 840 });
  fc.assert(
    fc.property(moment, deviations, (utc, deviation) => {
      const local = new Date(utc.getTime() - deviation * 60_000);
      fc.pre(local.getUTCFullYear() >= 1990 && local.getUTCFullYear() <= 2099);
      const year = local.getUTCFullYear();
      const bytes = Uint8Array.of(
        year >> 8,
        year & 0xff,
        local.getUTCMonth() + 1,
        local.getUTCDate(),
        local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
        local.getUTCHours(),
        local.getUTCMinutes(),
        local.getUTCSeconds(),
        Math.floor(local.getUTCMilliseconds() / 10),
        (deviation >> 8) & 0xff,
        deviation & 0xff,
        0,
      );
      const { value, tree, codes } = dissectBytes(bytes, decodeDateTime);
      expect(codes).toEqual([]);
      expect(isPlausibleDateTime(bytes)).toBe(true);
      expect(findNode(tree, "date-time.weekday").note).toBeUndefined();
      const hundredths = Math.floor(utc.getTime() / 10) * 10;
      expect(new Date(value ?? "").getTime()).toBe(hundredths);
    }),
  );
});

test("any 12 bytes are read", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
      const { value, tree } = dissectBytes(bytes, decodeDateTime);
      expect(value).toBe(formatDateTime(bytes));
      expectTiled(tree, bytes);
    }),
  );
});
