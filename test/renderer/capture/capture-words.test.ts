import { expect, test } from "vitest";
import { amountOfBytes, durationOf, rateOf } from "../../../renderer/capture/capture-words.js";
import { FrameRate } from "../../../renderer/capture/frame-rate.js";

test("amounts have a unit, and no more digits than are read", () => {
  const amounts = [0, 7, 999, 1000, 1152, 9949, 9950, 11_520, 999_499, 999_500, 2.5e9];
  expect(amounts.map(amountOfBytes)).toEqual([
    "0 B",
    "7 B",
    "999 B",
    "1.0 kB",
    "1.2 kB",
    "9.9 kB",
    "10 kB",
    "12 kB",
    "999 kB",
    "1.0 MB",
    "2.5 GB",
  ]);
  expect([0, 0.25, 3, 9.96, 1234].map(rateOf)).toEqual(["0", "0.3", "3.0", "10", "1,234"]);
  expect([0, 61_000, 90_061_000].map(durationOf)).toEqual(["0:00:00", "0:01:01", "25:01:01"]);
});

test("frames a second are those of the last second, and change with the beat", () => {
  const rate = new FrameRate();
  expect(rate.at("first", 100, 0)).toBe(0);
  // Five frames every quarter of a second; in between, nothing new is told.
  for (let beat = 1; beat <= 8; beat++) {
    const perSecond = rate.at(beat, 100 + 5 * beat, 250 * beat);
    expect(perSecond).toBe(5 * Math.min(beat, 4));
    expect(rate.at(beat, 1000, 250 * beat + 100)).toBe(perSecond);
  }
  expect(rate.at("silence", 140, 3000)).toBe(0);
});
