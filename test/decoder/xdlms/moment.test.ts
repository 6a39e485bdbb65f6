/** Moments in values. IEC 62056-6-2, Date and time formats. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../../decoder/xdlms/data.js";
import { decodeData } from "../../../decoder/xdlms/data.js";
import {
  formatLater,
  readDateTime,
  readMoment,
  toUtcSeconds,
  weekdayOfBytes,
} from "../../../decoder/xdlms/moment.js";
import { decodeBytes, toBytes } from "../dissect-bytes.js";

/** 2023-01-01, a Sunday, is 19358 days after 1970-01-01; 12:00:30 is 43230 s. */
const noon = 19_358 * 86_400 + 43_230;
const date = "07e70101 07";

function data(hex: string): Data {
  const value = decodeBytes(hex, decodeData);
  if (value === undefined) throw new Error(`no data: ${hex}`);
  return value;
}

describe("moments", () => {
  it("are read from octet-strings and typed date-times", () => {
    // Deviation -60 (ffc4), status 80.
    expect(readMoment(data(`090c ${date} 0c001e00 ffc4 80`))).toEqual({
      localSeconds: noon,
      deviation: -60,
      status: 0x80,
    });
    expect(readMoment(data(`19 ${date} 0c001e00 ffc4 80`))).toEqual({
      localSeconds: noon,
      deviation: -60,
      status: undefined,
    });
    // Deviation 90 is west of Greenwich.
    expect(readMoment(data(`19 ${date} 0c001eff 005a ff`))?.deviation).toBe(90);
  });

  it("leave deviation, status and seconds open", () => {
    const open = { localSeconds: noon - 30, deviation: undefined, status: undefined };
    expect(readMoment(data(`090c ${date} 0c00ffff 8000 ff`))).toEqual(open);
    expect(readMoment(data(`19 ${date} 0c00ffff 8000 ff`))).toEqual(open);
  });

  it.each([
    ["the year is open", "ffff0101 07 0c001e00 8000 00"],
    ["the month is open", "07e7ff01 07 0c001e00 8000 00"],
    ["the day is the last of its month", "07e701fe 07 0c001e00 8000 00"],
    ["the hour is open", "07e70101 07 ff001e00 8000 00"],
    ["the minute is open", "07e70101 07 0cff1e00 8000 00"],
    ["there is no such month", "07e70d01 07 0c001e00 8000 00"],
  ])("are none where %s", (_, hex) => {
    expect(readMoment(data(`090c ${hex}`))).toBeUndefined();
    expect(weekdayOfBytes(toBytes(hex))).toBeUndefined();
  });

  it("are none in other values", () => {
    expect(readMoment(data("0900"))).toBeUndefined();
    expect(readMoment(data("1101"))).toBeUndefined();
  });

  it("are UTC where local time and deviation are added", () => {
    expect(toUtcSeconds({ localSeconds: noon, deviation: -60, status: undefined })).toBe(
      noon - 3600,
    );
    expect(
      toUtcSeconds({ localSeconds: noon, deviation: undefined, status: undefined }),
    ).toBeUndefined();
  });
});

describe("later moments", () => {
  const at = (deviation: number | undefined) => ({
    localSeconds: noon,
    deviation,
    status: undefined,
  });

  it("keep the deviation, which ISO 8601 counts the other way", () => {
    expect(formatLater(at(-60), 900)).toBe("2023-01-01T12:15:30+01:00");
    expect(formatLater(at(90), 900)).toBe("2023-01-01T12:15:30-01:30");
    expect(formatLater(at(undefined), 900)).toBe("2023-01-01T12:15:30*");
    expect(formatLater(at(0), -86_400)).toBe("2022-12-31T12:00:30+00:00");
  });
});

describe("weekdays", () => {
  it("count from Monday, 1", () => {
    // 2023-01-01 was a Sunday, 2023-01-02 a Monday, 1999-12-31 a Friday.
    const weekday = (hex: string) => weekdayOfBytes(toBytes(`${hex} ff 00000000 8000 00`));
    expect(["07e70101", "07e70102", "07cf0c1f"].map(weekday)).toEqual([7, 1, 5]);
  });
});

it("reads date-times that may leave parts open", () => {
  expect(readDateTime(data(`090c ${date} 0c001eff 8000 00`))).toBe("2023-01-01T12:00:30*");
  expect(readDateTime(data(`19 ${date} 0c001eff 8000 00`))).toBe("2023-01-01T12:00:30*");
  expect(readDateTime(data("090c 07e7ff01 ff 0c001eff 8000 00"))).toMatch(/^2023-\*/);
  expect(readDateTime(data("0903 414243"))).toBeUndefined();
  expect(readDateTime(undefined)).toBeUndefined();
});
