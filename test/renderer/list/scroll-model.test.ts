import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  baseOf,
  clampTop,
  largestTop,
  onDevicePixel,
  reveal,
  rowsOfPage,
  thumbOf,
  topOfThumb,
  visibleRange,
  wheelDistance,
} from "../../../renderer/list/scroll-model.js";

const extents = fc.record({
  rows: fc.integer({ min: 1, max: 10_000_000 }),
  rowHeight: fc.constantFrom(21, 24),
  height: fc.integer({ min: 24, max: 2000 }),
});

/** An extent and a row of it. */
const places = extents.chain((extent) =>
  fc.record({
    extent: fc.constant(extent),
    index: fc.integer({ min: 0, max: extent.rows - 1 }),
  }),
);

/** Where a row is drawn, as the list does it: from a base, on a device pixel. */
function drawnAt(rowHeight: number, top: number, index: number, first: number, ratio: number) {
  const base = baseOf(first);
  return onDevicePixel(base * rowHeight - top, ratio) + (index - base) * rowHeight;
}

describe("rows and pixels", () => {
  test("the millionth of ten million rows stands at the pixel that it is due", () => {
    // 999,999 rows of 21 px stand above it: 20,999,979 px, beyond what a 2x screen could lay out.
    const extent = { rows: 10_000_000, rowHeight: 21, height: 420 };
    const top = reveal(extent, 0, 999_999, "nearest");
    expect(top).toBe(20_999_979 + 21 - 420);
    expect(visibleRange(extent, top)).toEqual({ first: 999_980, end: 1_000_000 });
    // The end: 210,000,000 px less what is seen.
    expect(largestTop(extent)).toBe(209_999_580);
  });

  test.each([1, 2])(
    "any row that is revealed is drawn in full, at device pixel ratio %i",
    (ratio) => {
      fc.assert(
        fc.property(places, fc.constantFrom("nearest", "middle"), ({ extent, index }, how) => {
          const { rowHeight, height } = extent;
          const top = reveal(extent, 0, index, how);
          const { first, end } = visibleRange(extent, top);
          expect(index).toBeGreaterThanOrEqual(first);
          expect(index).toBeLessThan(end);
          const y = drawnAt(rowHeight, top, index, first, ratio);
          expect(y).toBe(index * rowHeight - top);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y + rowHeight).toBeLessThanOrEqual(height);
        }),
      );
    },
  );

  test.each([1, 2])("numbers that the browser sees stay small, at ratio %i", (ratio) => {
    fc.assert(
      fc.property(places, ({ extent, index }) => {
        const { rowHeight } = extent;
        const top = clampTop(extent, index * rowHeight);
        const { first, end } = visibleRange(extent, top);
        const offset = (end - baseOf(first)) * rowHeight;
        expect(offset * ratio).toBeLessThan(100_000);
        expect(Math.abs(baseOf(first) * rowHeight - top)).toBeLessThan(100_000);
      }),
    );
  });

  test("at the end the last row ends where the view does", () => {
    fc.assert(
      fc.property(extents, (extent) => {
        const top = clampTop(extent, Number.POSITIVE_INFINITY);
        const { end } = visibleRange(extent, top);
        expect(end).toBe(extent.rows);
        if (top > 0) expect(extent.rows * extent.rowHeight - top).toBe(extent.height);
      }),
    );
  });

  test("a row that is seen in full moves nothing; one above or below moves no further than needed", () => {
    const extent = { rows: 1000, rowHeight: 20, height: 100 };
    expect(reveal(extent, 200, 10, "nearest")).toBe(200);
    expect(reveal(extent, 200, 14, "middle")).toBe(200);
    expect(reveal(extent, 200, 15, "nearest")).toBe(220);
    expect(reveal(extent, 200, 9, "nearest")).toBe(180);
    // In the middle of five rows: two above it.
    expect(reveal(extent, 0, 500, "middle")).toBe(9960);
  });

  test("nonsense is the beginning", () => {
    const extent = { rows: 10, rowHeight: 20, height: 100 };
    expect(clampTop(extent, Number.NaN)).toBe(0);
    expect(clampTop(extent, -5)).toBe(0);
    expect(clampTop({ ...extent, rows: 2 }, 50)).toBe(0);
  });
});

describe("the wheel", () => {
  const extent = { rows: 10_000_000, rowHeight: 21, height: 500 };

  test("pixels, lines and pages", () => {
    expect(wheelDistance(extent, { deltaY: 100, deltaMode: 0 })).toBe(100);
    expect(wheelDistance(extent, { deltaY: 3, deltaMode: 1 })).toBe(63);
    expect(wheelDistance(extent, { deltaY: -1, deltaMode: 2 })).toBe(-500);
  });

  test("a thousand steps of a quarter of a pixel are 250 pixels, far down too", () => {
    const start = 200_000_000;
    let top = start;
    for (let step = 0; step < 1000; step++) {
      top = clampTop(extent, top + wheelDistance(extent, { deltaY: 0.25, deltaMode: 0 }));
    }
    expect(top - start).toBe(250);
  });

  test("there and back again is where one was", () => {
    let top = 5000;
    for (const deltaY of [120, 33, -40, -113]) top = clampTop(extent, top + deltaY);
    expect(top).toBe(5000);
  });

  test("a page is what is seen, less one row to hold on to", () => {
    expect(rowsOfPage({ rows: 100, rowHeight: 20, height: 105 })).toBe(4);
    expect(rowsOfPage({ rows: 100, rowHeight: 20, height: 10 })).toBe(1);
  });
});

describe("the thumb", () => {
  test("both ends of the track are both ends of the list", () => {
    fc.assert(
      fc.property(extents, fc.integer({ min: 30, max: 2000 }), (extent, track) => {
        const largest = largestTop(extent);
        fc.pre(largest > 0);
        const { length } = thumbOf(extent, 0, track);
        expect(thumbOf(extent, 0, track).start).toBe(0);
        expect(thumbOf(extent, largest, track).start).toBeCloseTo(track - length, 6);
        expect(topOfThumb(extent, 0, track)).toBe(0);
        if (length < track) expect(topOfThumb(extent, track - length, track)).toBe(largest);
      }),
    );
  });

  test("where the thumb is let go, there it stays, to a pixel of the list", () => {
    fc.assert(
      fc.property(
        extents,
        fc.integer({ min: 100, max: 2000 }),
        fc.nat(99),
        (extent, track, part) => {
          const { length } = thumbOf(extent, 0, track);
          fc.pre(length < track && largestTop(extent) > 0);
          const start = ((track - length) * part) / 99;
          const top = topOfThumb(extent, start, track);
          const pixelOfList = (track - length) / largestTop(extent);
          expect(Math.abs(thumbOf(extent, top, track).start - start)).toBeLessThanOrEqual(
            pixelOfList + 1e-6,
          );
        },
      ),
    );
  });

  test("it never becomes too short to be held, and fills the track where nothing can be moved", () => {
    expect(thumbOf({ rows: 10_000_000, rowHeight: 21, height: 500 }, 0, 500).length).toBe(24);
    expect(thumbOf({ rows: 5, rowHeight: 21, height: 500 }, 0, 500)).toEqual({
      start: 0,
      length: 500,
    });
  });
});
