import { expect, it } from "vitest";
import { Column, InternedLists, words } from "../../analyzer/columns.js";

it("forgets whole segments of rows, and keeps those behind them", () => {
  const column = new Column(words);
  for (const row of [0, 65_535, 65_536, 131_072]) column.set(row, row + 1);
  // Segments have 65,536 rows: of those before row 131,071 one is whole.
  column.release(131_071);
  expect([0, 65_535, 65_536, 131_072].map((row) => column.get(row))).toEqual([
    0, 0, 65_537, 131_073,
  ]);
  column.set(0, 5);
  expect(column.get(0)).toBe(0);
  column.release(1 << 20);
  expect(column.get(131_072)).toBe(0);
});

it("keeps lists with the same items once, and tells a list from its beginning", () => {
  const lists = new InternedLists<string>();
  expect(lists.add([])).toBe(0);
  expect(lists.add(["a", "b"])).toBe(1);
  expect(lists.add(["a"])).toBe(2);
  // As one text both of these would be the same.
  expect(lists.add(["a b"])).toBe(3);
  expect(["a b", "a"].map((item) => lists.add([item]))).toEqual([3, 2]);
  expect(lists.add(["a", "b"])).toBe(1);
  expect([0, 1, 2, 3, 4].map((number) => lists.get(number))).toEqual([
    [],
    ["a", "b"],
    ["a"],
    ["a b"],
    undefined,
  ]);
});
