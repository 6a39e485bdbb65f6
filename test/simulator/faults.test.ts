import { describe, expect, it } from "vitest";
import { type LineFaults, withFaults, withParity } from "./faults.js";
import { isLoss, type LineEvent, type LineMessage } from "./line-message.js";

const messages: readonly LineMessage[] = Array.from({ length: 200 }, (_, i) => ({
  from: i % 2 === 0 ? "client" : "meter",
  bytes: new Uint8Array(100).fill(i),
  at: null,
}));

const through = (faults: LineFaults): LineEvent[] => [...withFaults(messages, faults)];
const heard = (events: readonly LineEvent[]): LineMessage[] =>
  events.filter((event): event is LineMessage => !isLoss(event));
const lengthOf = (all: readonly LineMessage[]): number =>
  all.reduce((sum, { bytes }) => sum + bytes.length, 0);

describe("faults of a line", () => {
  it("are none unless asked for", () => {
    expect(through({ seed: 1 })).toEqual(messages);
  });

  it("are the same for the same seed, and others for another", () => {
    const faults = { noise: { perMille: 300, atMost: 20 }, dropsPerMillion: 9000 };
    const [first, again, other] = [7, 7, 8].map((seed) => through({ seed, ...faults }));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("put noise before the share of messages that was asked for", () => {
    const events = heard(through({ seed: 3, noise: { perMille: 250, atMost: 8 } }));
    const noises = events.filter((event) => !messages.includes(event) && event.bytes.length <= 8);
    // 50 of 200 are due; four standard deviations are 4 * sqrt(200 * 0.25 * 0.75) = 24.5.
    expect(noises.length).toBeGreaterThan(25);
    expect(noises.length).toBeLessThan(75);
    expect(events.length).toBe(200 + noises.length);
  });

  it("lose about as many bytes as was asked for, and change none of the others", () => {
    const events = heard(through({ seed: 4, dropsPerMillion: 50_000 }));
    // 1000 of 20,000 are due; four standard deviations are 4 * sqrt(20000 * 0.05 * 0.95) = 123.
    expect(20_000 - lengthOf(events)).toBeGreaterThan(877);
    expect(20_000 - lengthOf(events)).toBeLessThan(1123);
    expect(events.every(({ bytes }, i) => bytes.every((byte) => byte === i))).toBe(true);
  });

  it("turn over one bit of a byte", () => {
    const events = heard(through({ seed: 5, flipsPerMillion: 50_000 }));
    expect(lengthOf(events)).toBe(20_000);
    const changed = events.flatMap(({ bytes }, i) => [...bytes].map((byte) => byte ^ i));
    const turned = changed.filter((bits) => bits !== 0);
    expect(turned.length).toBeGreaterThan(877);
    expect(turned.every((bits) => (bits & (bits - 1)) === 0)).toBe(true);
  });

  it("pull the plug where they were told to", () => {
    const events = through({ seed: 6, losses: [{ before: 3, milliseconds: 250 }] });
    expect(events).toHaveLength(201);
    expect(events[3]).toEqual({ kind: "loss", milliseconds: 250 });
    expect(heard(events)).toEqual(messages);
  });

  it("let the listener come in the middle of a message", () => {
    const events = heard(through({ seed: 6, missedAtStart: 60 }));
    expect(events.map(({ bytes }) => bytes.length)).toEqual([40, ...Array(199).fill(100)]);
    expect(heard(through({ seed: 6, missedAtStart: 100 }))).toHaveLength(199);
  });
});

describe("a parity bit in bit 7", () => {
  it("makes the number of ones even, or odd", () => {
    // "/" 2F has five ones, "?" 3F six, "!" 21 two, CR 0D three, LF 0A two.
    const request = Uint8Array.from(Buffer.from("/?!\r\n"));
    expect([...withParity(request, "even")]).toEqual([0xaf, 0x3f, 0x21, 0x8d, 0x0a]);
    expect([...withParity(request, "odd")]).toEqual([0x2f, 0xbf, 0xa1, 0x0d, 0x8a]);
  });
});
