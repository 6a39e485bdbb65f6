/** General-ciphering under a key that comes wrapped with the master key; node:crypto wraps it. */
import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import type { LearntKey } from "../../../decoder/core/context.js";
import { decodeGeneralCiphering } from "../../../decoder/security/general-ciphering.js";
import type { KeySet } from "../../../decoder/security/key-set.js";
import { dissectBytes, expectPrefixes, expectTiled } from "../dissect-bytes.js";
import { generalCiphering, greenBook, hex, octetString } from "./cipher-builder.js";
import { associated, secured } from "./secured-context.js";

const getRequest = hex("c001c100080000010000ff0200");
const contentKey = hex("00112233445566778899aabbccddeeff");
const masterKey = hex("e0e1e2e3e4e5e6e7e8e9eaebecedeeef");
const set: KeySet = { name: "meter 1", masterKey, authenticationKey: greenBook.authenticationKey };

function wrap(kek: Uint8Array, key: Uint8Array): Uint8Array {
  const name = kek.length === 16 ? "id-aes128-wrap" : "id-aes256-wrap";
  return new Uint8Array(createCipheriv(name, kek, hex("a6".repeat(8))).update(key));
}

function build(kek = masterKey, key = contentKey, control = 0x30, wrapped = wrap(kek, key)) {
  return generalCiphering(getRequest, concatenate([hex("01 01 00"), octetString(wrapped)]), {
    control,
    key,
    authenticationKey: greenBook.authenticationKey,
    title: greenBook.clientTitle,
    counter: 0,
  });
}

function decode(
  input: Uint8Array,
  keySets: readonly KeySet[],
  learntKeys: readonly LearntKey[] = [],
) {
  const association = { ...associated, learntKeys };
  return dissectBytes(input, decodeGeneralCiphering, secured(keySets, { association }));
}

describe("a wrapped key", () => {
  it("is opened with the meter's master key", () => {
    const input = build();
    const { dissection, codes, next, tree } = decode(input, [set]);
    expect(codes).toEqual([]);
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      key: "meter 1 master, key in the APDU",
      plaintext: getRequest,
    });
    expect(next?.cursor.bytes).toEqual(getRequest);
    expectTiled(tree, input);
  });

  it("of suite 2 likewise", () => {
    const [kek, key] = [hex("e0".repeat(32)), hex("11".repeat(32))];
    const { dissection } = decode(build(kek, key, 0x32), [{ ...set, masterKey: kek }]);
    expect(dissection.ciphering).toMatchObject({ status: "decrypted", authenticated: true });
  });

  it("is opened with a master key that the trace has brought", () => {
    const learnt = { role: "master", value: masterKey, frame: 4, by: undefined } as const;
    const other = { ...set, masterKey: hex("00".repeat(16)) };
    expect(decode(build(), [other], [learnt]).dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      key: "master, learnt in frame 4, key in the APDU",
    });
  });

  it("goes with an authentication key that the trace has brought", () => {
    const learnt = {
      role: "authentication",
      value: greenBook.authenticationKey,
      frame: 4,
      by: "meter 1",
    } as const;
    expect(decode(build(), [{ masterKey }], [learnt]).dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      key: "master, key in the APDU",
    });
  });

  it("without an authentication key, the plaintext is judged", () => {
    expect(decode(build(), [{ masterKey }]).dissection.ciphering).toMatchObject({
      status: "decrypted-not-authenticated",
      plaintext: getRequest,
    });
  });

  it("that does not open", () => {
    for (const input of [
      build(hex("01".repeat(16))),
      build(masterKey, contentKey, 0x30, hex("00")),
    ]) {
      const { codes, dissection, diagnostics } = decode(input, [set]);
      expect(codes).toEqual(["ciphering.no-key"]);
      expect(dissection.ciphering).toMatchObject({
        status: "no-key",
        reason:
          "the wrapped key does not open with meter 1 master: a wrong master key, or damaged bytes",
      });
      expect(diagnostics[0]?.message).not.toContain(toHex(masterKey));
    }
  });

  it("that is not of the suite's length", () => {
    const input = build(masterKey, hex("11".repeat(32)), 0x30);
    expect(decode(input, [set]).dissection.ciphering).toMatchObject({
      status: "no-key",
      reason:
        "the wrapped key is not of the length that the security suite takes; passed over: " +
        "meter 1 master, key in the APDU has 32 bytes, suite 0 takes 16",
    });
  });

  it("of another meter is not tried", () => {
    const other = { ...set, systemTitle: hex("4d4d4d0000000099") };
    expect(decode(build(), [other]).dissection.ciphering).toMatchObject({
      status: "no-key",
      reason:
        "the key comes wrapped, and the meter's master key is needed to open it; passed over: " +
        "key set meter 1 is for 4d4d4d0000000099",
    });
  });

  it("every prefix says what is missing", () => {
    expectPrefixes(build(), decodeGeneralCiphering, secured([set]));
  });
});
