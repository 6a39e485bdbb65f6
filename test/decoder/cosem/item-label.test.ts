/** Attributes and methods as texts name them. */
import { expect, it } from "vitest";
import { labelItem, nameItem } from "../../../decoder/cosem/item-label.js";

it("names attributes and methods by class and name", () => {
  expect(nameItem(3, "attribute", 2)).toBe("attribute 2 (Register.value)");
  expect(nameItem(3, "attribute", 1)).toBe("attribute 1 (Register.logical_name)");
  expect(nameItem(70, "method", 1)).toBe("method 1 (Disconnect control.remote_disconnect)");
});

it("keeps attributes and methods of the same number apart, asked for twice, too", () => {
  const both = () => [nameItem(8, "attribute", 2), nameItem(8, "method", 2)];
  const first = both();
  expect(first).toEqual([
    "attribute 2 (Clock.time)",
    "method 2 (Clock.adjust_to_measuring_period)",
  ]);
  expect(both()).toEqual(first);
});

it("gives the numbers where class or item are not known", () => {
  expect(nameItem(8192, "attribute", 2)).toBe("class 8192 attribute 2");
  expect(nameItem(3, "attribute", 77)).toBe("class 3 attribute 77");
  expect(nameItem(3, "method", 77)).toBe("class 3 method 77");
});

it("tells negative numbers from those of other classes and kinds", () => {
  // Attribute numbers are of the type Integer8: vendors use the negative ones.
  expect(nameItem(3, "attribute", -1)).toBe("class 3 attribute -1");
  expect(nameItem(3, "method", -1)).toBe("class 3 method -1");
  expect(nameItem(2, "method", 127)).toBe("class 2 method 127");
  expect(nameItem(3, "attribute", -128)).toBe("class 3 attribute -128");
});

it("answers alike when a capture names more than it remembers", () => {
  for (let classId = 30_000; classId < 39_000; classId++) nameItem(classId, "attribute", 2);
  expect(nameItem(39_001, "attribute", 2)).toBe("class 39001 attribute 2");
  expect(nameItem(3, "attribute", 2)).toBe("attribute 2 (Register.value)");
});

it("stands behind the logical name, whatever was named before", () => {
  const clock = Uint8Array.of(0, 0, 1, 0, 0, 255);
  const energy = Uint8Array.of(1, 0, 1, 8, 0, 255);
  const all = () => [
    labelItem(energy, 3, "attribute", 2),
    labelItem(energy, 4, "attribute", 2),
    labelItem(energy, 3, "method", 1),
    labelItem(clock, 8, "attribute", 2),
  ];
  const expected = [
    "1-0:1.8.0*255 attribute 2 (Register.value)",
    "1-0:1.8.0*255 attribute 2 (Extended register.value)",
    "1-0:1.8.0*255 method 1 (Register.reset)",
    "0-0:1.0.0*255 attribute 2 (Clock.time)",
  ];
  expect(all()).toEqual(expected);
  // More names than there are places for them.
  for (let e = 0; e < 256; e++) {
    for (let d = 0; d < 32; d++) {
      const name = Uint8Array.of(1, 0, 1, d, e, 255);
      expect(labelItem(name, 3, "attribute", 2)).toBe(
        `1-0:1.${d}.${e}*255 attribute 2 (Register.value)`,
      );
    }
  }
  expect(all()).toEqual(expected);
});

it("keeps no view of the bytes that were named", () => {
  const name = Uint8Array.of(1, 0, 9, 8, 7, 255);
  expect(labelItem(name, 3, "attribute", 2)).toContain("1-0:9.8.7*255");
  name[4] = 6;
  expect(labelItem(name, 3, "attribute", 2)).toContain("1-0:9.8.6*255");
});
