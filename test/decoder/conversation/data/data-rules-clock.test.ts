/** Date-times and the meter's clock. 12 bytes: year, month, day, day of week, time, deviation, status. */
import { describe, expect, it } from "vitest";
import { codesOf, DataTrace } from "./data-rules-trace.js";

const clock = "0000010000ff";
/** 2023-01-01T12:00:00Z, a Sunday (7): 1672574400 seconds since 1970, by `date -d`. */
const noon = 1_672_574_400;

const readTime = (time: string, captured?: number) =>
  new DataTrace().read(
    8,
    clock,
    2,
    `090c ${time}`,
    captured === undefined ? {} : { time: captured },
  );

describe("date-times in octet-strings", () => {
  it("reports a month, a day and a deviation that cannot be", () => {
    const month = readTime("07e70d0107 0c000000 0000 00");
    expect(month).toMatchObject([{ code: "data.impossible-date", severity: "warning" }]);
    expect(month[0]?.detail).toMatch(/^month 13 in 2023-13-01T12:00:00/);
    expect(readTime("07e7041fff 0c000000 0000 00")[0]?.detail).toMatch(/^day 31 in /);
    // 2000 minutes are more than a day and a third.
    expect(readTime("07e7010107 0c000000 07d0 00")[0]?.detail).toMatch(/^deviation 2000 in /);
  });

  it("passes what is left open, and a moment that never was", () => {
    expect(readTime("07e7010107 0cffffff 8000 ff")).toEqual([]);
    expect(readTime("ffffffffff ffffffff 8000 ff")).toEqual([]);
    expect(readTime("0000000000 00000000 0000 00")).toEqual([]);
    // Last Sunday of March: a rule, as daylight_savings_begin has it.
    const trace = new DataTrace();
    expect(trace.read(8, clock, 5, "090c ffff03fe07 02000000 8000 00")).toEqual([]);
  });

  it("reads capture times, and no attribute that is no date-time", () => {
    const trace = new DataTrace();
    const time = "090c 07e70d0107 0c000000 0000 00";
    expect(codesOf(trace.read(4, "0100010600ff", 5, time))).toEqual(["data.impossible-date"]);
    expect(codesOf(trace.read(1, "0000600100ff", 2, time))).toEqual([]);
  });

  it("notes a day of week that is not that of the date", () => {
    // 2023-01-01 was a Sunday, not a Monday (1).
    expect(readTime("07e7010101 0c000000 0000 00")).toMatchObject([
      { code: "data.weekday-differs", severity: "note" },
    ]);
    // Sunday; not specified; the 0 of those who do not know it.
    expect(readTime("07e7010107 0c000000 0000 00")).toEqual([]);
    expect(readTime("07e70101ff 0c000000 0000 00")).toEqual([]);
    expect(readTime("07e7010100 0c000000 0000 00")).toEqual([]);
    // 2024-02-29 was a Thursday (4), 1999-12-31 a Friday (5).
    expect(readTime("07e8021d04 0c000000 0000 00")).toEqual([]);
    expect(readTime("07cf0c1f05 0c000000 0000 00")).toEqual([]);
  });
});

describe("clock", () => {
  it("says what the status says", () => {
    expect(readTime("07e7010107 0c000000 0000 03")).toEqual([
      { code: "data.clock-status", severity: "info", detail: "invalid value, doubtful value" },
    ]);
    const trace = new DataTrace();
    expect(trace.read(8, clock, 4, "1108")).toMatchObject([{ code: "data.clock-status" }]);
  });

  it("passes a good status, daylight saving and one that is left open", () => {
    expect(readTime("07e7010107 0c000000 0000 00")).toEqual([]);
    expect(readTime("07e7010107 0c000000 0000 80")).toEqual([]);
    expect(readTime("07e7010107 0c000000 0000 ff")).toEqual([]);
  });

  it("notes a clock that is over an hour off, with the difference", () => {
    // 10:30Z on the meter, 12:00Z in the capture.
    expect(readTime("07e7010107 0a1e0000 0000 00", noon)).toEqual([
      { code: "data.clock-far", severity: "note", detail: "it is 1 h 30 min behind" },
    ]);
    // 2023-01-03 was a Tuesday (2): two days and an hour ahead.
    expect(readTime("07e7010302 0d000000 0000 00", noon)[0]?.detail).toBe("it is 2 d 1 h ahead");
  });

  it("passes a clock that is near, in any time zone", () => {
    expect(readTime("07e7010107 0c3b0000 0000 00", noon)).toEqual([]);
    // 14:00 with deviation -120 (ff88) is 12:00Z.
    expect(readTime("07e7010107 0e000000 ff88 00", noon)).toEqual([]);
    // The deviation left open: 20:00 may be a time zone, 2023-01-02 13:00 cannot.
    expect(readTime("07e7010107 14000000 8000 00", noon)).toEqual([]);
    expect(codesOf(readTime("07e7010303 0d000000 8000 ff", noon))).toContain("data.clock-far");
    // A capture that is dated in the meter's local time: 14:00 where the clock says 14:00+02:00.
    expect(readTime("07e7010107 0e000000 ff88 00", noon + 7200)).toEqual([]);
  });

  it("compares nothing with a capture that is not dated, and reports a far clock once", () => {
    expect(readTime("07e7010107 0a1e0000 0000 00")).toEqual([]);
    const trace = new DataTrace();
    const far = "090c 07e7010107 0a1e0000 0000 00";
    expect(trace.read(8, clock, 2, far, { time: noon })).toHaveLength(1);
    expect(trace.read(8, clock, 2, far, { time: noon + 10 })).toEqual([]);
  });

  it("does not judge the time that a client writes by the capture's", () => {
    const trace = new DataTrace();
    expect(trace.write(8, clock, 2, "090c 07e7010107 0a1e0000 0000 01")).toEqual([]);
  });
});
