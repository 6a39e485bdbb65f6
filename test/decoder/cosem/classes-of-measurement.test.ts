/** Facts of the tables of classes, each with where it stands, and published bytes named by them. */
import { describe, expect, it } from "vitest";
import { findAttribute, findClass, findMethod } from "../../../decoder/cosem/find-class.js";
import type { ValueRule } from "../../../decoder/cosem/value-rule.js";
import { type Data, decodeData } from "../../../decoder/xdlms/data.js";
import { decodeBytes } from "../dissect-bytes.js";

/** The members' names down to each simple value; undefined where the value breaks the rule. */
function namePaths(data: Data, rule: ValueRule, path = ""): string[] | undefined {
  switch (rule.kind) {
    case "types":
      if (!rule.types.includes(data.type)) return undefined;
      if (rule.length !== undefined && data.type === "octet-string") {
        if (data.value.length !== rule.length) return undefined;
      }
      return [path];
    case "enum":
    case "bits":
      return rule.types.includes(data.type) ? [path] : undefined;
    case "date-time":
    case "date":
    case "time":
      return data.type === "octet-string" ? [path] : undefined;
    case "array":
      if (data.type !== "array") return undefined;
      return join(data.value.map((element) => namePaths(element, rule.element, path)));
    case "structure": {
      const { members } = rule;
      if (data.type !== "structure" || data.value.length < members.length) return undefined;
      if (data.value.length > members.length && !rule.open) return undefined;
      return join(
        members.map((member, index) => {
          const value = data.value[index];
          return value === undefined
            ? undefined
            : namePaths(value, member.rule, path === "" ? member.name : `${path}.${member.name}`);
        }),
      );
    }
    case "choice":
      return rule.of.map((one) => namePaths(data, one, path)).find((one) => one !== undefined);
    default:
      return [path];
  }
}

function join(parts: readonly (string[] | undefined)[]): string[] | undefined {
  const whole = parts.filter((part) => part !== undefined);
  return whole.length < parts.length ? undefined : whole.flat();
}

/** The names in a value, in hex, of an attribute; undefined where it breaks the rule. */
function name(classId: number, attribute: number, hex: string, version?: number) {
  const data = decodeBytes(hex, decodeData);
  const found = findAttribute(classId, attribute, version);
  if (data === undefined || found === undefined) throw new Error(`${classId}.${attribute}: ${hex}`);
  return namePaths(data, found.rule);
}

/** The table of values or bits of an attribute, or of the first element or member that has one. */
function tableOf(rule: ValueRule | undefined): Readonly<Record<number, string>> | undefined {
  switch (rule?.kind) {
    case "enum":
      return rule.values;
    case "bits":
      return rule.bits;
    case "array":
      return tableOf(rule.element);
    case "structure":
      return rule.members
        .map((member) => tableOf(member.rule))
        .find((found) => found !== undefined);
    default:
      return undefined;
  }
}

function attributeTable(classId: number, attribute: number, version?: number) {
  return tableOf(findAttribute(classId, attribute, version)?.rule);
}

function attributeNames(classId: number, version: number): string[] {
  const table = findClass(classId)?.versions[version]?.attributes ?? {};
  return Object.values(table).map((attribute) => attribute.name);
}

function methodNames(classId: number, version: number): string[] {
  return Object.values(findClass(classId)?.versions[version]?.methods ?? {}).map(
    (method) => method.name,
  );
}

describe("classes of IEC 62056-6-2", () => {
  // The newest versions as a catalogue of the Blue Book, part 2, edition 16, has them; those before
  // as Gurux.DLMS.Net and gvtret/dlms implement them.
  it.each([
    [6, "Register activation", "0"],
    [7, "Profile generic", "0 1"],
    [8, "Clock", "0"],
    [9, "Script table", "0"],
    [10, "Schedule", "0"],
    [11, "Special days table", "0"],
    [12, "Association SN", "0 1 2 3 4"],
    [15, "Association LN", "0 1 2 3"],
    [17, "SAP assignment", "0"],
    [18, "Image transfer", "0"],
    [20, "Activity calendar", "0"],
    [21, "Register monitor", "0"],
    [22, "Single action schedule", "0"],
    [26, "Utility tables", "0"],
    [30, "COSEM data protection", "0"],
    [40, "Push setup", "0 1 2 3"],
    [61, "Register table", "0"],
    [62, "Compact data", "0 1"],
    [63, "Status mapping", "0"],
    [64, "Security setup", "0 1"],
    [65, "Parameter monitor", "0 1"],
    [66, "Measurement data monitoring", "0"],
    [67, "Sensor manager", "0"],
    [68, "Arbitrator", "0"],
    [70, "Disconnect control", "0"],
    [71, "Limiter", "0"],
    [111, "Account", "0"],
    [112, "Credit", "0"],
    [113, "Charge", "0"],
    [115, "Token gateway", "0"],
    [116, "IEC 62055-41 attributes", "0"],
    [122, "Function control", "0"],
    [123, "Array manager", "0"],
    [124, "Communication port protection", "0"],
  ])("%i is %s in versions %s", (id, className, versions) => {
    expect(findClass(id)?.name).toBe(className);
    expect(Object.keys(findClass(id)?.versions ?? {}).join(" ")).toBe(versions);
  });

  // Gurux.DLMS.Net counts the same of 15 and 40, gvtret/dlms of 12, 64 and 65.
  it("gain attributes and methods from version to version", () => {
    expect(attributeNames(12, 0)).toEqual(["object_list"]);
    expect(attributeNames(12, 4)).toEqual([
      "object_list",
      "access_rights_list",
      "security_setup_reference",
      "user_list",
      "current_user",
    ]);
    expect(findMethod(12, 5, 2)?.name).toBe("change_LLS_secret");
    expect(findMethod(12, 5, 3)?.name).toBe("change_secret");
    expect(findMethod(12, 1, 3)).toBeUndefined();
    expect([0, 1, 2, 3].map((version) => attributeNames(15, version).length)).toEqual([
      7, 8, 10, 10,
    ]);
    expect(findAttribute(15, 7, 0)?.name).toBe("LLS_secret");
    expect(findAttribute(15, 7)?.name).toBe("secret");
    expect(methodNames(15, 1)).toHaveLength(4);
    expect(methodNames(15, 2).slice(4)).toEqual(["add_user", "remove_user"]);
    expect([0, 1, 2].map((version) => attributeNames(40, version).length)).toEqual([6, 9, 12]);
    expect([0, 1].map((version) => attributeNames(64, version).length)).toEqual([4, 5]);
    expect(methodNames(64, 0)).toEqual(["security_activate", "global_key_transfer"]);
    expect(methodNames(64, 1)[1]).toBe("key_transfer");
    expect([0, 1].map((version) => attributeNames(65, version).length)).toEqual([3, 7]);
  });

  it("tell what is set up from what changes", () => {
    expect(findAttribute(7, 2)?.kind).toBe("dynamic");
    expect(findAttribute(7, 3)?.kind).toBe("static");
    expect(findAttribute(70, 3)?.kind).toBe("dynamic");
    expect(findAttribute(70, 4)?.kind).toBe("static");
  });
});

describe("values and bits with names", () => {
  it("of the clock: IEC 62056-6-2, Date formats, clock_status", () => {
    expect(attributeTable(8, 4)).toMatchObject({ 0: "invalid value", 7: "daylight saving active" });
    expect(attributeTable(8, 9)?.[4]).toBe("GPS");
  });

  // Blue Book, Association LN; DlmsSPODES lists the same modes.
  it("of access rights: a list up to version 2, bits in version 3", () => {
    expect(Object.keys(attributeTable(15, 2, 0) ?? {})).toHaveLength(4);
    expect(attributeTable(15, 2, 2)).toMatchObject({
      3: "read_and_write",
      6: "authenticated_read_and_write",
    });
    expect(attributeTable(15, 2, 3)).toMatchObject({
      0: "read-access",
      2: "authenticated request",
    });
    expect(attributeTable(12, 3, 3)?.[3]).toBe("read_and_write");
    expect(attributeTable(12, 3, 4)?.[3]).toBe("encrypted request");
  });

  // The RequiredProtection of EnergyICT and of Gurux.DLMS.Net list the same bits.
  it("of the security policy: a list in version 0, bits in version 1", () => {
    expect(attributeTable(64, 2, 0)?.[3]).toBe("all messages authenticated and encrypted");
    expect(attributeTable(64, 2, 1)).toEqual(attributeTable(30, 6));
    expect(attributeTable(64, 2, 1)?.[7]).toBe("digitally signed response");
  });

  // DlmsSPODES, Values/EN/enum_names.py, and Blue Book, Disconnect control and Image transfer.
  it("of states", () => {
    expect(Object.keys(attributeTable(70, 4) ?? {})).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
    expect(attributeTable(70, 3)?.[2]).toBe("ready for reconnection");
    expect(attributeTable(18, 6)?.[4]).toBe("Image verification failed");
    expect(attributeTable(15, 8)?.[2]).toBe("associated");
    expect(attributeTable(7, 5)?.[1]).toBe("fifo (first in first out)");
    expect(attributeTable(40, 3)?.[8]).toBe("DLMS gateway");
    expect(attributeTable(124, 8)?.[1]).toBe("temporarily locked");
  });

  // A meter's firmware (Payment.h) lists them all; the bits are in Gurux.DLMS.Net, too.
  it("of payment", () => {
    expect(attributeTable(111, 2)).toEqual({ 1: "credit mode", 2: "prepayment mode" });
    expect(attributeTable(111, 4)?.[6]).toBe("out_of_credit");
    expect(attributeTable(112, 3)?.[2]).toBe("emergency_credit");
    expect(attributeTable(113, 9)?.[1]).toBe("continuous collection");
    expect(attributeTable(115, 6)?.[8]).toBe("token received, not yet processed");
  });
});

describe("values, named by the tables", () => {
  it("a week of a meter (BlockWorksCo/Playground, ExamplePDUs.txt)", () => {
    const week = "0101 0208 0908 5745454b44415953 1101 1101 1101 1101 1101 1102 1102";
    expect(name(20, 4, week)).toEqual([
      "week_profile_name",
      "monday",
      "tuesday",
      "wednesday",
      "thursday",
      "friday",
      "saturday",
      "sunday",
    ]);
  });

  it("a day of the same meter: scripts of 0-0:10.0.100*255 at 0 and 3 o'clock", () => {
    const entries =
      "0203 0904 000000ff 0906 0600000a0064 120001 0203 0904 030000ff 0906 0600000a0064 120002";
    expect(name(20, 5, `0101 0202 1101 0102 ${entries}`)?.slice(0, 4)).toEqual([
      "day_id",
      "day_schedule.start_time",
      "day_schedule.script_logical_name",
      "day_schedule.script_selector",
    ]);
  });

  it("what a meter pushes (UtilitechAS/amsreader-firmware, frames/lng.raw)", () => {
    const object = "0204 120028 0906 0008190900ff 0f02 120000";
    const expected = ["class_id", "logical_name", "attribute_index", "data_index"];
    expect(name(40, 2, `0101 ${object}`)).toEqual(expected);
    expect(name(40, 2, `0101 ${object}`, 0)).toEqual(expected);
    expect(name(40, 2, `0101 ${object}`, 2)).toBeUndefined();
  });

  it("the object of the association itself (IEC 62056-6-2, reserved base name FA00)", () => {
    expect(name(12, 2, "0101 0204 10fa00 12000c 1100 0906 0000280000ff")).toEqual([
      "base_name",
      "class_id",
      "version",
      "logical_name",
    ]);
  });

  it("an entry of an object list with its rights, in either form of the method's", () => {
    const attribute = "0101 0203 0f01 1601 00";
    const object = (mode: string) =>
      `0101 0204 120008 1100 0906 0000010000ff 0202 ${attribute} 0101 0202 0f06 ${mode}`;
    // null-data in the place of access_selectors is no mismatch for the analyzer; here it is left out.
    const withSelectors = (mode: string) => object(mode).replace("1601 00", "1601 0101 0f01");
    expect(name(15, 2, withSelectors("0301"), 0)?.at(-1)).toBe(
      "access_rights.method_access.access_mode",
    );
    expect(name(15, 2, withSelectors("0301"), 2)).toBeUndefined();
    expect(name(15, 2, withSelectors("1601"), 2)?.at(-1)).toBe(
      "access_rights.method_access.access_mode",
    );
    expect(name(15, 2, withSelectors("1601"))).toBeDefined();
  });

  it("the delay of a push, a number that became a structure", () => {
    expect(name(40, 7, "12 003c", 1)).toEqual([""]);
    expect(name(40, 7, "12 003c", 2)).toBeUndefined();
    expect(name(40, 7, "0203 120001 120002 120003", 3)).toEqual([
      "repetition_delay_min",
      "repetition_delay_exponent",
      "repetition_delay_max",
    ]);
  });

  it("a script that opens the switch (0-0:96.3.10*255, method 1)", () => {
    const scripts = "0101 0202 120001 0101 0205 1602 120046 0906 000060030aff 0f01 0f00";
    expect(name(9, 2, scripts)).toEqual([
      "script_identifier",
      "actions.service_id",
      "actions.class_id",
      "actions.logical_name",
      "actions.index",
      "actions.parameter",
    ]);
  });
});
