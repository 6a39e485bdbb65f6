/** Readings in the form of the public contract: `readings` of a frame. */
import { describe, expect, it } from "vitest";
import { standardNames } from "../../../decoder/cosem/standard-names.js";
import { presentReading } from "../../../decoder/present/reading-json.js";
import {
  array,
  captured,
  dateTime,
  dateTimeBytes,
  names,
  number,
  push,
  read,
  readLast,
  structure,
  type Trace,
} from "../readings/reading-trace.js";

const { clock, energy, profile, status } = names;
const scaler = read(3, energy, 3, "0202 0ffd 161e");

/** The readings of the last frame; a JSON text has no members that are undefined. */
function present(trace: Trace): unknown[] {
  return readLast(trace).map((reading) => {
    const json = presentReading(reading, standardNames());
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    return json;
  });
}

describe("a reading", () => {
  it("of an answer has class, name, raw and scaled value, unit", () => {
    // 123456 * 10^-3 Wh
    expect(present([...scaler, ...read(3, energy, 2, number(123_456))])).toEqual([
      {
        "class-id": 3,
        obis: "1.0.1.8.0.255",
        "attribute-id": 2,
        name: "Active energy import (+A)",
        raw: 123_456,
        scaler: -3,
        unit: "Wh",
        value: 123.456,
        time: null,
        "scaled-by": "trace",
      },
    ]);
  });

  it("leaves out what is not known", () => {
    const body = structure(`0906${energy}`, number(5));
    expect(present([push(body, dateTimeBytes(12))])).toEqual([
      {
        obis: "1.0.1.8.0.255",
        "attribute-id": 2,
        name: "Active energy import (+A)",
        raw: 5,
        value: 5,
        time: "2023-01-01T12:00:00*",
      },
    ]);
  });

  it("has digits where a JSON number is not exact", () => {
    expect(present([...scaler, ...read(3, energy, 2, "15 ffffffffffffffff")])).toMatchObject([
      { raw: "18446744073709551615", value: "18446744073709551.615" },
    ]);
  });

  it("has the word of an enumeration beside its number", () => {
    expect(present(read(70, "000060030aff", 3, "1601"))).toMatchObject([
      { raw: 1, value: "connected" },
    ]);
    // value says it already.
    expect(present(read(70, "000060030aff", 3, "1601"))[0]).not.toHaveProperty("text");
  });

  it("has what a code means as text", () => {
    // Alarm register 1, bits 0 and 1: clock invalid, replace battery (IDIS, DSMR).
    expect(present(read(1, "0000616200ff", 2, number(3)))).toMatchObject([
      { raw: 3, value: 3, text: "3 (Clock invalid, Replace battery)" },
    ]);
    expect(present(read(1, "0000616200ff", 2, number(0)))[0]).not.toHaveProperty("text");
  });

  it("says that a habit names it", () => {
    expect(present([push("0201 0600000abc")])).toMatchObject([
      {
        obis: "1.0.1.7.0.255",
        raw: 0xabc,
        unit: "W",
        "scaled-by": "habit",
        habit: "Kaifa list 1 (Norway, Sweden)",
      },
    ]);
  });
});

describe("a reading of a profile", () => {
  const columns = read(
    7,
    profile,
    3,
    array(captured(8, clock), captured(1, status), captured(3, energy)),
  );
  const period = read(7, profile, 4, number(3600));

  it("says where it stands, and the status of its row", () => {
    const rows = array(
      structure(dateTime(12), "1108", number(5)),
      structure("00", "1100", number(6)),
    );
    const readings = present([...columns, ...period, ...read(7, profile, 2, rows)]);
    expect(readings).toHaveLength(3);
    expect(readings[1]).toMatchObject({
      obis: "1.0.1.8.0.255",
      time: "2023-01-01T12:00:00*",
      profile: "1.0.99.1.0.255",
      row: 1,
      column: 3,
      status: 8,
    });
    expect(readings[1]).not.toHaveProperty("time-reckoned");
    // 12:00 and 3600 s.
    expect(readings[2]).toMatchObject({
      time: "2023-01-01T13:00:00*",
      row: 2,
      "time-reckoned": true,
      status: 0,
    });
  });

  it("has no status where it is no number and no text", () => {
    const rows = array(structure(dateTime(12), "0901ff", number(5)));
    expect(present([...columns, ...read(7, profile, 2, rows)])[1]).not.toHaveProperty("status");
  });
});
