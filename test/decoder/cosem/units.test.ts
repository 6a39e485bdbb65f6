import { describe, expect, test } from "vitest";
import { findUnit, listUnits } from "../../../decoder/cosem/units.js";

describe("units", () => {
  // IEC 62056-6-2, Register, enumerated values for physical units.
  test.each([
    [1, "a"],
    [7, "s"],
    [8, "°"],
    [9, "°C"],
    [13, "m³"],
    [27, "W"],
    [28, "VA"],
    [29, "var"],
    [30, "Wh"],
    [31, "VAh"],
    [32, "varh"],
    [33, "A"],
    [34, "C"],
    [35, "V"],
    [44, "Hz"],
    [56, "%"],
    [57, "Ah"],
    [60, "Wh/m³"],
    [70, "dBm"],
    [72, "dB"],
    [131, "°F"],
    [174, "Btu/d"],
    [254, "other"],
    [255, ""],
  ])("%i is %s", (code, symbol) => {
    expect(findUnit(code)?.symbol).toBe(symbol);
  });

  test("reserved codes have none", () => {
    for (const code of [0, 58, 59, 68, 69, 73, 127, 175, 253, 256, -1])
      expect(findUnit(code)).toBeUndefined();
  });

  test("are complete, ascending, and each says what it is", () => {
    const units = listUnits();
    expect(units).toHaveLength(57 + 8 + 3 + 47 + 2);
    const codes = units.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b));
    for (const unit of units) {
      expect(unit.name).not.toBe("");
      expect(unit.quantity).not.toBe("");
    }
  });
});
