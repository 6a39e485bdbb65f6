import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRank, NumberList } from "../../analyzer/number-list.js";

function listOf(numbers: readonly number[]): NumberList {
  const list = new NumberList();
  for (const number of numbers) list.push(number);
  list.sort();
  return list;
}

describe("lists of numbers", () => {
  it("know the number of a rank as all of them in order have it", () => {
    // Small ones that repeat, those that four bytes hold, and greater ones.
    const number = fc.oneof(fc.nat(5), fc.nat(0xffff_ffff), fc.nat(2 ** 40));
    const numbers = fc.array(number, { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 4 }), (parts) => {
        const lists = parts.map(listOf);
        const sorted = parts.flat().sort((a, b) => a - b);
        sorted.forEach((number, index) => {
          expect(findRank(lists, index + 1)).toBe(number);
        });
      }),
    );
  });
});
