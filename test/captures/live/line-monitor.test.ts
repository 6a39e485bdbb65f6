import { expect, it } from "vitest";
import { LineMonitor } from "../../../captures/live/line-monitor.js";
import type { TapPacket } from "../../../captures/live/tap.js";

const packet = (payloadLength: number, isLineError = false): TapPacket => ({
  kind: "packet",
  interface: 0,
  time: { seconds: 0, nanoseconds: 0, dated: true },
  direction: null,
  bytes: new Uint8Array(12 + payloadLength),
  payloadLength,
  isLineError,
});

it("counts bytes and packets of the line, and its errors", () => {
  const monitor = new LineMonitor(0);
  monitor.count(packet(100));
  monitor.count(packet(20));
  // Events have no bytes of the line.
  monitor.count(packet(0));
  monitor.count(packet(0, true));
  expect(monitor.total).toEqual({ bytes: 120, packets: 2, errors: 1 });
});

it("tells what came in the last second", () => {
  const monitor = new LineMonitor(0);
  expect(monitor.perSecond(0)).toEqual({ bytes: 0, packets: 0, errors: 0 });
  // Ten bytes every quarter of a second: 40 in a second.
  for (let now = 250; now <= 5000; now += 250) {
    monitor.count(packet(10));
    const { bytes, packets } = monitor.perSecond(now);
    const expected = Math.min(now / 250, 4);
    expect([now, bytes, packets]).toEqual([now, 10 * expected, expected]);
  }
  // Silence: half a second later, half of it; a second later, nothing.
  expect(monitor.perSecond(5500).bytes).toBe(20);
  expect(monitor.perSecond(6000).bytes).toBe(0);
});
