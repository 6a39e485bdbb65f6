import { expect, it } from "vitest";
import { Column, words } from "../../analyzer/columns.js";

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
