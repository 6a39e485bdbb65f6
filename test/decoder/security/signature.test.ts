import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate } from "../../../decoder/core/bytes.js";
import { verifySignature } from "../../../decoder/security/signature.js";
import { corpusIsHere } from "../../corpus/corpus.js";
import { example } from "./green-book-agreement.js";

/** The coordinates of a public key of node:crypto. */
function coordinates(key: KeyObject): Uint8Array {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return new Uint8Array(concatenate([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]));
}

describe.skipIf(!corpusIsHere)("the examples of the Green Book", () => {
  it("of the client over its ephemeral public key, with the key identifier before it", () => {
    const key = example("TEST_PUB_KEY_P256");
    const signed = example("TEST_SIGN_DATA_P256");
    expect(verifySignature(key, signed, example("TEST_SIGNATURE_P256"))).toBe(true);
    expect(verifySignature(key, signed, example("TEST_SIGNATURE_P256_INVALID"))).toBe(false);
  });

  it("of both parties over the ephemeral public keys of general-ciphering", () => {
    const ofClient = example("GREENBOOK_SIGNATURE_CLIENT");
    const ephemeral = example("ONEPASS_EPH_PUBLIC_KEY_CLIENT");
    expect(verifySignature(example("TEST_PUB_KEY_P256"), ephemeral, ofClient)).toBe(true);
    const ofServer = example("GREENBOOK_SIGNATURE_SERVER");
    const other = example("EPHEMERAL_PUBLIC_KEY_SERVER2");
    expect(verifySignature(example("PUBLIC_SIGNING_KEY_SERVER"), other, ofServer)).toBe(true);
    expect(verifySignature(example("PUBLIC_SIGNING_KEY_SERVER"), ephemeral, ofServer)).toBe(false);
  });

  it("on P-384", () => {
    const key = example("TEST_PUB_KEY_P384");
    const signed = example("TEST_SIGN_DATA_P384");
    expect(verifySignature(key, signed, example("TEST_SIGNATURE_P384"))).toBe(true);
    expect(verifySignature(key, signed, example("TEST_SIGNATURE_P384_INVALID"))).toBe(false);
  });
});

describe("verifySignature", () => {
  it("accepts what node:crypto signs, whichever of its values s has", () => {
    for (const [namedCurve, hash] of [
      ["P-256", "sha256"],
      ["P-384", "sha384"],
    ] as const) {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
      for (let i = 0; i < 8; i++) {
        const message = Uint8Array.of(1, 2, 3, i);
        const options = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
        const signature = new Uint8Array(sign(hash, message, options));
        expect(verifySignature(coordinates(publicKey), message, signature)).toBe(true);
        expect(verifySignature(coordinates(publicKey), message.slice(1), signature)).toBe(false);
      }
    }
  });

  it("refuses what is no signature or no key", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = coordinates(publicKey);
    const message = Uint8Array.of(1);
    for (const length of [0, 63, 64, 70, 96]) {
      expect(verifySignature(key, message, new Uint8Array(length))).toBe(false);
      expect(verifySignature(key, message, new Uint8Array(length).fill(0xff))).toBe(false);
    }
    expect(verifySignature(new Uint8Array(64), message, new Uint8Array(64).fill(1))).toBe(false);
  });
});
