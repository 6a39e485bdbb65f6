import { describe, expect, it } from "vitest";
import { printOf } from "../../../decoder/conversation/byte-print.js";

describe("prints of byte strings", () => {
  const bytes = Uint8Array.from({ length: 67 }, (_, i) => (i * 37) & 0xff);

  it("are the same for the same bytes, wherever they stand", () => {
    const embedded = new Uint8Array(100);
    embedded.set(bytes, 5);
    expect(printOf(embedded, 5, 5 + bytes.length)).toBe(printOf(bytes));
  });

  it("differ for every single bit and for every length", () => {
    const prints = new Set([printOf(bytes)]);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      prints.add(printOf(changed));
    }
    for (let length = 0; length < bytes.length; length++) prints.add(printOf(bytes, 0, length));
    expect(prints.size).toBe(1 + bytes.length * 8 + bytes.length);
  });

  it("differ where bytes change places", () => {
    const turned = Uint8Array.from(bytes).reverse();
    expect(printOf(turned)).not.toBe(printOf(bytes));
    expect(printOf(Uint8Array.from([1, 2, 3, 4, 0, 0, 0, 0]))).not.toBe(
      printOf(Uint8Array.from([0, 0, 0, 0, 1, 2, 3, 4])),
    );
  });

  it("tell what stood before", () => {
    const before = printOf(Uint8Array.from([1]));
    const other = printOf(Uint8Array.from([2]));
    expect(printOf(bytes, 0, bytes.length, before)).not.toBe(printOf(bytes));
    expect(printOf(bytes, 0, bytes.length, before)).not.toBe(
      printOf(bytes, 0, bytes.length, other),
    );
  });
});
