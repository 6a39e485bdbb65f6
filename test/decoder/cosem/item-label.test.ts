/** Attributes and methods as texts name them. */
import { expect, it } from "vitest";
import { labelItem } from "../../../decoder/cosem/item-label.js";

it("names attributes and methods by class and name", () => {
  expect(labelItem(3, "attribute", 2)).toBe("attribute 2 (Register.value)");
  expect(labelItem(3, "attribute", 1)).toBe("attribute 1 (Register.logical_name)");
  expect(labelItem(70, "method", 1)).toBe("method 1 (Disconnect control.remote_disconnect)");
});

it("keeps attributes and methods of the same number apart, asked for twice, too", () => {
  const both = () => [labelItem(8, "attribute", 2), labelItem(8, "method", 2)];
  const first = both();
  expect(first).toEqual([
    "attribute 2 (Clock.time)",
    "method 2 (Clock.adjust_to_measuring_period)",
  ]);
  expect(both()).toEqual(first);
});

it("gives the numbers where class or item are not known", () => {
  expect(labelItem(8192, "attribute", 2)).toBe("class 8192 attribute 2");
  expect(labelItem(3, "attribute", 77)).toBe("class 3 attribute 77");
  expect(labelItem(3, "method", 77)).toBe("class 3 method 77");
});

it("tells negative numbers from those of other classes and kinds", () => {
  // Attribute numbers are of the type Integer8: vendors use the negative ones.
  expect(labelItem(3, "attribute", -1)).toBe("class 3 attribute -1");
  expect(labelItem(3, "method", -1)).toBe("class 3 method -1");
  expect(labelItem(2, "method", 127)).toBe("class 2 method 127");
  expect(labelItem(3, "attribute", -128)).toBe("class 3 attribute -128");
});

it("answers alike when a capture names more than it remembers", () => {
  for (let classId = 30_000; classId < 39_000; classId++) labelItem(classId, "attribute", 2);
  expect(labelItem(39_001, "attribute", 2)).toBe("class 39001 attribute 2");
  expect(labelItem(3, "attribute", 2)).toBe("attribute 2 (Register.value)");
});
