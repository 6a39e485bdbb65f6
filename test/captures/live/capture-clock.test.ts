import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCaptureClock } from "../../../captures/live/capture-clock.js";

const second = 1_000_000_000n;

/** A clock over hands that are moved by the test, in nanoseconds. */
function clockOf() {
  const hands = { monotonic: 5n * second, wall: 1_000n * second };
  const clock = createCaptureClock(
    () => hands.monotonic,
    () => hands.wall,
  );
  return {
    read: () => {
      const { seconds, nanoseconds } = clock();
      return BigInt(seconds) * second + BigInt(nanoseconds);
    },
    move: (monotonic: bigint, wall: bigint) => {
      hands.monotonic += monotonic;
      hands.wall += wall;
    },
  };
}

describe("the clock of a capture", () => {
  it("counts from the wall time at its start, exact to the nanosecond", () => {
    const { read, move } = clockOf();
    expect(read()).toBe(1_000n * second);
    move(1n, 0n);
    expect(read()).toBe(1_000n * second + 1n);
  });

  it("follows the wall clock where that was put forward: the machine has slept", () => {
    const { read, move } = clockOf();
    move(2n * second, 3_602n * second);
    expect(read()).toBe(4_602n * second);
  });

  it("does not follow trembling, nor a clock that was put back", () => {
    const { read, move } = clockOf();
    move(2n * second, 2n * second + 50_000_000n);
    expect(read()).toBe(1_002n * second);
    move(2n * second, -3_600n * second);
    expect(read()).toBe(1_004n * second);
  });

  it("looks at the wall clock once a second at most", () => {
    const { read, move } = clockOf();
    move(second / 2n, 60n * second);
    expect(read()).toBe(1_000n * second + second / 2n);
    move(second / 2n, 0n);
    expect(read()).toBe(1_060n * second);
  });

  it("never goes back, whatever the wall clock does", () => {
    const step = fc.tuple(
      fc.bigInt(0n, 3n * second),
      fc.bigInt(-10_000n * second, 10_000n * second),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { read, move } = clockOf();
        let last = read();
        for (const [monotonic, wall] of steps) {
          move(monotonic, wall);
          const now = read();
          expect(now - last).toBeGreaterThanOrEqual(monotonic);
          last = now;
        }
      }),
    );
  });

  it("is the time of day", () => {
    const { seconds, dated } = createCaptureClock()();
    expect(dated).toBe(true);
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(10);
  });
});
