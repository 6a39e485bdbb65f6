import { createECDH, createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import {
  agreeKey,
  computeSharedSecret,
  publicKeyOf,
} from "../../../decoder/security/key-agreement.js";
import { deriveKey } from "../../../decoder/security/key-derivation.js";
import { corpusIsHere } from "../../corpus/corpus.js";
import { hex } from "./cipher-builder.js";
import { example, staticUnified } from "./green-book-agreement.js";

const client = hex("4d4d4d0000bc614e");
const server = hex("4d4d4d0000000001");
const none = hex("");

/** A key pair of node:crypto; the public key without the mark of an uncompressed point. */
function keyPair(suite: 1 | 2, seed: number) {
  const ecdh = createECDH(suite === 1 ? "prime256v1" : "secp384r1");
  const privateKey = new Uint8Array(suite === 1 ? 32 : 48).fill(seed);
  ecdh.setPrivateKey(privateKey);
  return { ecdh, privateKey, publicKey: new Uint8Array(ecdh.getPublicKey()).slice(1) };
}

const uncompressed = (publicKey: Uint8Array) => concatenate([Uint8Array.of(4), publicKey]);

describe.skipIf(!corpusIsHere)("the examples of the Green Book", () => {
  it("ephemeral unified model: the shared secret and the global key", () => {
    const privateKey = example("EPHEMERAL_PRIVATE_KEY_SERVER");
    const publicKey = example("EPHEMERAL_PUBLIC_KEY_CLIENT");
    expect(publicKeyOf(1, privateKey)).toEqual(example("EPHEMERAL_PUBLIC_KEY_SERVER"));
    expect(computeSharedSecret(1, privateKey, publicKey)).toEqual(
      example("EXPECTED_SHARED_SECRET"),
    );
    const key = agreeKey({
      scheme: "ephemeral-unified",
      suite: 1,
      use: "ciphering",
      privateKey,
      publicKey,
      partyU: client,
      partyV: server,
      transactionId: none,
    });
    expect(key).toEqual(example("EXPECTED_GUEK"));
  });

  it("one-pass Diffie-Hellman: the key of a message to the server", () => {
    const privateKey = example("ONEPASS_STATIC_PRIVATE_KEY_SERVER");
    expect(publicKeyOf(1, privateKey)).toEqual(example("ONEPASS_STATIC_PUBLIC_KEY_SERVER"));
    const publicKey = example("ONEPASS_EPH_PUBLIC_KEY_CLIENT");
    expect(computeSharedSecret(1, privateKey, publicKey)).toEqual(
      example("ONEPASS_EXPECTED_SHARED_SECRET_SERVER"),
    );
    const key = agreeKey({
      scheme: "one-pass",
      suite: 1,
      use: "ciphering",
      privateKey,
      publicKey,
      partyU: client,
      partyV: server,
      transactionId: hex("0102030405060708"),
    });
    expect(key).toEqual(example("EXPECTED_GENERAL_CIPHERING_KEY_SERVER"));
  });

  it("one-pass Diffie-Hellman: the key of a message to the client", () => {
    const privateKey = example("PRIVATE_KEY_AGREEMENT_KEY_CLIENT");
    expect(publicKeyOf(1, privateKey)).toEqual(example("PUBLIC_KEY_AGREEMENT_KEY_CLIENT"));
    const publicKey = example("EPHEMERAL_PUBLIC_KEY_SERVER2");
    expect(computeSharedSecret(1, privateKey, publicKey)).toEqual(
      example("ONEPASS_EXPECTED_SHARED_SECRET_CLIENT"),
    );
    const key = agreeKey({
      scheme: "one-pass",
      suite: 1,
      use: "ciphering",
      privateKey,
      publicKey,
      partyU: server,
      partyV: client,
      transactionId: none,
    });
    expect(key).toEqual(example("EXPECTED_GENERAL_CIPHERING_KEY_CLIENT"));
  });

  it("static unified model: the transaction-id is counted in with its length", () => {
    const agreement = {
      scheme: "static-unified",
      suite: 1,
      use: "ciphering",
      partyU: client,
      partyV: server,
      transactionId: staticUnified.transactionId,
    } as const;
    const ofClient = example("PRIVATE_KEY_AGREEMENT_KEY_CLIENT");
    const ofServer = example("ONEPASS_STATIC_PRIVATE_KEY_SERVER");
    const publicKey = example("ONEPASS_STATIC_PUBLIC_KEY_SERVER");
    expect(agreeKey({ ...agreement, privateKey: ofClient, publicKey })).toEqual(staticUnified.key);
    const other = example("PUBLIC_KEY_AGREEMENT_KEY_CLIENT");
    expect(agreeKey({ ...agreement, privateKey: ofServer, publicKey: other })).toEqual(
      staticUnified.key,
    );
  });
});

describe("key agreement", () => {
  it("computes what node:crypto computes, on both curves", () => {
    for (const suite of [1, 2] as const) {
      for (const seed of [1, 0x42, 0x7f]) {
        const [own, other] = [keyPair(suite, seed), keyPair(suite, seed + 1)];
        expect(publicKeyOf(suite, own.privateKey)).toEqual(own.publicKey);
        const secret = new Uint8Array(own.ecdh.computeSecret(uncompressed(other.publicKey)));
        expect(computeSharedSecret(suite, own.privateKey, other.publicKey)).toEqual(secret);
        expect(computeSharedSecret(suite, other.privateKey, own.publicKey)).toEqual(secret);
      }
    }
  });

  it("gives nothing for what is no key of the curve", () => {
    const { privateKey, publicKey } = keyPair(1, 5);
    const offCurve = publicKey.slice();
    offCurve[63] = (offCurve[63] ?? 0) ^ 1;
    expect(computeSharedSecret(1, privateKey, offCurve)).toBeUndefined();
    expect(computeSharedSecret(1, privateKey, publicKey.slice(1))).toBeUndefined();
    expect(computeSharedSecret(2, privateKey, publicKey)).toBeUndefined();
    expect(computeSharedSecret(1, new Uint8Array(32), publicKey)).toBeUndefined();
    expect(computeSharedSecret(1, new Uint8Array(32).fill(0xff), publicKey)).toBeUndefined();
    expect(publicKeyOf(1, new Uint8Array(32))).toBeUndefined();
    expect(publicKeyOf(2, privateKey)).toBeUndefined();
  });
});

describe("deriveKey", () => {
  // NIST SP 800-56A, 5.8.1: hash of counter, shared secret and other information. The last byte of
  // AlgorithmID (object identifier 2.16.756.5.8.3.x) stands beside each.
  const cases = [
    { suite: 1, use: "ciphering", hash: "sha256", algorithm: "00", length: 16 },
    { suite: 2, use: "ciphering", hash: "sha384", algorithm: "01", length: 32 },
    { suite: 1, use: "wrapping", hash: "sha256", algorithm: "02", length: 16 },
    { suite: 2, use: "wrapping", hash: "sha384", algorithm: "03", length: 32 },
  ] as const;

  it.for(cases)("suite $suite, $use", ({ suite, use, hash, algorithm, length }) => {
    const sharedSecret = new Uint8Array(suite === 1 ? 32 : 48).fill(0x5a);
    const input = hex(
      `00000001 ${toHex(sharedSecret)} 608574050803${algorithm} ${toHex(client)} ${toHex(server)}`,
    );
    const digest = new Uint8Array(createHash(hash).update(input).digest());
    expect(deriveKey({ suite, use, sharedSecret, partyUInfo: client, partyVInfo: server })).toEqual(
      digest.slice(0, length),
    );
  });
});
