import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatQuantity, scaleExactly } from "../../../decoder/cosem/engineering.js";
import { findUnit } from "../../../decoder/cosem/units.js";

describe("scaleExactly", () => {
  test.each<[number | bigint, number, string]>([
    [123456, -3, "123.456"],
    [123456, 0, "123456"],
    [5, -1, "0.5"],
    [5, -4, "0.0005"],
    [-5, -1, "-0.5"],
    [-120, 2, "-12000"],
    [0, 3, "0"],
    [0, -2, "0.00"], // the meter measures to a hundredth
    [2300, -1, "230.0"],
    [3, -1, "0.3"], // 3 * 0.1 is 0.30000000000000004 in floating point
    [18446744073709551615n, -3, "18446744073709551.615"], // 2^64 - 1
    [-9223372036854775808n, 1, "-92233720368547758080"], // -2^63
    [0.25, 1, "2.5"],
    [1e21, -21, "1"],
    [1e-7, 0, "0.0000001"],
    [1, -128, `0.${"0".repeat(127)}1`],
    [Number.NaN, 2, "NaN"],
    [Number.POSITIVE_INFINITY, 0, "Infinity"],
  ])("%s * 10^%i is %s", (raw, scaler, expected) => {
    expect(scaleExactly(raw, scaler)).toBe(expected);
  });

  test("the digits stay as they are, wherever the point goes", () => {
    const scalers = fc.integer({ min: -128, max: 127 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }), scalers, (raw, scaler) => {
        const text = scaleExactly(raw, scaler);
        const [whole = "", fraction = ""] = text.split(".");
        const back = BigInt(whole.replace("-", "") + fraction) * (whole.startsWith("-") ? -1n : 1n);
        expect(back).toBe(scaler > 0 ? raw * 10n ** BigInt(scaler) : raw);
        expect(fraction).toHaveLength(scaler < 0 ? -scaler : 0);
      }),
    );
  });
});

describe("formatQuantity", () => {
  test.each<[number | bigint, number, number, string]>([
    [123456, 0, 30, "123.456 kWh"], // 123456 Wh / 1000
    [123456, 3, 30, "123.456 MWh"], // 123456 kWh / 1000
    [999, 0, 30, "999 Wh"],
    [1000, 0, 30, "1.000 kWh"],
    [5, -1, 33, "0.5 A"],
    [5, -3, 33, "5 mA"], // 0.005 A
    [5, -2, 33, "0.05 A"],
    [2301, -1, 35, "230.1 V"],
    [11000, 0, 35, "11.000 kV"],
    [-1500, 0, 27, "-1.500 kW"],
    [0, 0, 27, "0 W"],
    [4, -1, 27, "0.4 W"],
    [4, -4, 27, "0.0004 W"], // smaller prefixes are not usual with watts
    [4998, -2, 44, "49.98 Hz"],
    [50000, 0, 44, "50.000 kHz"],
    [2150, -2, 9, "21.50 °C"],
    [123456, -3, 13, "123.456 m³"],
    [123456, 0, 13, "123456 m³"],
    [99, 0, 56, "99 %"],
    [86400, 0, 7, "86400 s"],
    [123456, 0, 255, "123456"],
    [-71, 0, 70, "-71 dBm"],
    [12, 0, 99, "12 (unit 99)"],
    [18446744073709551615n, 0, 30, "18446744.073709551615 TWh"],
  ])("%s, scaler %i, unit %i is %s", (raw, scaler, unit, expected) => {
    expect(formatQuantity(raw, scaler, unit)).toBe(expected);
  });

  test("takes the unit itself, or none", () => {
    expect(formatQuantity(1234, 0, findUnit(27))).toBe("1.234 kW");
    expect(formatQuantity(1234, -1, undefined)).toBe("123.4");
  });
});
