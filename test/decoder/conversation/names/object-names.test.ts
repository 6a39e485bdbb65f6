import { describe, expect, test } from "vitest";
import {
  objectsOf,
  resolveShortName,
} from "../../../../decoder/conversation/names/object-names.js";
import type { ObjectReference } from "../../../../decoder/conversation/names/object-reference.js";
import type { ShortNameObject } from "../../../../decoder/core/context.js";
import { classNotKnown } from "../../../../decoder/cosem/short-name.js";
import { readApdu } from "../../../../decoder/xdlms/apdu.js";
import { formatLogicalName } from "../../../../decoder/xdlms/logical-name.js";
import { dissectBytes, toBytes } from "../../dissect-bytes.js";

const energy = toBytes("0100010800ff");
const register: ShortNameObject = {
  baseName: 0x2d50,
  classId: 3,
  version: 0,
  logicalName: energy,
  frame: 7,
};

function objects(hex: string): readonly ObjectReference[] {
  const { apdu } = dissectBytes(hex, readApdu).dissection;
  if (apdu === undefined) throw new Error("no APDU");
  return objectsOf(apdu, [register]);
}

function describeObject({ classId, logicalName, kind, id, shortName }: ObjectReference): string {
  const name = logicalName === undefined ? "?" : formatLogicalName(logicalName);
  const from = shortName === undefined ? "" : `0x${shortName.toString(16)} `;
  return `${from}${name} class ${classId} ${kind} ${id}`;
}

const energyValue = "0003 0100010800ff 02";
const clockTime = "0008 0000010000ff 02";
const script = "0009 00000a0064ff 01";
const named = {
  energy: "1-0:1.8.0*255 class 3 attribute 2",
  clock: "0-0:1.0.0*255 class 8 attribute 2",
  script: "0-0:10.0.100*255 class 9 method 1",
};

describe("logical names", () => {
  test.each([
    ["get-request-normal", `c001c1 ${energyValue} 00`, [named.energy]],
    [
      "get-request-with-list",
      `c003c1 02 ${energyValue} 00 ${clockTime} 00`,
      [named.energy, named.clock],
    ],
    ["set-request-normal", `c101c1 ${clockTime} 00 1105`, [named.clock]],
    [
      "set-request-with-first-datablock",
      `c102c1 ${clockTime} 00 00 00000001 02 1105`,
      [named.clock],
    ],
    ["set-request-with-list", `c104c1 01 ${clockTime} 00 01 1105`, [named.clock]],
    [
      "set-request-with-list-and-first-datablock",
      `c105c1 01 ${clockTime} 00 00 00000001 02 1105`,
      [named.clock],
    ],
    ["action-request-normal", `c301c1 ${script} 01 120001`, [named.script]],
    ["action-request-with-list", `c303c1 01 ${script} 01 00`, [named.script]],
    ["action-request-with-first-pblock", `c304c1 ${script} 00 00000001 02 0911`, [named.script]],
    [
      "action-request-with-list-and-first-pblock",
      `c305c1 01 ${script} 00 00000001 02 0911`,
      [named.script],
    ],
    [
      "access-request with every choice",
      `d9 40000001 00 05 01 ${energyValue} 02 ${clockTime} 03 ${script}
       04 ${energyValue} 01 00 05 ${clockTime} 01 00 05 00 00 00 00 00`,
      [named.energy, named.clock, named.script, named.energy, named.clock],
    ],
    ["event-notification-request", `c2 00 ${energyValue} 1105`, [named.energy]],
  ])("%s", (_, hex, expected) => {
    expect(objects(hex).map(describeObject)).toEqual(expected);
  });

  test("no short name is given", () => {
    expect(objects(`c001c1 ${energyValue} 00`)).toEqual([
      { classId: 3, logicalName: energy, kind: "attribute", id: 2, shortName: undefined },
    ]);
  });
});

describe("short names", () => {
  // 0x2d50 + 8: value; 0x2d50 + 0x28: reset (Register)
  const value = "0x2d58 1-0:1.8.0*255 class 3 attribute 2";
  const reset = "0x2d78 1-0:1.8.0*255 class 3 method 1";
  test.each([
    ["read-request", "05 01 02 2d58", [value]],
    ["read-request with parameters", "05 02 04 2d78 01 00 02 2d58", [reset, value]],
    ["write-request", "06 01 02 2d58 01 1105", [value]],
    ["unconfirmed-write-request", "16 01 02 2d78 01 0f00", [reset]],
    ["information-report-request", "18 00 01 02 2d58 01 1105", [value]],
    ["a name of nobody", "05 01 02 0010", ["0x10 ? class undefined unknown undefined"]],
    ["a fixed name", "05 01 02 fa08", ["0xfa08 0-0:40.0.0*255 class 12 attribute 2"]],
  ])("%s", (_, hex, expected) => {
    expect(objects(hex).map(describeObject)).toEqual(expected);
  });

  test("of an object without a known class, the class stays open", () => {
    const assumed = { ...register, classId: classNotKnown };
    expect(resolveShortName(0x2d58, [assumed])).toEqual({
      classId: undefined,
      logicalName: energy,
      kind: "attribute",
      id: 2,
      shortName: 0x2d58,
    });
  });
});

describe("nothing is named by", () => {
  test.each([
    ["the next block of a get", "c002c2 00000003"],
    ["a further block of a set", "c103c1 01 00000002 02 1105"],
    ["a further block of an action", "c306c1 01 00000002 02 0911"],
    ["the next block of a read", "05 01 05 0002"],
    ["a block of a write", "05 01 06 00 0001 02 0905"],
    ["an answer", "c401c1 00 060001e240"],
    ["an answer with short names", "0c 01 00 1105"],
    ["a data-notification", "0f 00000001 00 01 00"],
    ["a request that is cut", "c001c1 0003 01"],
    ["an access-request that is cut", `d9 40000001 00 01 01 ${energyValue}`],
    ["a read that is cut", "05 02 02 2d58"],
  ])("%s", (_, hex) => {
    expect(objects(hex)).toEqual([]);
  });
});
