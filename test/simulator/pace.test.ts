import { describe, expect, it } from "vitest";
import { asTaken, at115200, type Clock, type Pace, sendAtPace } from "./pace.js";

/** Jumps to where it is waited for. */
class JumpingClock implements Clock {
  time = 1000;
  now(): number {
    return this.time;
  }
  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }
}

const at = (baud: number): Pace => ({ baud, bitsPerByte: 10, turnaround: 0 });

async function send(length: number, pace: Pace, clock = new JumpingClock()) {
  const bytes = Uint8Array.from({ length }, (_, i) => i);
  const pieces: { readonly time: number; readonly bytes: Uint8Array }[] = [];
  const end = await sendAtPace(bytes, clock.now(), pace, clock, async (piece) => {
    pieces.push({ time: clock.now(), bytes: piece });
  });
  return { bytes, pieces, end };
}

describe("the pace of a line", () => {
  it.each([
    [300, 30],
    [2400, 240],
    [9600, 960],
    [115_200, 11_520],
    [921_600, 92_160],
  ])("carries at %i baud %i bytes a second, and not a byte before its time", async (baud, rate) => {
    const { bytes, pieces, end } = await send(2 * rate, at(baud));
    // Two seconds' worth, from 1000 ms on.
    expect(end).toBeCloseTo(3000, 6);
    let sent = 0;
    for (const piece of pieces) {
      sent += piece.bytes.length;
      const byTheClock = ((piece.time - 1000) * rate) / 1000;
      expect(sent).toBeLessThanOrEqual(byTheClock + 1e-6);
      // Behind by no more than what one look at the clock misses, 4 ms and the byte that is on its way.
      expect(sent).toBeGreaterThan(byTheClock - (rate * 4) / 1000 - 2);
    }
    expect(Buffer.concat(pieces.map((piece) => piece.bytes))).toEqual(Buffer.from(bytes));
  });

  it("has no pieces of more than a few milliseconds, but where the listener was late", async () => {
    const { pieces } = await send(11_520, at115200);
    // 4 ms and a byte time at 11.52 bytes a millisecond.
    expect(Math.max(...pieces.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(47);
  });

  it("makes up for a listener that was late", async () => {
    const clock = new JumpingClock();
    const lengths: number[] = [];
    const end = await sendAtPace(new Uint8Array(1152), 1000, at115200, clock, async (piece) => {
      if (lengths.length === 0) clock.time += 50;
      lengths.push(piece.length);
    });
    // 50 ms at 11.52 bytes a millisecond; the line itself was never late.
    expect(lengths[1]).toBeGreaterThanOrEqual(576);
    expect(end).toBeCloseTo(1100, 6);
  });

  it("hands out everything at once where it is as fast as taken", async () => {
    const { pieces, end } = await send(5000, asTaken);
    expect(pieces.map(({ bytes }) => bytes.length)).toEqual([5000]);
    expect(end).toBe(1000);
  });
});
