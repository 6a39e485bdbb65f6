import type { Timestamp } from "../../decoder/chunk.js";

/** Gives the time of now, exact to the nanosecond as far as the machine is. */
export type CaptureClock = () => Timestamp;

const second = 1_000_000_000n;
/** So far may the wall clock run ahead, as it does after a sleep, before it is believed. */
const tolerance = 100_000_000n;

/**
 * A clock for captures: the machine's monotonic one, which was put to wall time when it was made.
 * It never goes back. Where the wall clock was put forward (the machine slept, the time was set)
 * it follows, checked once a second; where that was put back, it runs on as before, for distances
 * between packets matter more than the date.
 */
export function createCaptureClock(
  monotonic: () => bigint = process.hrtime.bigint,
  wall: () => bigint = wallClock,
): CaptureClock {
  let offset = wall() - monotonic();
  let checked = monotonic();
  return () => {
    const now = monotonic();
    if (now - checked >= second || now < checked) {
      checked = now;
      const ahead = wall() - (now + offset);
      if (ahead > tolerance) offset += ahead;
    }
    const time = now + offset;
    return {
      seconds: Number(time / second),
      nanoseconds: Number(time % second),
      dated: true,
    };
  };
}

function wallClock(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
