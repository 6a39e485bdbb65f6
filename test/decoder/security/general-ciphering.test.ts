import { describe, expect, it } from "vitest";
import { decodeGeneralCiphering } from "../../../decoder/security/general-ciphering.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
} from "../dissect-bytes.js";
import { generalCiphering, greenBook, hex } from "./cipher-builder.js";
import { bothKeys, encryptionKeyOnly, secured } from "./secured-context.js";

const accessRequest = hex("d94000000000040100010000600100ff020100080000010000ff02");
const protection = {
  control: 0x31,
  key: greenBook.encryptionKey,
  authenticationKey: greenBook.authenticationKey,
  title: greenBook.clientTitle,
  counter: 5,
};
const unicast = hex("01 00 00");
const broadcast = hex("01 00 01");
const absent = hex("00");

/**
 * DLMS UA Green Book, ACCESS with general-ciphering, one-pass Diffie-Hellman, up to the first
 * bytes of the ciphered content; the length of the content is fitted to what is left of it.
 */
const onePass =
  "dd080102030405060708084d4d4d0000bc614e084d4d4d00000000010000010201018180" +
  "c323c2bd45711de4688637d919f92e9db8fb2dfc213a88d21c9dc8dcba917d8170511de1badb360d50058f794b0960ae" +
  "11fa28d392cff907a62d13e3357b1dc0b51be089d0b682863b2217201e73a1a9031968a9b4121dcbc3281a69739af874" +
  "29f5b3ac5471e7b6a04a2c0f2f8a25fd772a317df97fc5463feac248eb8ab8be" +
  "203100000000f435069679270c5bf4425ee5777402a6c8d51c620eed52dbb18837";

function decode(input: Uint8Array | string, sets = [bothKeys]) {
  return dissectBytes(input, decodeGeneralCiphering, secured(sets));
}

describe("general-ciphering", () => {
  it("under an identified key", () => {
    for (const keyInfo of [unicast, absent]) {
      const input = generalCiphering(accessRequest, keyInfo, protection);
      const { dissection, codes, value, next, tree } = decode(input);
      expect(codes).toEqual([]);
      expect(value).toMatchObject({
        name: "general-ciphering",
        "transaction-id": hex("0102030405060708"),
        "originator-system-title": greenBook.clientTitle,
        "recipient-system-title": greenBook.serverTitle,
        "date-time": hex(""),
        "other-information": hex(""),
        "invocation-counter": 5,
      });
      expect(dissection.ciphering).toMatchObject({
        status: "decrypted",
        service: "general-ciphering",
        "security-suite": 1,
        authenticated: true,
        plaintext: accessRequest,
      });
      expect(next?.cursor.bytes).toEqual(accessRequest);
      expectTiled(tree, input);
    }
  });

  it("names the key in its value", () => {
    expect(decode(generalCiphering(accessRequest, unicast, protection)).value).toMatchObject({
      "key-info": { "identified-key": { "key-id": "global-unicast-encryption-key" } },
    });
  });

  it("the broadcast key by its identifier", () => {
    const input = generalCiphering(accessRequest, broadcast, protection);
    expect(decode(input).dissection.ciphering?.status).toBe("no-key");
    const set = {
      globalBroadcastEncryptionKey: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
    };
    expect(decode(input, [set]).dissection.ciphering).toMatchObject({
      status: "decrypted",
      key: "global-broadcast",
    });
  });

  it("a header that was authenticated without its lengths", () => {
    const input = generalCiphering(accessRequest, unicast, protection, "left out");
    expect(decode(input).dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
    });
  });

  it("no authentication key", () => {
    const input = generalCiphering(accessRequest, unicast, protection);
    expect(decode(input, [encryptionKeyOnly]).dissection.ciphering).toMatchObject({
      status: "decrypted-not-authenticated",
      plaintext: accessRequest,
    });
  });

  it("an agreed key: its parameters are read, and the reason is said", () => {
    const { dissection, codes, value, tree, next } = decode(onePass);
    expect(codes).toEqual(["ciphering.key-signature-not-verified", "ciphering.no-key"]);
    expect(dissection.ciphering).toMatchObject({
      status: "no-key",
      "system-title": greenBook.clientTitle,
      "invocation-counter": 0,
      reason:
        "the private key for key agreement on P-256 of the server 4d4d4d0000000001, the recipient, " +
        "is needed",
    });
    expect(value).toMatchObject({
      "key-info": {
        "agreed-key": {
          "key-parameters": hex("01"),
          "key-agreement": "one-pass Diffie-Hellman C(1e, 1s)",
        },
      },
    });
    expect(findNode(tree, "general-ciphering.key-info.key-ciphered-data")).toMatchObject({
      start: 36,
      end: 164,
    });
    expect(next).toBeUndefined();
    expectTiled(tree, onePass);
  });

  it("a wrapped key without the master key", () => {
    const wrapped = hex(`01 01 00 18 ${"ab".repeat(24)}`);
    const input = generalCiphering(accessRequest, wrapped, protection);
    const { dissection, codes, value, tree } = decode(input);
    expect(codes).toEqual(["ciphering.no-key"]);
    expect(dissection.ciphering).toMatchObject({
      status: "no-key",
      reason: "the key comes wrapped, and the meter's master key is needed to open it",
    });
    expect(value).toMatchObject({
      "key-info": {
        "wrapped-key": { "kek-id": "master-key", "key-ciphered-data": hex("ab".repeat(24)) },
      },
    });
    expectTiled(tree, input);
  });

  it("a key-encrypting key and a key agreement that the standard does not name", () => {
    const otherKek = generalCiphering(accessRequest, hex("01 01 05 00"), protection);
    expect(decode(otherKek).codes).toEqual(["xdlms.reserved-code", "ciphering.unsupported"]);
    const otherScheme = generalCiphering(accessRequest, hex("01 02 01 03 00"), protection);
    expect(decode(otherScheme).codes).toEqual(["ciphering.unsupported"]);
    expect(decode(otherScheme).dissection.ciphering?.status).toBe("unsupported");
  });

  it("a Key-Info that does not exist", () => {
    const input = generalCiphering(accessRequest, hex("01 07"), protection);
    const { codes, tree } = decode(input);
    expect(codes).toEqual(["xdlms.unknown-choice"]);
    expectTiled(tree, input);
  });

  it("every prefix says what is missing", () => {
    const context = secured([bothKeys]);
    const input = generalCiphering(accessRequest, unicast, protection);
    expectPrefixes(input, decodeGeneralCiphering, context);
    expectPrefixes(onePass, decodeGeneralCiphering, context);
  });

  it("bytes changed anywhere throw nothing and stay explained", () => {
    const whole = generalCiphering(accessRequest, unicast, protection);
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0x00, 0x7f, 0x84, 0xff]) {
        const input = whole.slice();
        input[at] = value;
        const dissected = decode(input);
        expectTiled(dissected.tree, input);
        expectInBounds(dissected);
      }
    }
  });
});
