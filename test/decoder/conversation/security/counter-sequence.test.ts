import { describe, expect, it } from "vitest";
import { CounterSequence } from "../../../../decoder/conversation/security/counter-sequence.js";

const title = Uint8Array.from([0x4d, 0x4d, 0x4d, 0, 0, 0xbc, 0x61, 0x4e]);

/** Counters 1 to `count`, each in the frame of ten times its number. */
function used(count: number): CounterSequence {
  const sequence = new CounterSequence(title, "meter global-unicast");
  for (let counter = 1; counter <= count; counter++) {
    sequence.remember(counter, 10 * counter, counter + 0.5, counter + 0.25);
  }
  return sequence;
}

describe("the counters of one sender and key", () => {
  it("are found with what they were used for", () => {
    const sequence = used(300);
    for (const counter of [1, 2, 3, 8, 9, 300]) {
      const use = sequence.find(counter) ?? Number.NaN;
      expect(sequence.frameOf(use)).toBe(10 * counter);
      expect(sequence.hasContent(use, counter + 0.5)).toBe(true);
      expect(sequence.hasContent(use, counter)).toBe(false);
      expect(sequence.hasBytes(use, counter + 0.25)).toBe(true);
    }
    expect(sequence.find(301)).toBeUndefined();
  });

  it("are forgotten from the oldest on when there are more than 512", () => {
    expect(used(512).find(1)).toBeDefined();
    const sequence = used(1300);
    expect(sequence.find(1300 - 512)).toBeUndefined();
    const oldest = sequence.find(1300 - 511) ?? Number.NaN;
    expect(sequence.frameOf(oldest)).toBe(10 * (1300 - 511));
    expect(sequence.highest).toBe(1300);
  });

  it("stay highest whatever comes later", () => {
    const sequence = used(0);
    expect(sequence.highest).toBeUndefined();
    sequence.remember(7, 1, 0, 0);
    sequence.remember(3, 2, 0, 0);
    expect(sequence.highest).toBe(7);
  });

  it("belong to a title that is a copy", () => {
    const captured = Uint8Array.from(title);
    const sequence = new CounterSequence(captured, "a");
    captured.fill(0);
    expect(sequence.isOf(title, "a")).toBe(true);
    expect(sequence.isOf(title, "b")).toBe(false);
    expect(sequence.isOf(captured, "a")).toBe(false);
  });
});
