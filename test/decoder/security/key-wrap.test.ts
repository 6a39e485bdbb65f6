import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrapKey } from "../../../decoder/security/key-wrap.js";
import { hex } from "./cipher-builder.js";

/** RFC 3394, sections 4.1, 4.3 and 4.6. */
const examples = [
  {
    kek: "000102030405060708090a0b0c0d0e0f",
    key: "00112233445566778899aabbccddeeff",
    wrapped: "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5",
  },
  {
    kek: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    key: "00112233445566778899aabbccddeeff",
    wrapped: "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7",
  },
  {
    kek: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    key: "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
    wrapped: "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
  },
] as const;

/** RFC 3394, section 2.2.3.1: the initial value. */
const initialValue = hex("a6a6a6a6a6a6a6a6");

function bytesOf(length: number) {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

describe("unwrapKey", () => {
  it("opens the examples of RFC 3394", () => {
    for (const { kek, key, wrapped } of examples) {
      expect(unwrapKey(hex(kek), hex(wrapped))).toEqual(hex(key));
    }
  });

  it("opens what node:crypto wraps, and nothing that was changed", () => {
    const length = fc.constantFrom(16, 32);
    const parts = fc.tuple(length, length).chain(([a, b]) => fc.tuple(bytesOf(a), bytesOf(b)));
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 255 }), ([kek, key], at, change) => {
        const name = kek.length === 16 ? "id-aes128-wrap" : "id-aes256-wrap";
        const wrapped = new Uint8Array(createCipheriv(name, kek, initialValue).update(key));
        expect(unwrapKey(kek, wrapped)).toEqual(key);
        const changed = wrapped.slice();
        changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ change;
        expect(unwrapKey(kek, changed)).toBeUndefined();
      }),
    );
  });

  it("gives nothing for another key, or for bytes that are no wrapped key", () => {
    const [{ kek, wrapped }] = examples;
    expect(unwrapKey(hex("00".repeat(16)), hex(wrapped))).toBeUndefined();
    expect(unwrapKey(hex("00".repeat(15)), hex(wrapped))).toBeUndefined();
    for (const cut of [0, 8, 16, 23]) {
      expect(unwrapKey(hex(kek), hex(wrapped).slice(0, cut))).toBeUndefined();
    }
  });
});
