/** GCM over a bare AES, beside the GCM of node:crypto. */
import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodePrimitives } from "../../../analyzer/index.js";
import { noblePrimitives } from "../../../decoder/security/noble-primitives.js";
import { hex } from "./cipher-builder.js";

const both = [
  { name: "noble", primitives: noblePrimitives },
  { name: "node", primitives: nodePrimitives },
];

function bytesOf(length: number) {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

const key = fc.oneof(bytesOf(16), bytesOf(32));
const message = fc.record({
  iv: bytesOf(12),
  header: fc.uint8Array({ maxLength: 80 }),
  text: fc.uint8Array({ maxLength: 600 }),
});

function seal(
  key: Uint8Array,
  iv: Uint8Array,
  header: Uint8Array,
  text: Uint8Array,
  tagLength = 12,
) {
  const algorithm = key.length === 32 ? "aes-256-gcm" : "aes-128-gcm";
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
  cipher.setAAD(header);
  const ciphertext = new Uint8Array(cipher.update(text));
  cipher.final();
  return { ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
}

describe.each(both)("GCM on the AES of $name", ({ primitives }) => {
  it("opens many messages under a key that it has prepared once", () => {
    fc.assert(
      fc.property(key, fc.array(message, { minLength: 2, maxLength: 6 }), (key, messages) => {
        for (const { iv, header, text } of messages) {
          const { ciphertext, tag } = seal(key, iv, header, text);
          expect(primitives.open(key, iv, header, ciphertext, tag)).toEqual(text);
          expect(primitives.ctr(key, iv, ciphertext)).toEqual(text);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the keys apart that take turns", () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 2, maxLength: 4 }), message, (keys, sent) => {
        const { iv, header, text } = sent;
        for (const key of [...keys, ...keys]) {
          const { ciphertext, tag } = seal(key, iv, header, text);
          expect(primitives.open(key, iv, header, ciphertext, tag)).toEqual(text);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("gives plaintexts that the next call leaves alone", () => {
    const key = hex("000102030405060708090a0b0c0d0e0f");
    const iv = hex("4d4d4d0000bc614e01234567");
    const texts = [new Uint8Array(40).fill(1), new Uint8Array(40).fill(2)];
    const opened = texts.map((text) => {
      const { ciphertext, tag } = seal(key, iv, iv, text);
      return primitives.open(key, iv, iv, ciphertext, tag);
    });
    expect(opened).toEqual(texts);
  });

  it("leaves its arguments as they are", () => {
    const key = hex("000102030405060708090a0b0c0d0e0f");
    const iv = hex("4d4d4d0000bc614e01234567");
    const { ciphertext, tag } = seal(key, iv, iv, hex("c0010000080000010000ff0200"));
    const before = [key, iv, ciphertext, tag].map((bytes) => bytes.slice());
    primitives.open(key, iv, iv, ciphertext, tag);
    primitives.ctr(key, iv, ciphertext);
    expect([key, iv, ciphertext, tag]).toEqual(before);
  });

  it("takes tags of every length that GCM knows, and no longer ones", () => {
    fc.assert(
      fc.property(key, message, fc.constantFrom(4, 8, 12, 13, 14, 15, 16), (key, sent, length) => {
        const { iv, header, text } = sent;
        const { ciphertext, tag } = seal(key, iv, header, text, length);
        expect(primitives.open(key, iv, header, ciphertext, tag)).toEqual(text);
        const longer = new Uint8Array(17);
        longer.set(tag);
        expect(primitives.open(key, iv, header, ciphertext, longer)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("opens the empty message of the GCM specification", () => {
    // McGrew and Viega, The Galois/Counter Mode of Operation, Test Cases 1 and 13.
    const none = new Uint8Array(0);
    const [iv, tag] = [new Uint8Array(12), hex("58e2fccefa7e3061367f1d57a4e7455a")];
    expect(primitives.open(new Uint8Array(16), iv, none, none, tag)).toEqual(none);
    const tag256 = hex("530f8afbc74536b9a963b4f1c4cb738b");
    expect(primitives.open(new Uint8Array(32), iv, none, none, tag256)).toEqual(none);
  });
});
