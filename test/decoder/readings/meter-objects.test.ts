/** What a trace shows of a meter's objects, and from which frame on. */

import { describe, expect, it } from "vitest";
import {
  isScaled,
  isScalerUnit,
  MeterObjects,
  readScalerUnit,
} from "../../../decoder/readings/meter-objects.js";
import { numberOfName } from "../../../decoder/xdlms/logical-name.js";
import { toBytes } from "../dissect-bytes.js";
import { array, attributeValue, captured, names, number, toData } from "./reading-trace.js";

const { energy, exported, clock, profile, compact } = names;
const energyName = toBytes(energy);
const profileName = toBytes(profile);

describe("scalers and units", () => {
  it("hold from the frame that taught them on", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(3, energy, 3, "0202 0fff 161e"), 4);
    expect(objects.scalerUnit(energyName, 3)).toBeUndefined();
    const taught = { fact: { scaler: -1, unit: 30 }, frame: 4 };
    expect(objects.scalerUnit(energyName, 4)).toEqual(taught);
    expect(objects.scalerUnit(energyName, 9)).toEqual(taught);
    expect(objects.scalerUnit(toBytes(exported), 9)).toBeUndefined();
  });

  it("hold before it, too, where later frames count", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(3, energy, 3, "0202 0fff 161e"), 4);
    objects.learn(attributeValue(3, energy, 3, "0202 0f00 161e"), 6);
    expect(objects.scalerUnit(energyName, 1, true)).toMatchObject({ frame: 4 });
    expect(objects.scalerUnit(energyName, 5, true)).toMatchObject({ frame: 4 });
    expect(objects.scalerUnit(energyName, 6, true)).toMatchObject({ frame: 6 });
  });

  it("keep the frame that taught them when they are read again", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(3, energy, 3, "0202 0fff 161e"), 4);
    objects.learn(attributeValue(3, energy, 3, "0202 0fff 161e"), 8);
    expect(objects.scalerUnit(energyName, 8)).toMatchObject({ frame: 4 });
  });

  it("stand in attribute 3 of registers, in 4 of demand registers", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(5, energy, 3, "0202 0fff 161e"), 1);
    expect(objects.scalerUnit(energyName, 1)).toBeUndefined();
    objects.learn(attributeValue(5, energy, 4, "0202 0fff 161e"), 2);
    expect(objects.scalerUnit(energyName, 2)).toMatchObject({ frame: 2 });
    expect([3, 4, 5, 1].map((classId) => isScalerUnit(classId, 3))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isScalerUnit(undefined, 3)).toBe(false);
    // value; of a demand register current_average_value and last_average_value.
    expect([1, 2, 3].map((attribute) => isScaled(3, attribute))).toEqual([false, true, false]);
    expect([1, 2, 3, 4].map((attribute) => isScaled(5, attribute))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isScaled(1, 2)).toBe(false);
  });

  it.each(["1101", "0201 0f00", "0202 0f00 111e", "0202 1100 161e", "0203 0f00 161e 1100"])(
    "are no other value: %s",
    (hex) => {
      expect(readScalerUnit(toData(hex))).toBeUndefined();
    },
  );
});

describe("profiles", () => {
  it("keep what was captured when, also where it changes in mid-trace", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(7, profile, 3, array(captured(8, clock), captured(3, energy))), 2);
    objects.learn(attributeValue(7, profile, 3, array(captured(8, clock))), 5);
    expect(objects.columns(profileName, 1)).toBeUndefined();
    expect(objects.columns(profileName, 1, true)).toHaveLength(2);
    expect(objects.columns(profileName, 4)).toHaveLength(2);
    expect(objects.columns(profileName, 5)).toHaveLength(1);
  });

  it("are not known any more when the client has written them", () => {
    const objects = new MeterObjects();
    const list = array(captured(8, clock));
    objects.learn(attributeValue(7, profile, 3, list), 2);
    objects.learn(attributeValue(7, profile, 3, list, { written: true }), 3);
    expect(objects.columns(profileName, 2)).toHaveLength(1);
    expect(objects.columns(profileName, 3)).toBeUndefined();
    expect(objects.columns(profileName, 3, true)).toBeUndefined();
    objects.learn(attributeValue(7, profile, 3, list), 4);
    expect(objects.columns(profileName, 4)).toHaveLength(1);
  });

  it("have a period and a number of entries", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(7, profile, 4, number(900)), 2);
    objects.learn(attributeValue(7, profile, 8, number(96)), 3);
    expect([1, 2].map((frame) => objects.period(profileName, frame))).toEqual([undefined, 900]);
    expect(objects.period(profileName, 1, true)).toBe(900);
    expect([2, 3].map((frame) => objects.entries(profileName, frame))).toEqual([undefined, 96]);
    objects.learn(attributeValue(7, profile, 4, number(60), { written: true }), 4);
    expect(objects.period(profileName, 4)).toBeUndefined();
    // Attributes that say nothing of the rows.
    objects.learn(attributeValue(7, profile, 5, "1601"), 5);
  });
});

describe("compact data", () => {
  const name = toBytes(compact);

  it("have a template and its number", () => {
    const objects = new MeterObjects();
    objects.learn(attributeValue(62, compact, 4, "1107"), 1);
    objects.learn(attributeValue(62, compact, 5, "0903 020106"), 2);
    expect(objects.template(name, 1)).toBeUndefined();
    expect(objects.template(name, 1, true)).toEqual(Uint8Array.of(2, 1, 6));
    expect(objects.template(name, 2)).toEqual(Uint8Array.of(2, 1, 6));
    expect(objects.templateId(name, 1)).toBe(7);
    expect(objects.columns(name, 2)).toBeUndefined();
  });

  it("have another template when the client has written what they capture", () => {
    const objects = new MeterObjects();
    const list = array(captured(3, energy));
    objects.learn(attributeValue(62, compact, 4, "1107"), 1);
    objects.learn(attributeValue(62, compact, 5, "0903 020106"), 1);
    objects.learn(attributeValue(62, compact, 3, list), 2);
    expect(objects.columns(name, 2)).toHaveLength(1);
    objects.learn(attributeValue(62, compact, 3, list, { written: true }), 3);
    expect(objects.columns(name, 3)).toBeUndefined();
    expect(objects.template(name, 3)).toBeUndefined();
    expect(objects.templateId(name, 3)).toBeUndefined();
    expect(objects.template(name, 2)).toEqual(Uint8Array.of(2, 1, 6));
  });
});

it("numbers names by their bytes, the first one highest", () => {
  // 1 * 256^5 + 255
  expect(numberOfName(Uint8Array.of(1, 0, 0, 0, 0, 255))).toBe(1_099_511_627_776 + 255);
});
