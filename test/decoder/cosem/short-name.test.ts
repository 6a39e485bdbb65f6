import { describe, expect, test } from "vitest";
import type { ShortNameObject } from "../../../decoder/core/context.js";
import { fixedShortNames } from "../../../decoder/cosem/fixed-short-names.js";
import { classNotKnown, findShortName } from "../../../decoder/cosem/short-name.js";
import { findShortNameLayouts } from "../../../decoder/cosem/short-name-offsets.js";
import { toBytes } from "../dissect-bytes.js";

function object(
  baseName: number,
  classId: number,
  version: number | undefined = 0,
): ShortNameObject {
  return { baseName, classId, version, logicalName: toBytes("0100010800ff"), frame: 5 };
}

/** `attribute 2`, `method 1`, `unknown` or `none`. */
function find(name: number, ...objects: ShortNameObject[]): string {
  const meaning = findShortName(name, objects);
  if (meaning === undefined) return "none";
  return meaning.id === undefined ? meaning.kind : `${meaning.kind} ${meaning.id}`;
}

describe("attributes stand in steps of 8, methods where the class says", () => {
  test.each([
    [0x1000, "attribute 1"], // logical_name
    [0x1008, "attribute 2"], // value
    [0x1010, "attribute 3"], // scaler_unit
    [0x1018, "unknown"], // the gap before the method
    [0x1028, "method 1"], // reset, x + 0x28
    [0x1030, "none"],
    [0x1009, "none"],
    [0x0ff8, "none"],
  ])("Register at 4096: name %i is %s", (name, meaning) => {
    expect(find(name, object(0x1000, 3))).toBe(meaning);
  });

  test.each([
    ["Extended register: reset", 4, 0x38, "method 1"],
    ["Demand register: reset", 5, 0x48, "method 1"],
    ["Demand register: next_period", 5, 0x50, "method 2"],
    ["Register activation: delete_mask", 6, 0x40, "method 3"],
    ["Profile generic: buffer", 7, 0x08, "attribute 2"],
    ["Profile generic: capture", 7, 0x60, "method 2"],
    ["Clock: adjust_to_quarter", 8, 0x60, "method 1"],
    ["Clock: shift_time", 8, 0x88, "method 6"],
    ["Script table: execute", 9, 0x20, "method 1"],
    ["Special days table: insert", 11, 0x10, "method 1"],
    ["SAP assignment: connect_logical_device", 17, 0x20, "method 1"],
    ["Image transfer: image_activate", 18, 0x58, "method 4"],
    ["Activity calendar: activate_passive_calendar", 20, 0x50, "method 1"],
    ["Disconnect control: remote_reconnect", 70, 0x28, "method 2"],
    ["Data has no methods", 1, 0x10, "none"],
  ])("%s", (_, classId, offset, meaning) => {
    expect(find(0x2000 + offset, object(0x2000, classId))).toBe(meaning);
  });
});

test("the greatest base not above the name counts", () => {
  const objects = [object(0x1000, 1), object(0x1010, 1), object(0x1020, 3)];
  expect(findShortName(0x1010, objects)?.object).toBe(objects[1]);
  expect(findShortName(0x1018, objects)?.object).toBe(objects[1]);
  expect(findShortName(0x1048, objects)?.object).toBe(objects[2]);
  // Between a Data object of two attributes and the next base there is nothing.
  expect(findShortName(0x1000 + 0x10, [object(0x1000, 1), object(0x1020, 1)])).toBeUndefined();
});

test("a class of which no layout is known reaches its first two attributes", () => {
  for (const classId of [classNotKnown, 8192]) {
    expect(find(0x1000, object(0x1000, classId))).toBe("attribute 1");
    expect(find(0x1008, object(0x1000, classId))).toBe("attribute 2");
    expect(find(0x1010, object(0x1000, classId))).toBe("none");
  }
  // A version that came later than the table
  expect(find(0x1010, object(0x1000, 3, 9))).toBe("none");
});

describe("versions of Association SN", () => {
  test("getlist_by_classid gave way to user_list", () => {
    expect(find(0xfa20, object(0xfa00, 12, 0))).toBe("method 1");
    expect(find(0xfa20, object(0xfa00, 12, 3))).toBe("attribute 5");
  });

  test("reply_to_HLS_authentication is method 8 in all of them", () => {
    for (const version of [0, 1, 2, 3, 4]) {
      expect(find(0xfa58, object(0xfa00, 12, version))).toBe("method 8");
    }
  });

  test("where the version is not known, what the versions agree on", () => {
    expect(find(0xfa08)).toBe("attribute 2");
    expect(find(0xfa10)).toBe("attribute 3");
    expect(find(0xfa20)).toBe("unknown");
    expect(find(0xfa30)).toBe("method 3");
    expect(find(0xfa58)).toBe("method 8");
  });
});

describe("the names that the standard fixes", () => {
  test("ascend, and are taught by no frame", () => {
    const bases = fixedShortNames.map(({ baseName }) => baseName);
    expect(bases).toEqual([0xfa00, 0xfb00, 0xfc00, 0xfd00]);
    expect(fixedShortNames.map(({ classId }) => classId)).toEqual([12, 9, 17, 1]);
    expect(fixedShortNames.every(({ frame }) => frame === 0)).toBe(true);
  });

  test("are known without a trace, and give way to it", () => {
    expect(find(0xfd08)).toBe("attribute 2");
    const register = object(0xfd00, 3);
    expect(findShortName(0xfd10, [register])).toEqual({
      object: register,
      kind: "attribute",
      id: 3,
    });
  });

  test("end the object before them", () => {
    expect(findShortName(0xfc00, [object(0xfbf8, 7)])?.object.classId).toBe(17);
  });
});

test("no method begins among the attributes, but for those of Association SN", () => {
  for (let classId = 0; classId <= 128; classId++) {
    for (const { attributes, firstMethod, methods } of findShortNameLayouts(classId, undefined)) {
      if (classId !== 12) expect(firstMethod).toBeGreaterThanOrEqual(8 * attributes);
      expect(firstMethod % 8).toBe(0);
      if (methods === 0) expect(firstMethod).toBe(8 * attributes);
    }
  }
});
