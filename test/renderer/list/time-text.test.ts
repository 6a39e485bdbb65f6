import { describe, expect, test } from "vitest";
import {
  clockText,
  dateText,
  durationText,
  secondsText,
  timeText,
} from "../../../renderer/list/time-text.js";
import { rowWith } from "./rows.js";

// 2018-03-18T15:44:47Z: 17,608 days after 1970 are 1,521,331,200 s; 15:44:47 are 56,687 s more.
const dated = { seconds: 1_521_387_887, nanoseconds: 626_646_803, dated: true };
const undated = { seconds: 3 * 3600 + 4 * 60 + 5, nanoseconds: 0, dated: false };

describe("moments", () => {
  test("the time of day, to the microsecond, never ahead", () => {
    expect(clockText(dated)).toBe("15:44:47.626646");
    expect(clockText(undated)).toBe("03:04:05.000000");
    expect(clockText({ ...undated, nanoseconds: 999_999_999 })).toBe("03:04:05.999999");
    // One second before 1970.
    expect(clockText({ seconds: -1, nanoseconds: 0, dated: true })).toBe("23:59:59.000000");
  });

  test("the date where the capture knows one", () => {
    expect(dateText(dated)).toBe("2018-03-18 15:44:47.626646");
    expect(dateText(undated)).toBe("03:04:05.000000");
    expect(dateText({ seconds: 1e15, nanoseconds: 0, dated: true })).toMatch(/^\d\d:\d\d:\d\d\./);
  });
});

describe("durations", () => {
  test("seconds to the microsecond, for columns of figures", () => {
    expect(secondsText(81_296)).toBe("0.000081");
    expect(secondsText(1_810_500)).toBe("0.001811");
    expect(secondsText(-12_500_000_000)).toBe("−12.500000");
    expect(secondsText(-300)).toBe("0.000000");
    expect(secondsText(0)).toBe("0.000000");
  });

  test.each([
    [229_069, "229 µs"],
    [1_250, "1.25 µs"],
    [12_340, "12.3 µs"],
    [999_499, "999 µs"],
    [999_500, "1.00 ms"],
    [41_200_000, "41.2 ms"],
    [507_113_000, "507 ms"],
    [999_500_000, "1.000 s"],
    [1_204_000_000, "1.204 s"],
    [125_000_000_000, "2 min 5 s"],
    [7_260_000_000_000, "2 h 1 min"],
    [-41_200_000, "−41.2 ms"],
  ])("%i ns read %s", (nanoseconds, text) => {
    expect(durationText(nanoseconds)).toBe(text);
  });
});

describe("the time column", () => {
  const row = rowWith(2, { time: dated, delta: 81_296, sinceReference: 2_622_405 });

  test("in each format", () => {
    expect(timeText(row, "clock")).toBe("15:44:47.626646");
    expect(timeText(row, "date")).toBe("2018-03-18 15:44:47.626646");
    expect(timeText(row, "since-reference")).toBe("0.002622");
    expect(timeText(row, "delta")).toBe("0.000081");
  });

  test("is empty where there is no time", () => {
    for (const format of ["clock", "date", "since-reference", "delta"] as const) {
      expect(timeText(rowWith(1), format)).toBe("");
    }
  });
});
