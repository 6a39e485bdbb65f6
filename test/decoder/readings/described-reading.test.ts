/** Readings in words and in their units. */
import { describe, expect, it } from "vitest";
import { nameObis } from "../../../decoder/cosem/obis/name-obis.js";
import { idis } from "../../../decoder/cosem/packs/idis.js";
import { ObjectDictionary } from "../../../decoder/cosem/packs/object-dictionary.js";
import { describeReading, nameOfReading } from "../../../decoder/readings/described-reading.js";
import type { Reading } from "../../../decoder/readings/reading.js";
import { toBytes } from "../dissect-bytes.js";
import { names, number, toData } from "./reading-trace.js";

const { energy, clock } = names;
const dictionary = new ObjectDictionary({ standard: nameObis, packs: [idis] });

function reading(
  classId: number,
  name: string,
  data: string,
  changes: Partial<Reading> = {},
): Reading {
  return {
    classId,
    logicalName: toBytes(name),
    attribute: 2,
    data: toData(data),
    scalerUnit: undefined,
    scaledBy: undefined,
    time: undefined,
    ...changes,
  };
}

function describeData(classId: number, name: string, data: string, changes?: Partial<Reading>) {
  return describeReading(reading(classId, name, data, changes), dictionary);
}

/** Of a register in Wh (30) with that scaler. */
function scaled(data: string, scaler: number, unit = 30) {
  const { value, text } = describeData(3, energy, data, {
    scalerUnit: { scaler, unit },
    scaledBy: "trace",
  });
  return [value, text];
}

describe("scaled numbers", () => {
  it("are exact where the scaler is negative", () => {
    // 123456 Wh * 10^-3; 7 * 10^-3; 1230 * 10^-2 keeps the digit that was sent.
    expect(scaled(number(123_456), -3)).toEqual([123.456, "123.456 Wh"]);
    expect(scaled(number(7), -3)).toEqual([0.007, "0.007 Wh"]);
    expect(scaled(number(1230), -2)).toEqual([12.3, "12.30 Wh"]);
    // long -5 (fffb), scaler -1
    expect(scaled("10fffb", -1)).toEqual([-0.5, "-0.5 Wh"]);
    expect(scaled(number(0), -3)).toEqual([0, "0.000 Wh"]);
  });

  it("get a prefix in the text, and none in the value", () => {
    expect(scaled(number(123_456), 0)).toEqual([123_456, "123.456 kWh"]);
    expect(scaled(number(5), 3)).toEqual([5000, "5 kWh"]);
  });

  it("stay digits where no number is exact", () => {
    // 2^64 - 1 = 18446744073709551615
    expect(scaled("15 ffffffffffffffff", -2)[0]).toBe("184467440737095516.15");
    expect(scaled("15 ffffffffffffffff", 0)[0]).toBe("18446744073709551615");
    // 2^53 - 1 is exact, -2^63 is not.
    expect(scaled("15 001fffffffffffff", 0)[0]).toBe(9_007_199_254_740_991);
    expect(scaled("14 8000000000000000", 0)[0]).toBe("-9223372036854775808");
    expect(describeData(1, energy, "15 ffffffffffffffff").raw).toBe("18446744073709551615");
  });

  it("may be floats", () => {
    // float32 1.5 is 3fc00000; float64 0.1 is 3fb999999999999a.
    expect(scaled("17 3fc00000", 0)).toEqual([1.5, "1.5 Wh"]);
    expect(scaled("17 3fc00000", -1)).toEqual([0.15, "0.15 Wh"]);
    expect(scaled("18 3fb999999999999a", 1)[0]).toBe(1);
  });

  it("are words where a float is no number", () => {
    // float32: NaN 7fc00000, infinity 7f800000
    expect(scaled("17 7fc00000", 0)[0]).toBe("NaN");
    expect(scaled("17 7f800000", 0)[0]).toBe("Infinity");
  });

  it("have no unit where there is none (255), and a number for one that is reserved", () => {
    const told = (unit: number) =>
      describeData(3, energy, number(12), { scalerUnit: { scaler: -1, unit }, scaledBy: "trace" });
    expect(told(255)).toMatchObject({ value: 1.2, unit: undefined, text: "1.2" });
    expect(told(200)).toMatchObject({ unit: "unit 200", text: "1.2 (unit 200)" });
  });

  it("say who scales them", () => {
    const scalerUnit = { scaler: -1, unit: 30 };
    const by = (scaledBy: Reading["scaledBy"]) =>
      describeData(3, energy, number(1), { scalerUnit, scaledBy }).scale;
    expect([by("message"), by("trace"), by("habit")]).toEqual(["message", "trace", "habit"]);
  });

  it("are not scaled by the unit alone: it may be Wh or kWh", () => {
    expect(describeData(3, energy, number(12))).toMatchObject({
      raw: 12,
      value: 12,
      text: "12",
      scaler: undefined,
      unit: undefined,
      scale: undefined,
    });
  });

  it("are scaled by the dictionary where it has unit and scaler", () => {
    const withScaler = {
      find: () => ({ name: "Import", isSpecific: true, by: "file", unit: 30, scaler: -1 }),
      findEvent: () => undefined,
      findBits: () => undefined,
    };
    const describe = (classId: number, attribute: number) =>
      describeReading(reading(classId, energy, number(12), { attribute }), withScaler);
    expect(describe(3, 2)).toMatchObject({ value: 1.2, unit: "Wh", scale: "dictionary" });
    // The capture time of an extended register, and values of Data, do not count in it.
    expect(describe(4, 5)).toMatchObject({ value: 12, scale: undefined });
    expect(describe(1, 2)).toMatchObject({ value: 12, scale: undefined });
  });
});

describe("enumerations", () => {
  it("are the words of their class", () => {
    // Disconnect control, control_state 2.
    expect(describeData(70, "000060030aff", "1602", { attribute: 3 })).toMatchObject({
      raw: 2,
      value: "ready for reconnection",
      text: "ready for reconnection",
      attributeName: "control_state",
    });
    // Clock, clock_base 1.
    expect(describeData(8, clock, "1601", { attribute: 9 }).value).toBe("internal crystal");
  });

  it("keep numbers that have no word", () => {
    expect(describeData(70, "000060030aff", "1609", { attribute: 3 })).toMatchObject({
      value: 9,
      text: "9",
    });
  });

  it("are not what another type counts", () => {
    expect(describeData(70, "000060030aff", "1102", { attribute: 3 }).value).toBe(2);
  });
});

describe("codes that packs know", () => {
  it("are the events of a log, by the object of its event code", () => {
    // IDIS: event 9 of the standard event log is that tariff times were activated.
    expect(describeData(1, "0000600b00ff", "1109")).toMatchObject({
      raw: 9,
      value: 9,
      text: "9 (Tariff times activated)",
    });
    expect(describeData(1, "0000600b00ff", "11c8").text).toBe("200");
  });

  it("are the second column of a log whose columns are not known", () => {
    const profile = toBytes("0000636200ff");
    const row = { profile, number: 1, isTimeReckoned: false, status: undefined };
    const at = (column: number) =>
      describeData(7, "0000636200ff", "1109", { row: { ...row, column } }).text;
    expect([at(2), at(3)]).toEqual(["9 (Tariff times activated)", "9"]);
  });

  it("are the bits of an alarm register", () => {
    // IDIS, alarm register 1: bit 0 clock invalid, bit 1 replace battery; 2^13 fraud attempt.
    expect(describeData(1, "0000616200ff", number(8195)).text).toBe(
      "8195 (Clock invalid, Replace battery, Fraud attempt)",
    );
    expect(describeData(1, "0000616200ff", number(0)).text).toBe("0");
    // The first bit of a bit-string is bit 0.
    expect(describeData(1, "0000616200ff", "0402 40").text).toBe("01 (Replace battery)");
  });

  it("are none where the message gives a unit", () => {
    const scalerUnit = { scaler: 0, unit: 30 };
    expect(describeData(1, "0000600b00ff", "1109", { scalerUnit }).text).toBe("9 Wh");
  });
});

describe("other values", () => {
  it.each([
    ["characters", "0903 414243", "ABC"],
    ["a logical name", `0906 ${energy}`, "1.0.1.8.0.255"],
    ["a date-time", "090c 07e70101 07 0c0000ff 8000 00", "2023-01-01T12:00:00*"],
    ["bytes", "0903 010203", "010203"],
    ["a typed date-time", "19 07e70101 07 0c0000ff 8000 00", "2023-01-01T12:00:00*"],
    ["a visible-string", "0a03 414243", "ABC"],
    ["hex of characters", "0a08 3442333834353437", "K8EG"],
    ["bits", "0404 50", "0101"],
  ])("%s", (_, data, value) => {
    expect(describeData(1, "0000600100ff", data)).toMatchObject({ value, text: value });
  });

  it("booleans, and nothing", () => {
    expect(describeData(70, "000060030aff", "0301")).toMatchObject({ value: true, text: "true" });
    expect(describeData(1, energy, "00")).toMatchObject({ raw: null, value: null, text: "" });
  });

  it("keep their bytes as raw", () => {
    expect(describeData(1, energy, "0903 414243").raw).toBe("414243");
  });
});

describe("names", () => {
  it("are those of the object; of attributes but the value, these too", () => {
    const name = (...parts: Parameters<typeof describeData>) =>
      nameOfReading(describeData(...parts));
    expect(name(3, energy, number(1))).toBe("Active energy import (+A) total");
    expect(name(8, clock, "10003c", { attribute: 3 })).toBe("Clock, time_zone");
    expect(name(3, energy, "1101", { attribute: 77 })).toBe(
      "Active energy import (+A), attribute 77",
    );
  });

  it("of a column that is not known tell which", () => {
    const profile = toBytes(names.profile);
    const row = { profile, number: 1, column: 3, isTimeReckoned: false, status: undefined };
    const named = describeData(7, names.profile, number(1), { row });
    expect(nameOfReading(named)).toMatch(/^Load profile .*, column 3$/);
  });
});
