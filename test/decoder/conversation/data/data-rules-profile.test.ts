/** Profile buffers against what the trace has shown of the profile. */
import { describe, expect, it } from "vitest";
import { codesOf, DataTrace } from "./data-rules-trace.js";

/** 1-0:99.1.0*255 */
const profile = "0100630100ff";

const clockColumn = "0204 120008 0906 0000010000ff 0f02 120000";
const energyColumn = "0204 120003 0906 0100010800ff 0f02 120000";

/** Sunday, 2023-01-01, UTC (deviation 0), at that time, clock status 00 unless it is given. */
function at(hour: number, minute: number, status = "00"): string {
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  return `090c 07e7010107 ${hex(hour)}${hex(minute)}0000 0000 ${status}`;
}

const row = (...values: readonly string[]) => `02 0${values.length} ${values.join(" ")}`;
const rows = (...all: readonly string[]) => `01 0${all.length} ${all.join(" ")}`;
const energy = "06 00000001";

/** A trace that has shown: clock and energy, every 900 seconds, room for 3 rows. */
function learnt(): DataTrace {
  const trace = new DataTrace();
  trace.read(7, profile, 3, `0102 ${clockColumn} ${energyColumn}`);
  trace.read(7, profile, 4, "06 00000384");
  trace.read(7, profile, 8, "06 00000003");
  return trace;
}

describe("profile buffers", () => {
  it("passes rows as the profile is set up, in either order of time", () => {
    const [first, second] = [row(at(1, 0), energy), row(at(1, 15), energy)];
    expect(codesOf(learnt().read(7, profile, 2, rows(first, second)))).toEqual([]);
    expect(codesOf(learnt().read(7, profile, 2, rows(second, first)))).toEqual([]);
  });

  it("reports rows with another number of values than capture objects", () => {
    const findings = learnt().read(7, profile, 2, rows(row(at(1, 0), energy), row(at(1, 15))));
    expect(codesOf(findings)).toEqual(["data.profile-columns"]);
    expect(findings[0]).toMatchObject({
      severity: "warning",
      detail: "row 2 of 1-0:99.1.0*255 has 1 values for 2 capture objects",
    });
  });

  it("counts the columns that were selected", () => {
    // range_descriptor: restricting object, from, to, selected columns.
    const range = (columns: string) => `01 0204 ${clockColumn} ${at(0, 0)} ${at(23, 0)} ${columns}`;
    const one = rows(row(energy));
    const read = (selection: string, data: string) =>
      codesOf(learnt().read(7, profile, 2, data, { selection }));
    expect(read(range(`0101 ${energyColumn}`), one)).toEqual([]);
    expect(read(range("0100"), one)).toEqual(["data.profile-columns"]);
    expect(read(range("0100"), rows(row(at(1, 0), energy)))).toEqual([]);
    // entry_descriptor: entries 1 to the last, columns 2 to the last.
    expect(read("02 0204 0600000001 0600000000 120002 120000", one)).toEqual([]);
    expect(read("02 0204 0600000001 0600000000 120001 120000", one)).toEqual([
      "data.profile-columns",
    ]);
  });

  it("counts nothing where the capture objects are not known, or may have been changed", () => {
    const data = rows(row(energy), row(energy, energy));
    expect(codesOf(new DataTrace().read(7, profile, 2, data))).toEqual([]);
    const trace = learnt();
    trace.write(7, profile, 3, `0101 ${energyColumn}`);
    expect(codesOf(trace.read(7, profile, 2, rows(row(energy))))).toEqual([]);
  });

  it("reports a column that changes its type", () => {
    const data = rows(row(at(1, 0), energy), row(at(1, 15), "12 0001"));
    const findings = learnt().read(7, profile, 2, data);
    expect(codesOf(findings)).toEqual(["data.profile-column-type"]);
    expect(findings[0]?.detail).toBe(
      "column 2 of 1-0:99.1.0*255 is double-long-unsigned, in row 2 it is long-unsigned",
    );
  });

  it("passes null-data and deltas in a column", () => {
    // 00 null-data, 1f delta-unsigned.
    const data = rows(row(at(1, 0), energy), row("00", "00"), row("00", "1f05"));
    expect(codesOf(learnt().read(7, profile, 2, data))).toEqual([]);
  });

  it("reports rows that are not one period apart, once", () => {
    const data = rows(row(at(1, 0), energy), row(at(1, 30), energy), row(at(1, 40), energy));
    const findings = learnt().read(7, profile, 2, data);
    expect(findings.filter(({ code }) => code === "data.profile-period")).toEqual([
      {
        code: "data.profile-period",
        severity: "note",
        detail:
          "rows 1 and 2 of 1-0:99.1.0*255 are 1800 s apart, the period is 900 s; 1 more such places",
      },
    ]);
  });

  it("does not count over the begin of daylight saving", () => {
    // 01:45 to 03:00 on the meter's clock, the deviation left alone: status 80 says why.
    const data = rows(row(at(1, 45), energy), row(at(3, 0, "80"), energy));
    expect(codesOf(learnt().read(7, profile, 2, data))).toEqual([]);
  });

  it("has no period where captures are not periodic", () => {
    const trace = learnt();
    trace.read(7, profile, 4, "06 00000000");
    const data = rows(row(at(1, 0), energy), row(at(5, 0), energy));
    expect(codesOf(trace.read(7, profile, 2, data))).toEqual([]);
  });

  it("reports more rows than the profile holds", () => {
    const four = [0, 15, 30, 45].map((minute) => row(at(1, minute), energy));
    const findings = learnt().read(7, profile, 2, rows(...four));
    expect(codesOf(findings)).toEqual(["data.profile-entries"]);
    expect(findings[0]?.detail).toBe("1-0:99.1.0*255 has 4 rows and holds 3");
    expect(codesOf(learnt().read(7, profile, 2, rows(...four.slice(1))))).toEqual([]);
  });

  it("learns scalers from a profile that keeps them", () => {
    const trace = new DataTrace();
    const scalers = "0100630180ff";
    trace.read(7, scalers, 3, "0101 0204 120003 0906 0100010800ff 0f03 120000");
    trace.read(7, scalers, 2, rows(row("0202 0f00 161e")));
    expect(trace.read(3, "0100010800ff", 2, energy)).toEqual([]);
  });

  it("judges the date-times of columns", () => {
    // Month 13 in the second row.
    const impossible = "090c 07e70d0107 01150000 0000 00";
    const data = rows(row(at(1, 0), energy), row(impossible, energy));
    expect(codesOf(learnt().read(7, profile, 2, data))).toEqual(["data.impossible-date"]);
  });
});
