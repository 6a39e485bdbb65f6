import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainObis } from "../../../../decoder/cosem/obis/name-obis.js";
import { codeOf } from "./code-of.js";

function meanings(code: string): string[] {
  return explainObis(codeOf(code)).map(({ meaning }) => meaning);
}

describe("explainObis", () => {
  test("has one line for each value group", () => {
    const groups = explainObis(codeOf("1-0:1.8.1*101"));
    expect(groups.map(({ group }) => group).join("")).toBe("ABCDEF");
    expect(groups.map(({ value }) => value)).toEqual([1, 0, 1, 8, 1, 101]);
  });

  test.each([
    [
      "1-0:1.8.1*101",
      "Electricity; No channel; Active energy import (+A); Time integral 1; Rate 1; Last billing period",
    ],
    [
      "1-2:32.7.124*255",
      "Electricity; Channel 2; Voltage, L1; Instantaneous value; Total harmonic distortion (THD); Current value, or not used",
    ],
    [
      "0-0:96.7.21*255",
      "Abstract object; No channel; General and service entries; Power failure monitoring; Number of power failures, any phase; Current value, or not used",
    ],
    [
      "0-0:94.47.1*255",
      "Abstract object; No channel; Country specific; Norway; Reserved, or not known; Current value, or not used",
    ],
    [
      "1-0:130.7.0*255",
      "Electricity; No channel; Manufacturer specific; Reserved, or not known; Reserved, or not known; Current value, or not used",
    ],
    [
      "7-0:13.2.0*255",
      "Gas; No channel; Forward absolute converter volume; At base conditions; Total; Current value, or not used",
    ],
    [
      "8-1:1.2.3*255",
      "Cold water; Channel 1; Accumulated volume; Set date value; Rate 3; Current value, or not used",
    ],
  ])("%s", (code, expected) => {
    expect(meanings(code).join("; ")).toBe(expected);
  });

  test("explains every code, and only codes", () => {
    expect(explainObis(Uint8Array.of(1, 0, 1, 8, 0))).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (code) => {
        const groups = explainObis(code);
        expect(groups.map(({ value }) => value)).toEqual([...code]);
        for (const { meaning } of groups) expect(meaning).not.toMatch(/undefined|NaN|^$/);
      }),
      { numRuns: 3000 },
    );
  });
});
