/** General-ciphering under a key that is agreed on; node:crypto is the originator. */
import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import type { AssociationState, LearntCertificate } from "../../../decoder/core/context.js";
import { decodeGeneralCiphering } from "../../../decoder/security/general-ciphering.js";
import type { KeySet } from "../../../decoder/security/key-set.js";
import { corpusIsHere, readItems } from "../../corpus/corpus.js";
import { dissectBytes, expectInBounds, expectTiled } from "../dissect-bytes.js";
import { generalCiphering, greenBook, hex, octetString } from "./cipher-builder.js";
import { example, staticUnified } from "./green-book-agreement.js";
import { associated, secured } from "./secured-context.js";

const getRequest = hex("c001c100080000010000ff0200");
const { clientTitle, serverTitle, authenticationKey } = greenBook;
/** That of `generalCiphering`. */
const transactionId = hex("0102030405060708");

/** A key pair; the public key as DLMS writes it, and a signature of its owner. */
function party(suite: 1 | 2, seed: number) {
  const ecdh = createECDH(suite === 1 ? "prime256v1" : "secp384r1");
  const privateKey = new Uint8Array(suite === 1 ? 32 : 48).fill(seed);
  ecdh.setPrivateKey(privateKey);
  const point = new Uint8Array(ecdh.getPublicKey());
  const half = (point.length - 1) / 2;
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: suite === 1 ? "P-256" : "P-384",
      d: Buffer.from(privateKey).toString("base64url"),
      x: Buffer.from(point.slice(1, 1 + half)).toString("base64url"),
      y: Buffer.from(point.slice(1 + half)).toString("base64url"),
    },
  });
  return {
    privateKey,
    publicKey: point.slice(1),
    agree: (publicKey: Uint8Array) =>
      new Uint8Array(ecdh.computeSecret(concatenate([Uint8Array.of(4), publicKey]))),
    sign: (message: Uint8Array) => {
      const options = { key, dsaEncoding: "ieee-p1363" } as const;
      return new Uint8Array(sign(suite === 1 ? "sha256" : "sha384", message, options));
    },
  };
}

/** NIST SP 800-56A, 5.8.1, with the AlgorithmID of AES-GCM-128 or AES-GCM-256. */
function derive(suite: 1 | 2, secret: Uint8Array, ...parties: readonly Uint8Array[]): Uint8Array {
  const algorithm = hex(suite === 1 ? "60857405080300" : "60857405080301");
  const input = concatenate([hex("00000001"), secret, algorithm, ...parties]);
  const digest = createHash(suite === 1 ? "sha256" : "sha384")
    .update(input)
    .digest();
  return new Uint8Array(digest).slice(0, suite === 1 ? 16 : 32);
}

interface Case {
  readonly suite: 1 | 2;
  readonly parameters: string;
  readonly data: Uint8Array;
  readonly key: Uint8Array;
  readonly control?: number;
}

function build({ suite, parameters, data, key, control = 0x30 + suite }: Case): Uint8Array {
  const keyInfo = concatenate([hex("01 02 01"), hex(parameters), octetString(data)]);
  const protection = { control, key, authenticationKey, title: clientTitle, counter: 0 };
  return generalCiphering(getRequest, keyInfo, protection);
}

function decode(
  input: Uint8Array,
  keySets: readonly KeySet[],
  association: AssociationState = associated,
  direction: "client-to-server" | null = "client-to-server",
) {
  return dissectBytes(input, decodeGeneralCiphering, secured(keySets, { association, direction }));
}

function set(changes: Partial<KeySet>): KeySet {
  return { name: "meter 1", authenticationKey, ...changes };
}

const certify = (use: "signing" | "agreement", value: Uint8Array, systemTitle = clientTitle) =>
  ({ use, value, systemTitle, frame: 8 }) satisfies LearntCertificate;

describe.each([1, 2] as const)("one-pass Diffie-Hellman, suite %i", (suite) => {
  const [ephemeral, server, signer] = [party(suite, 3), party(suite, 4), party(suite, 5)];
  const key = derive(suite, ephemeral.agree(server.publicKey), clientTitle, serverTitle);
  const signature = signer.sign(ephemeral.publicKey);
  const data = concatenate([ephemeral.publicKey, signature]);
  const input = build({ suite, parameters: "01", data, key });
  const agreementPrivateKeys = { server: server.privateKey };

  it("deciphers with the recipient's private key and verifies the signature", () => {
    const signingPublicKeys = { client: signer.publicKey };
    const { dissection, codes, next, tree } = decode(input, [
      set({ agreementPrivateKeys, signingPublicKeys }),
    ]);
    expect(codes).toEqual(["ciphering.key-signature-verified"]);
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      key: "meter 1 agreement",
      plaintext: getRequest,
    });
    expect(next?.cursor.bytes).toEqual(getRequest);
    expectTiled(tree, input);
  });

  it("whichever way the message goes, by the titles", () => {
    const { dissection } = decode(input, [set({ agreementPrivateKeys })], associated, null);
    expect(dissection.ciphering?.status).toBe("decrypted");
  });

  it("verifies the signature with a certificate", () => {
    const association = { ...associated, certificates: [certify("signing", signer.publicKey)] };
    const { codes, diagnostics } = decode(input, [set({ agreementPrivateKeys })], association);
    expect(codes).toEqual(["ciphering.key-signature-verified"]);
    expect(diagnostics[0]?.message).toContain("certificate in frame 8");
  });

  it("says that the signature does not fit", () => {
    const signingPublicKeys = { client: ephemeral.publicKey };
    const { dissection, codes, diagnostics } = decode(input, [
      set({ agreementPrivateKeys, signingPublicKeys }),
    ]);
    expect(codes).toEqual(["ciphering.key-signature-failed"]);
    expect(diagnostics[0]).toMatchObject({
      definition: { severity: "error" },
      end: 36 + data.length,
    });
    expect(dissection.ciphering?.status).toBe("decrypted");
  });

  it("a public key without a signature", () => {
    const bare = build({ suite, parameters: "01", data: ephemeral.publicKey, key });
    const { dissection, codes } = decode(bare, [set({ agreementPrivateKeys })]);
    expect(codes).toEqual(["ciphering.key-signature-not-verified"]);
    expect(dissection.ciphering?.status).toBe("decrypted");
  });

  it("a public key that is none", () => {
    const bent = data.slice();
    bent[0] = (bent[0] ?? 0) ^ 1;
    const named = suite === 1 ? "P-256" : "P-384";
    const offCurve = decode(build({ suite, parameters: "01", data: bent, key }), [
      set({ agreementPrivateKeys }),
    ]);
    expect(offCurve.dissection.ciphering).toMatchObject({
      status: "no-key",
      reason: `the ephemeral public key in the APDU is no point of ${named}`,
    });
    const short = decode(build({ suite, parameters: "01", data: data.slice(1), key }), [
      set({ agreementPrivateKeys }),
    ]);
    expect(short.codes).toEqual(["ciphering.no-key"]);
    expect(short.dissection.ciphering?.reason).toBe(
      `the key-ciphered-data hold no public key on ${named}`,
    );
  });

  it("another private key is a tag that does not fit", () => {
    const { dissection, codes } = decode(input, [
      set({ agreementPrivateKeys: { server: signer.privateKey } }),
    ]);
    expect(codes).toEqual(["ciphering.key-signature-not-verified", "ciphering.tag-mismatch"]);
    expect(dissection.ciphering?.reason).toContain("meter 1 agreement");
    expect(dissection.ciphering?.reason).not.toContain(toHex(signer.privateKey));
  });
});

describe.each([1, 2] as const)("static unified model, suite %i", (suite) => {
  const [client, server] = [party(suite, 6), party(suite, 7)];
  const nonce = concatenate([hex("08"), transactionId]);
  const key = derive(suite, client.agree(server.publicKey), clientTitle, nonce, serverTitle);
  const input = build({ suite, parameters: "02", data: hex(""), key });

  it("deciphers with both private keys", () => {
    const agreementPrivateKeys = { client: client.privateKey, server: server.privateKey };
    const { dissection, codes, tree } = decode(input, [set({ agreementPrivateKeys })]);
    expect(codes).toEqual([]);
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      key: "meter 1 agreement",
    });
    expectTiled(tree, input);
  });

  it("deciphers with one private key and the certificate of the other", () => {
    const cases = [
      [{ server: server.privateKey }, certify("agreement", client.publicKey, clientTitle)],
      [{ client: client.privateKey }, certify("agreement", server.publicKey, serverTitle)],
    ] as const;
    for (const [agreementPrivateKeys, certificate] of cases) {
      const association = { ...associated, certificates: [certificate] };
      const { dissection } = decode(input, [set({ agreementPrivateKeys })], association);
      expect(dissection.ciphering).toMatchObject({ status: "decrypted", authenticated: true });
    }
  });

  it("says what is needed", () => {
    const named = suite === 1 ? "P-256" : "P-384";
    for (const agreementPrivateKeys of [{ server: server.privateKey }, undefined]) {
      const keys = agreementPrivateKeys === undefined ? {} : { agreementPrivateKeys };
      const { dissection, codes } = decode(input, [set(keys)]);
      expect(codes).toEqual(["ciphering.no-key"]);
      expect(dissection.ciphering?.reason).toBe(
        `the private key for key agreement on ${named} of one party is needed, and the private ` +
          "key or the key agreement certificate of the other; originator: the client " +
          "4d4d4d0000bc614e, recipient: the server 4d4d4d0000000001",
      );
    }
  });
});

it("suite 0 has no key agreement: that of suite 1 is tried, and said", () => {
  const [ephemeral, server] = [party(1, 3), party(1, 4)];
  const key = derive(1, ephemeral.agree(server.publicKey), clientTitle, serverTitle);
  const input = build({
    suite: 1,
    parameters: "01",
    data: ephemeral.publicKey,
    key,
    control: 0x30,
  });
  const { codes, dissection } = decode(input, [
    set({ agreementPrivateKeys: { server: server.privateKey } }),
  ]);
  expect(codes).toEqual([
    "ciphering.suite-without-agreement",
    "ciphering.key-signature-not-verified",
  ]);
  expect(dissection.ciphering?.status).toBe("decrypted");
});

describe.skipIf(!corpusIsHere)("the examples of the Green Book", () => {
  const item = readItems().find(({ id }) => id === "forum-gb-table41-pdu-0001");
  const plain = hex(String(item?.expect?.["plain"] ?? ""));

  it("one-pass: deciphered, its signature verified; its tag fits as published with no known form", () => {
    const keys = set({
      agreementPrivateKeys: { server: example("ONEPASS_STATIC_PRIVATE_KEY_SERVER") },
      signingPublicKeys: { client: example("TEST_PUB_KEY_P256") },
    });
    const input = hex(item?.hex ?? "");
    const { codes, dissection } = decode(input, [keys]);
    // The corpus leaves the tag an open question: its own cross-check did not verify it either.
    expect(codes).toEqual(["ciphering.key-signature-verified", "ciphering.tag-mismatch"]);
    expect(dissection.ciphering).toMatchObject({ plaintext: plain, "security-suite": 1 });
  });

  it("static unified", () => {
    const agreementPrivateKeys = {
      client: example("PRIVATE_KEY_AGREEMENT_KEY_CLIENT"),
      server: example("ONEPASS_STATIC_PRIVATE_KEY_SERVER"),
    };
    // Enciphered only, because the ciphertext is cut.
    const input = concatenate([
      hex("dd 08 0102030405060708 08 4d4d4d0000bc614e 08 4d4d4d0000000001 00 00 01 02 01 02 00"),
      octetString(concatenate([hex("21 00000000"), staticUnified.ciphertext])),
    ]);
    const { codes, dissection } = decode(input, [set({ agreementPrivateKeys })]);
    expect(codes).toEqual([]);
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      plaintext: plain.slice(0, staticUnified.ciphertext.length),
    });
  });
});

it("bytes changed anywhere in the header and the key throw nothing and stay explained", () => {
  const [ephemeral, server, signer] = [party(1, 3), party(1, 4), party(1, 5)];
  const key = derive(1, ephemeral.agree(server.publicKey), clientTitle, serverTitle);
  const data = concatenate([ephemeral.publicKey, signer.sign(ephemeral.publicKey)]);
  const whole = build({ suite: 1, parameters: "01", data, key });
  const keys = set({
    agreementPrivateKeys: { server: server.privateKey },
    signingPublicKeys: { client: signer.publicKey },
  });
  for (let at = 0; at < whole.length; at += 3) {
    const changed = whole.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x81;
    const dissected = decode(changed, [keys]);
    expectTiled(dissected.tree, changed);
    expectInBounds(dissected);
  }
});
