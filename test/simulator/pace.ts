/** When bytes are on the line: at the pace of a baud rate, or as fast as they are taken. */

export interface Pace {
  /** Bits a second; null: as fast as the line takes them. */
  readonly baud: number | null;
  /** Bits that a byte takes, start and stop bits and parity among them: 10 for 8N1 and 7E1. */
  readonly bitsPerByte: number;
  /** Milliseconds of silence before another side speaks. */
  readonly turnaround: number;
}

export const asTaken: Pace = { baud: null, bitsPerByte: 10, turnaround: 0 };

/** 115,200 baud 8N1: 11,520 bytes a second. */
export const at115200: Pace = { baud: 115_200, bitsPerByte: 10, turnaround: 2 };

/** A clock that can be waited for; tests have one that jumps. */
export interface Clock {
  /** Milliseconds from any start; never goes back. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Between looks at the clock. A serial port's FIFO of 16 bytes fills in 1.4 ms at 115,200 baud. */
const tick = 4;

/**
 * Hands out a message bit by bit as a line of that pace would carry it: each piece that is due when
 * the clock is looked at, whole bytes, in order, as views. `begin` is the time of its first bit;
 * resolves with the time at which its last bit is over. A slow `take` delays what follows and makes
 * its pieces longer; nothing is skipped.
 */
export async function sendAtPace(
  bytes: Uint8Array,
  begin: number,
  pace: Pace,
  clock: Clock,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<number> {
  const { baud, bitsPerByte } = pace;
  await waitUntil(begin, clock);
  if (baud === null) {
    await take(bytes);
    return clock.now();
  }
  const byteTime = (1000 * bitsPerByte) / baud;
  let next = begin + byteTime;
  for (let sent = 0; sent < bytes.length; ) {
    await waitUntil(next, clock);
    const now = clock.now();
    // A byte that is over but for a rounding error is over.
    const due = Math.min(Math.floor((now - begin) / byteTime + 1e-6), bytes.length);
    await take(bytes.subarray(sent, due));
    sent = due;
    next = Math.max(
      begin + (sent + 1) * byteTime,
      Math.min(now + tick, begin + bytes.length * byteTime),
    );
  }
  return begin + bytes.length * byteTime;
}

/** Timers of the system may be early by a part of a millisecond: it looks again. */
export async function waitUntil(time: number, clock: Clock): Promise<void> {
  for (let left = time - clock.now(); left > 0; left = time - clock.now()) {
    await clock.sleep(Math.max(1, left));
  }
}
