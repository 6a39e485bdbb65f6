/** Rows of a profile as readings. IEC 62056-6-2, Profile generic, buffer. */
import { describe, expect, it } from "vitest";
import type { Reading } from "../../../decoder/readings/reading.js";
import {
  array,
  captured,
  dateTime,
  names,
  number,
  read,
  readAt,
  readLast,
  structure,
  type Trace,
  tell,
  tellLast,
} from "./reading-trace.js";

const { clock, energy, profile, status } = names;
const columns = read(7, profile, 3, array(captured(8, clock), captured(3, energy)));
/** A quarter of an hour. */
const period = read(7, profile, 4, number(900));
/** Wh, scaler 1 */
const scaler = read(3, energy, 3, "0202 0f01 161e");

function rows(...list: readonly string[]): Trace {
  return read(7, profile, 2, array(...list));
}

/** `row column time`, with `reckoned`. */
function place({ row, time }: Reading): string {
  return `${row?.number} ${row?.column} ${time ?? "?"}${row?.isTimeReckoned ? " reckoned" : ""}`;
}

describe("rows whose columns are known", () => {
  it("give a reading for each value, at the time in the clock's column", () => {
    const buffer = rows(structure(dateTime(12), number(5)), structure(dateTime(12, 15), number(7)));
    expect(tellLast([...columns, ...scaler, ...buffer])).toEqual([
      "0.0.1.0.0.255/2 2023-01-01T12:00:00* at 2023-01-01T12:00:00*",
      "1.0.1.8.0.255/2 50 Wh at 2023-01-01T12:00:00*",
      "0.0.1.0.0.255/2 2023-01-01T12:15:00* at 2023-01-01T12:15:00*",
      "1.0.1.8.0.255/2 70 Wh at 2023-01-01T12:15:00*",
    ]);
  });

  it("keep the raw value and where it stands", () => {
    const [, reading] = readLast([
      ...columns,
      ...scaler,
      ...rows(structure(dateTime(12), number(5))),
    ]);
    expect(reading).toMatchObject({
      classId: 3,
      data: { type: "double-long-unsigned", value: 5 },
      scalerUnit: { scaler: 1, unit: 30 },
      scaledBy: "trace",
      row: {
        profile: Uint8Array.of(1, 0, 99, 1, 0, 255),
        number: 1,
        column: 2,
        isTimeReckoned: false,
        status: undefined,
      },
    });
  });

  it("need not have the clock in front", () => {
    const backward = read(7, profile, 3, array(captured(3, energy), captured(8, clock)));
    const readings = readLast([...backward, ...rows(structure(number(5), dateTime(12)))]);
    expect(readings.map(place)).toEqual(["1 1 2023-01-01T12:00:00*", "1 2 2023-01-01T12:00:00*"]);
  });

  it("have no time without a clock", () => {
    const onlyEnergy = read(7, profile, 3, array(captured(3, energy)));
    expect(readLast([...onlyEnergy, ...rows(structure(number(5)))]).map(place)).toEqual(["1 1 ?"]);
  });

  it("do not scale what is only an element of a value", () => {
    const element = read(7, profile, 3, array(captured(8, clock), captured(3, energy, 2, 1)));
    const readings = readLast([...element, ...scaler, ...rows(structure(dateTime(12), number(5)))]);
    expect(readings[1]?.scalerUnit).toBeUndefined();
  });

  it("leave out arrays and structures", () => {
    expect(readLast([...columns, ...rows(structure(dateTime(12), "0201 1101"))])).toHaveLength(1);
  });
});

describe("null-data", () => {
  it("stands for one period later in the clock's column, where rows ascend", () => {
    const buffer = rows(
      structure(dateTime(12), number(5)),
      structure("00", number(6)),
      structure("00", number(7)),
      structure(dateTime(14), number(8)),
      structure("00", number(9)),
    );
    expect(readLast([...columns, ...period, ...buffer]).map(place)).toEqual([
      "1 1 2023-01-01T12:00:00*",
      "1 2 2023-01-01T12:00:00*",
      "2 2 2023-01-01T12:15:00* reckoned",
      "3 2 2023-01-01T12:30:00* reckoned",
      "4 1 2023-01-01T14:00:00*",
      "4 2 2023-01-01T14:00:00*",
      "5 2 2023-01-01T14:15:00* reckoned",
    ]);
  });

  it("stands for one period earlier where the latest row comes first", () => {
    const buffer = rows(
      structure(dateTime(12), number(5)),
      structure("00", number(4)),
      structure(dateTime(11, 30), number(3)),
      structure("00", number(2)),
    );
    expect(readLast([...columns, ...period, ...buffer]).map(place)).toEqual([
      "1 1 2023-01-01T12:00:00*",
      "1 2 2023-01-01T12:00:00*",
      "2 2 2023-01-01T11:45:00* reckoned",
      "3 1 2023-01-01T11:30:00*",
      "3 2 2023-01-01T11:30:00*",
      "4 2 2023-01-01T11:15:00* reckoned",
    ]);
  });

  it("keeps the deviation, and counts over midnight", () => {
    // Deviation -60 minutes (ffc4): local time is one hour ahead of UTC.
    const time = "090c 07e70101 07 173200ff ffc4 00";
    const buffer = rows(structure(time, number(5)), structure("00", number(6)));
    // 23:50:00 and 900 s are 00:05:00 of the next day.
    expect(readLast([...columns, ...period, ...buffer]).map(place)).toEqual([
      "1 1 2023-01-01T23:50:00+01:00",
      "1 2 2023-01-01T23:50:00+01:00",
      "2 2 2023-01-02T00:05:00+01:00 reckoned",
    ]);
  });

  it.each([
    ["the period is not known", []],
    ["captures are not periodic (0)", read(7, profile, 4, number(0))],
  ])("says no time where %s", (_, known) => {
    const buffer = rows(structure(dateTime(12), number(5)), structure("00", number(6)));
    expect(readLast([...columns, ...known, ...buffer]).map(place)).toEqual([
      "1 1 2023-01-01T12:00:00*",
      "1 2 2023-01-01T12:00:00*",
      "2 2 ?",
    ]);
  });

  it("says no time where no row before has one", () => {
    const buffer = rows(structure("00", number(5)), structure(dateTime(12), number(6)));
    expect(readLast([...columns, ...period, ...buffer]).map(place)[0]).toBe("1 2 ?");
  });

  it("stands for the value of the row before in other columns", () => {
    const buffer = rows(
      structure(dateTime(12), number(5)),
      structure(dateTime(12, 15), "00"),
      structure(dateTime(12, 30), "00"),
    );
    const values = readLast([...columns, ...buffer]).map(({ data }) => data.value);
    expect([values[1], values[3], values[5]]).toEqual([5, 5, 5]);
  });
});

describe("delta types", () => {
  /** The values of the second column. */
  function values(...second: readonly string[]): unknown[] {
    const list = second.map((value) => structure(dateTime(12), value));
    return readLast([...columns, ...rows(...list)])
      .filter(({ row }) => row?.column === 2)
      .map(({ data }) => `${data.type} ${data.value}`);
  }

  it("count from the row before, and keep its type", () => {
    // 1000, + 5 (delta-unsigned), - 3 (delta-integer fd), + 300 (delta-long-unsigned 012c)
    expect(values(number(1000), "1f05", "1cfd", "20012c")).toEqual([
      "double-long-unsigned 1000",
      "double-long-unsigned 1005",
      "double-long-unsigned 1002",
      "double-long-unsigned 1302",
    ]);
  });

  it("count from what null-data repeats", () => {
    expect(values(number(1000), "00", "1f05")[2]).toBe("double-long-unsigned 1005");
  });

  it("are exact beyond 2^53", () => {
    // 0x0020000000000001 is 2^53 + 1 = 9007199254740993.
    expect(values("15 0020000000000001", "1f02")[1]).toBe("long64-unsigned 9007199254740995");
    // long64 -1, and delta-double-long -2
    expect(values("14 ffffffffffffffff", "1efffffffe")[1]).toBe("long64 -3");
  });

  it("stay what they are where nothing stands before them", () => {
    expect(values("1f05")).toEqual(["delta-unsigned 5"]);
    expect(values("0901ff", "1f05")[1]).toBe("delta-unsigned 5");
  });
});

describe("the status column", () => {
  const withStatus = read(
    7,
    profile,
    3,
    array(captured(8, clock), captured(1, status), captured(3, energy)),
  );

  it("is told with each value of its row, and is no reading", () => {
    const buffer = rows(
      structure(dateTime(12), "1108", number(5)),
      structure(dateTime(12, 15), "00", number(6)),
    );
    const readings = readLast([...withStatus, ...buffer]);
    expect(readings.map(place)).toEqual([
      "1 1 2023-01-01T12:00:00*",
      "1 3 2023-01-01T12:00:00*",
      "2 1 2023-01-01T12:15:00*",
      "2 3 2023-01-01T12:15:00*",
    ]);
    // null-data repeats the status of the row before.
    expect(readings.map(({ row }) => row?.status?.value)).toEqual([8, 8, 8, 8]);
  });
});

describe("rows whose columns are not known", () => {
  it("belong to the profile, by their columns", () => {
    const [, value] = readLast(rows(structure(dateTime(12), number(5))));
    expect(value).toMatchObject({
      classId: 7,
      logicalName: Uint8Array.of(1, 0, 99, 1, 0, 255),
      attribute: 2,
      scalerUnit: undefined,
      time: "2023-01-01T12:00:00*",
      row: { column: 2 },
    });
  });

  it("have a time only where each begins with one", () => {
    const buffer = rows(structure(dateTime(12), number(5)), structure(number(6), number(7)));
    expect(readLast(buffer).map(place)).toEqual(["1 1 ?", "1 2 ?", "2 1 ?", "2 2 ?"]);
  });

  it("are rows of another width than the columns, too", () => {
    const buffer = rows(structure(dateTime(12), number(5), number(6)));
    expect(readLast([...columns, ...buffer]).map(({ classId }) => classId)).toEqual([7, 7, 7]);
    // One row that does not fit makes all others doubtful.
    const mixed = rows(structure(dateTime(12), number(5)), structure(dateTime(13)));
    expect(readLast([...columns, ...mixed]).map(({ classId }) => classId)).toEqual([7, 7, 7]);
  });

  it("may be values without a structure", () => {
    expect(readLast(rows(number(5), number(6))).map(tell)).toEqual([
      "1.0.99.1.0.255/2 5",
      "1.0.99.1.0.255/2 6",
    ]);
  });

  it("are none where the buffer is no array", () => {
    expect(readLast(read(7, profile, 2, "00"))).toEqual([]);
    expect(readLast(rows())).toEqual([]);
  });
});

it("reads a compact-array as the rows that it stands for", () => {
  // Description: structure of octet-string and double-long-unsigned; one element of 13 + 4 bytes.
  const contents = "0c 07e70101070c0000ff800000 00000005";
  const buffer = read(7, profile, 2, `13 0202 09 06 11 ${contents}`);
  expect(tellLast([...columns, ...scaler, ...buffer])).toEqual([
    "0.0.1.0.0.255/2 2023-01-01T12:00:00* at 2023-01-01T12:00:00*",
    "1.0.1.8.0.255/2 50 Wh at 2023-01-01T12:00:00*",
  ]);
});

describe("the columns of a request", () => {
  it("are those that it selects", () => {
    const three = read(
      7,
      profile,
      3,
      array(captured(8, clock), captured(1, status), captured(3, energy)),
    );
    // entry_descriptor: all rows, columns 1 to 2 and 3 to 3.
    const entry = (from: string, to: string) => `02 0204 0600000001 0600000000 12${from} 12${to}`;
    const part = read(7, profile, 2, array(structure(number(5))), entry("0003", "0003"));
    expect(tellLast([...three, ...scaler, ...part])).toEqual(["1.0.1.8.0.255/2 50 Wh"]);
  });
});

describe("orLater", () => {
  const buffer = rows(structure(dateTime(12), number(5)), structure("00", number(6)));
  const trace = [...buffer, ...columns, ...period, ...scaler];

  it("takes columns, period and scaler from the frames that follow", () => {
    const early = readAt(trace, buffer.length, false);
    expect(early.map(({ classId }) => classId)).toEqual([7, 7, 7, 7]);
    const late = readAt(trace, buffer.length, true);
    expect(late.map(tell)).toEqual([
      "0.0.1.0.0.255/2 2023-01-01T12:00:00* at 2023-01-01T12:00:00*",
      "1.0.1.8.0.255/2 50 Wh at 2023-01-01T12:00:00*",
      "1.0.1.8.0.255/2 60 Wh at 2023-01-01T12:15:00*",
    ]);
  });
});
