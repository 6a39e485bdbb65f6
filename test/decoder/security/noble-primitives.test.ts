import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  equalInConstantTime,
  noblePrimitives,
} from "../../../decoder/security/noble-primitives.js";
import { hex } from "./cipher-builder.js";

const { ctr, open } = noblePrimitives;

const key = fc.oneof(bytesOf(16), bytesOf(32));
const text = fc.uint8Array({ maxLength: 300 });

function bytesOf(length: number) {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

function seal(key: Uint8Array, iv: Uint8Array, header: Uint8Array, plaintext: Uint8Array) {
  const algorithm = key.length === 32 ? "aes-256-gcm" : "aes-128-gcm";
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: 12 });
  cipher.setAAD(header);
  const ciphertext = new Uint8Array(cipher.update(plaintext));
  cipher.final();
  return { ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
}

describe("noblePrimitives", () => {
  it("opens what node:crypto seals, and gives the same text by CTR alone", () => {
    fc.assert(
      fc.property(key, bytesOf(12), text, text, (key, iv, header, plaintext) => {
        const { ciphertext, tag } = seal(key, iv, header, plaintext);
        expect(open(key, iv, header, ciphertext, tag)).toEqual(plaintext);
        expect(ctr(key, iv, ciphertext)).toEqual(plaintext);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses a tag, a header or a text with one wrong bit", () => {
    const parts = fc.constantFrom("tag", "header", "ciphertext");
    fc.assert(
      fc.property(key, bytesOf(12), text, parts, fc.nat(), (key, iv, plaintext, part, at) => {
        const header = hex("30d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
        const sealed = { header: header.slice(), ...seal(key, iv, header, plaintext) };
        const target = sealed[part];
        if (target.length === 0) return;
        const index = at % target.length;
        target[index] = (target[index] ?? 0) ^ (1 << (at % 8));
        expect(open(key, iv, sealed.header, sealed.ciphertext, sealed.tag)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("reads views that begin anywhere in their buffer", () => {
    const iv = hex("4d4d4d0000bc614e01234567");
    const plaintext = hex("c0010000080000010000ff0200");
    const { ciphertext, tag } = seal(
      hex("000102030405060708090a0b0c0d0e0f"),
      iv,
      hex("30"),
      plaintext,
    );
    for (let offset = 0; offset < 5; offset++) {
      const view = (bytes: Uint8Array) => {
        const buffer = new Uint8Array(bytes.length + offset);
        buffer.set(bytes, offset);
        return buffer.subarray(offset);
      };
      const key = view(hex("000102030405060708090a0b0c0d0e0f"));
      expect(open(key, view(iv), view(hex("30")), view(ciphertext), view(tag))).toEqual(plaintext);
    }
  });

  it("opens the vector of IEEE 802.1AE for AES-256 with the tag cut to 12 bytes", () => {
    // IEEE 802.1AE, Annex C: 61-byte packet encryption, GCM-AES-256.
    const plaintext = open(
      hex("e3c08a8f06c6e3ad95a70557b23f75483ce33021a9c72b7025666204c69c0b72"),
      hex("12153524c0895e81b2c28465"),
      hex("d609b1f056637a0d46df998d88e52e00b2c2846512153524c0895e81"),
      hex(
        "e2006eb42f5277022d9b19925bc419d7a592666c925fe2ef" +
          "718eb4e308efeaa7c5273b394118860a5be2a97f56ab7836",
      ),
      hex("5ca597cdbb3edb8d1a1151ea"),
    );
    expect(plaintext).toEqual(
      hex(
        "08000f101112131415161718191a1b1c1d1e1f2021222324" +
          "25262728292a2b2c2d2e2f303132333435363738393a0002",
      ),
    );
  });

  it("opens test case 4 of the GCM specification", () => {
    // McGrew and Viega, The Galois/Counter Mode of Operation, Test Case 4 (AES-128, 12-byte IV).
    const plaintext = open(
      hex("feffe9928665731c6d6a8f9467308308"),
      hex("cafebabefacedbaddecaf888"),
      hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
      hex(
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e" +
          "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
      ),
      hex("5bc94fbc3221a5db94fae95a"),
    );
    expect(plaintext).toEqual(
      hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      ),
    );
  });

  it("verifies the GMAC of the Green Book's HLS example", () => {
    // DLMS UA Green Book, HLS with GMAC: f(StoC), authentication only.
    const key = hex("000102030405060708090a0b0c0d0e0f");
    const header = hex("10d0d1d2d3d4d5d6d7d8d9dadbdcdddedf503677524a323146");
    const iv = hex("4d4d4d000000000100000001");
    const none = new Uint8Array(0);
    expect(open(key, iv, header, none, hex("1a52fe7dd3e72748973c1e28"))).toEqual(none);
  });
});

describe("equalInConstantTime", () => {
  it("says what a plain comparison says", () => {
    expect(equalInConstantTime(hex("0102"), hex("0102"))).toBe(true);
    expect(equalInConstantTime(hex("0102"), hex("0103"))).toBe(false);
    expect(equalInConstantTime(hex("0102"), hex("010200"))).toBe(false);
  });
});
