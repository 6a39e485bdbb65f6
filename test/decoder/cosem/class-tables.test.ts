/** What every table of an interface class must be, whatever its facts are. */
import { describe, expect, it } from "vitest";
import { findClass, listClassIds } from "../../../decoder/cosem/find-class.js";
import type { ClassVersion, InterfaceClass } from "../../../decoder/cosem/interface-class.js";
import type { ValueRule } from "../../../decoder/cosem/value-rule.js";

/** Every type of Data of IEC 62056-5-3, as the decoder names it. */
const dataTypes = new Set(
  [
    "null-data array structure boolean bit-string double-long double-long-unsigned floating-point",
    "octet-string visible-string utf8-string bcd integer long unsigned long-unsigned compact-array",
    "long64 long64-unsigned enum float32 float64 date-time date time dont-care",
  ].flatMap((line) => line.split(" ")),
);

/** Versions whose methods have gaps: `class.version`. Their numbers are reserved since. */
const gapsInMethods = new Set(["12.3", "12.4"]);

const classes: readonly InterfaceClass[] = listClassIds().map((id) => {
  const found = findClass(id);
  if (found === undefined) throw new Error(`class ${id}`);
  return found;
});
const versions = classes.flatMap(({ id, versions }) =>
  Object.entries(versions).map(([version, table]): [string, ClassVersion] => [
    `${id}.${version}`,
    table,
  ]),
);

/** What is wrong with a rule, and with those in it. */
function findFaults(rule: ValueRule): string[] {
  switch (rule.kind) {
    case "types":
      return findTypeFaults(rule.types);
    case "enum":
      return [...findTypeFaults(rule.types), ...findValueFaults(rule.values)];
    case "bits":
      return [...findTypeFaults(rule.types), ...findValueFaults(rule.bits)];
    case "array":
      return findFaults(rule.element);
    case "structure": {
      const names = rule.members.map(({ name }) => name);
      const faults = rule.members.flatMap((member) => findFaults(member.rule));
      // One that is open may have members of which nothing is known.
      if (names.length === 0 && !rule.open) faults.push("structure without members");
      if (names.some((name) => name.trim() === "")) faults.push("member without a name");
      if (new Set(names).size < names.length) faults.push("two members with one name");
      return faults;
    }
    case "choice":
      return [...(rule.of.length < 2 ? ["no choice"] : []), ...rule.of.flatMap(findFaults)];
    default:
      return [];
  }
}

function findTypeFaults(types: readonly string[]): string[] {
  const faults = types.filter((type) => !dataTypes.has(type)).map((type) => `no type ${type}`);
  return types.length === 0 ? ["no types"] : faults;
}

function findValueFaults(values: Readonly<Record<number, string>>): string[] {
  const names = Object.values(values);
  const faults = names.filter((name) => name.trim() === "").map(() => "value without a name");
  if (new Set(names).size < names.length) faults.push("two values with one name");
  return names.length === 0 ? ["no values"] : faults;
}

function numbers(table: object): number[] {
  return Object.keys(table).map(Number);
}

function countFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

describe("tables of interface classes", () => {
  it("have the id they are found by, ascending, and a name of their own", () => {
    expect(classes.map(({ id }) => id)).toEqual(listClassIds());
    expect(listClassIds()).toEqual([...new Set(listClassIds())].sort((a, b) => a - b));
    expect(new Set(classes.map(({ name }) => name)).size).toBe(classes.length);
    for (const { name, meaning } of classes) {
      expect(name.trim()).not.toBe("");
      expect(meaning.trim()).not.toBe("");
    }
  });

  it("list their versions ascending, from one that a byte holds", () => {
    for (const { versions } of classes) {
      const listed = numbers(versions);
      expect(listed.length).toBeGreaterThan(0);
      expect(listed).toEqual([...listed].sort((a, b) => a - b));
      expect(listed.every((version) => version >= 0 && version < 256)).toBe(true);
    }
  });

  it.each(versions)("number the attributes and methods of %s without gaps", (key, table) => {
    const attributes = numbers(table.attributes);
    expect(attributes).toEqual(countFrom(2, attributes.length));
    const methods = numbers(table.methods);
    if (!gapsInMethods.has(key)) expect(methods).toEqual(countFrom(1, methods.length));
  });

  it.each(versions)("name each attribute and method of %s once", (_, table) => {
    for (const items of [Object.values(table.attributes), Object.values(table.methods)]) {
      const names = items.map(({ name }) => name);
      expect(names.filter((name) => name.trim() === "")).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
      for (const { meaning } of items) expect(meaning?.trim()).not.toBe("");
    }
  });

  it.each(versions)("have sound rules in %s", (_, table) => {
    for (const items of [table.attributes, table.methods]) {
      for (const { name, rule } of Object.values(items)) {
        expect({ name, faults: findFaults(rule) }).toEqual({ name, faults: [] });
      }
    }
  });
});
