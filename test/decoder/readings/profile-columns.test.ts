/** Columns of a profile, as a request selects them. IEC 62056-6-2, Profile generic, selective access. */
import { describe, expect, it } from "vitest";
import type { Selection } from "../../../decoder/readings/attribute-values.js";
import { MeterObjects } from "../../../decoder/readings/meter-objects.js";
import { columnsOf } from "../../../decoder/readings/profile-columns.js";
import {
  array,
  attributeValue,
  captured,
  dateTime,
  names,
  number,
  structure,
  toData,
} from "./reading-trace.js";

const { clock, energy, exported, profile, status } = names;
const captureObjects = array(
  captured(8, clock),
  captured(1, status),
  captured(3, energy),
  captured(3, exported),
);

function select(selector: number, parameters: string): Selection {
  return { "access-selector": selector, "access-parameters": toData(parameters) };
}

/** The columns by C and D of their names: `1.0` is the clock. */
function columns(selection: Selection, known = true): string[] | undefined {
  const objects = new MeterObjects();
  if (known) objects.learn(attributeValue(7, profile, 3, captureObjects), 1);
  const value = attributeValue(7, profile, 2, "0100", { selection });
  const found = columnsOf(value, objects, 2);
  return found?.map(({ logicalName }) => `${logicalName[2]}.${logicalName[3]}`);
}

const all = ["1.0", "96.10", "1.8", "2.8"];

describe("the whole buffer", () => {
  it("has the capture objects for columns", () => {
    expect(columns(undefined)).toEqual(all);
    expect(columns(undefined, false)).toBeUndefined();
  });

  it("is not known where the request was not seen, or where nothing is captured", () => {
    expect(columns("unknown")).toBeUndefined();
    const objects = new MeterObjects();
    objects.learn(attributeValue(7, profile, 3, "0100"), 1);
    expect(columnsOf(attributeValue(7, profile, 2, "0100"), objects, 1)).toBeUndefined();
  });

  it("may have its columns from a later frame", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(7, profile, 3, captureObjects), 5);
    const value = attributeValue(7, profile, 2, "0100");
    expect(columnsOf(value, objects, 2)).toBeUndefined();
    expect(columnsOf(value, objects, 2, true)).toHaveLength(4);
  });
});

describe("range_descriptor (1)", () => {
  const range = (selected: string) =>
    select(1, structure(captured(8, clock), dateTime(0), dateTime(12), selected));

  it("lists the columns, none for all of them", () => {
    expect(columns(range(array(captured(8, clock), captured(3, exported))))).toEqual([
      "1.0",
      "2.8",
    ]);
    expect(columns(range("0100"))).toEqual(all);
  });

  it("names the columns itself where the trace has not shown them", () => {
    expect(columns(range(array(captured(3, exported))), false)).toEqual(["2.8"]);
    expect(columns(range("0100"), false)).toBeUndefined();
  });

  it("tells nothing where it is none", () => {
    expect(columns(range("1101"))).toBeUndefined();
    expect(columns(select(1, "1101"))).toBeUndefined();
  });
});

describe("entry_descriptor (2)", () => {
  const entry = (from: number, to: number) => {
    const hex = (value: number) => `12${value.toString(16).padStart(4, "0")}`;
    return select(2, structure(number(1), number(0), hex(from), hex(to)));
  };

  it("counts the columns from 1; 0 is the last one", () => {
    expect(columns(entry(1, 0))).toEqual(all);
    expect(columns(entry(2, 3))).toEqual(["96.10", "1.8"]);
    expect(columns(entry(3, 0))).toEqual(["1.8", "2.8"]);
    expect(columns(entry(4, 4))).toEqual(["2.8"]);
    expect(columns(entry(1, 0), false)).toBeUndefined();
  });

  it("tells nothing where its numbers have another type", () => {
    expect(columns(select(2, structure(number(1), number(0), "1101", "1100")))).toBeUndefined();
  });
});

it("knows no other selector", () => {
  expect(columns(select(3, structure("1101", "1101", "120001", "120002")))).toBeUndefined();
});
