import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MechanismName } from "../../../decoder/acse/object-name.js";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import { type AssociationState, noAssociation } from "../../../decoder/core/context.js";
import {
  type HlsExchange,
  type HlsKnowledge,
  judgeHlsProof,
} from "../../../decoder/security/hls-proof.js";
import type { KeySet } from "../../../decoder/security/key-set.js";
import { noblePrimitives } from "../../../decoder/security/noble-primitives.js";
import { greenBook, hex } from "./cipher-builder.js";

const client = hex("4d4d4d0000000001");
const server = hex("4d4d4d0000bc614e");
const secret = hex("31323334353637384142434445464748");
const clientChallenge = hex("4b35366956616759");
const serverChallenge = hex("503677524a323146");

const titles: AssociationState = {
  ...noAssociation,
  clientSystemTitle: { value: client, frame: 1 },
  serverSystemTitle: { value: server, frame: 2 },
};

function knowing(keySets: readonly KeySet[], association = titles): HlsKnowledge {
  return { association, keySets, primitives: noblePrimitives };
}

function exchange(
  mechanism: MechanismName,
  prover: "client" | "server",
  proof: Uint8Array,
): HlsExchange {
  return { mechanism, prover, proof, clientChallenge, serverChallenge };
}

function hash(name: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(createHash(name).update(concatenate(parts)).digest());
}

describe("HLS with GMAC", () => {
  const keys: KeySet = {
    name: "meter 1",
    globalUnicastEncryptionKey: greenBook.encryptionKey,
    authenticationKey: greenBook.authenticationKey,
  };
  // DLMS UA Green Book, example of HLS with GMAC; in the corpus crypto-greenbook-crypto-0005, -0006.
  const passes = [
    ["client", hex("10000000011a52fe7dd3e72748973c1e28")],
    ["server", hex("1001234567fe1466afb3dbcd4f9389e2b7")],
  ] as const;

  it("verifies both proofs of the Green Book", () => {
    for (const [prover, proof] of passes) {
      const judged = judgeHlsProof(
        exchange("high-level-security-gmac", prover, proof),
        knowing([keys]),
      );
      expect(judged).toEqual({ status: "verified", key: "meter 1 global-unicast" });
    }
  });

  it("verifies both proofs of a real meter", () => {
    // The corpus, milanbella-gocosem-hdlc-0001, frames 13 to 16.
    const association: AssociationState = {
      ...noAssociation,
      clientSystemTitle: { value: hex("4d454c0000000001"), frame: 13 },
      serverSystemTitle: { value: hex("4d454c6470b71b11"), frame: 14 },
    };
    for (const [prover, proof] of [
      ["client", "100000005af3482a20e9c74bd53ed48319"],
      ["server", "10000000501bd8251b3430037a3481c2ec"],
    ] as const) {
      const judged = judgeHlsProof(
        {
          mechanism: "high-level-security-gmac",
          prover,
          proof: hex(proof),
          clientChallenge: hex("5a44584f323b3636"),
          serverChallenge: hex("284733636e507e73"),
        },
        knowing([keys], association),
      );
      expect(judged.status).toBe("verified");
    }
  });

  it("fails where the proof is the other side's, another one, or of another length", () => {
    for (const [prover, proof] of passes) {
      const other = prover === "client" ? "server" : "client";
      for (const [who, what] of [
        [other, proof],
        [prover, concatenate([proof.slice(0, 16), hex("00")])],
        [prover, proof.slice(1)],
      ] as const) {
        const judged = judgeHlsProof(
          exchange("high-level-security-gmac", who, what),
          knowing([keys]),
        );
        expect(judged.status).toBe("failed");
      }
    }
  });

  it("says what is missing", () => {
    const [[prover, proof]] = passes;
    const gmac = exchange("high-level-security-gmac", prover, proof);
    const needed = "the global unicast encryption key and the authentication key are needed";
    const { authenticationKey: _, ...withoutKey } = keys;
    for (const keySets of [[], [withoutKey], [{ ...keys, systemTitle: client }]]) {
      expect(judgeHlsProof(gmac, knowing(keySets))).toEqual({ status: "unknown", reason: needed });
    }
    expect(judgeHlsProof(gmac, knowing([keys], noAssociation))).toEqual({
      status: "unknown",
      reason: "the client's system title is not known",
    });
    const titled = { ...keys, clientSystemTitle: client };
    expect(judgeHlsProof(gmac, knowing([titled], noAssociation)).status).toBe("verified");
  });

  it("takes keys that the trace has brought", () => {
    const [[prover, proof]] = passes;
    const learntKeys = [
      { role: "global-unicast", value: greenBook.encryptionKey, frame: 7, by: "meter 1" },
      { role: "authentication", value: greenBook.authenticationKey, frame: 8, by: "meter 1" },
    ] as const;
    const judged = judgeHlsProof(
      exchange("high-level-security-gmac", prover, proof),
      knowing([{ masterKey: hex("00".repeat(16)) }], { ...titles, learntKeys }),
    );
    expect(judged).toEqual({ status: "verified", key: "global-unicast, learnt in frame 7" });
  });
});

// IEC 62056-5-3, HLS authentication mechanisms: what is hashed. node:crypto computes the hash.
describe.each([
  {
    mechanism: "high-level-security-md5",
    ofClient: hash("md5", serverChallenge, secret),
    ofServer: hash("md5", clientChallenge, secret),
  },
  {
    mechanism: "high-level-security-sha1",
    ofClient: hash("sha1", serverChallenge, secret),
    ofServer: hash("sha1", clientChallenge, secret),
  },
  {
    mechanism: "high-level-security-sha256",
    ofClient: hash("sha256", secret, client, server, serverChallenge, clientChallenge),
    ofServer: hash("sha256", secret, server, client, clientChallenge, serverChallenge),
  },
] as const)("$mechanism", ({ mechanism, ofClient, ofServer }) => {
  const set: KeySet = { name: "meter 1", hlsSecret: secret };

  it("verifies both proofs", () => {
    for (const [prover, proof] of [
      ["client", ofClient],
      ["server", ofServer],
    ] as const) {
      const judged = judgeHlsProof(exchange(mechanism, prover, proof), knowing([set]));
      expect(judged).toEqual({ status: "verified", key: "meter 1 HLS secret" });
    }
  });

  it("fails with another secret and names no secret", () => {
    const wrong: KeySet = { name: "meter 1", hlsSecret: hex("00112233445566778899") };
    const judged = judgeHlsProof(exchange(mechanism, "client", ofClient), knowing([wrong]));
    expect(judged).toEqual({ status: "failed", reason: "tried meter 1 HLS secret" });
    expect(JSON.stringify(judged)).not.toContain(toHex(wrong.hlsSecret ?? hex("")));
    expect(judgeHlsProof(exchange(mechanism, "server", ofClient), knowing([set])).status).toBe(
      "failed",
    );
  });

  it("is unknown without a secret of the meter", () => {
    for (const keySets of [[], [{ masterKey: secret }], [{ ...set, systemTitle: client }]]) {
      const judged = judgeHlsProof(exchange(mechanism, "client", ofClient), knowing(keySets));
      expect(judged).toEqual({ status: "unknown", reason: "no HLS secret is given" });
    }
  });
});

it("SHA-256 needs both titles", () => {
  const sha256 = exchange("high-level-security-sha256", "server", hex("00".repeat(32)));
  const association = { ...titles, clientSystemTitle: undefined };
  expect(judgeHlsProof(sha256, knowing([{ hlsSecret: secret }], association))).toEqual({
    status: "unknown",
    reason: "the client's system title is not known",
  });
});

describe("HLS with ECDSA", () => {
  function coordinates(key: KeyObject): Uint8Array {
    const { x = "", y = "" } = key.export({ format: "jwk" });
    return concatenate([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  }

  function prove(privateKey: KeyObject, name: string, ...parts: readonly Uint8Array[]) {
    const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
    return new Uint8Array(sign(name, concatenate(parts), key));
  }

  for (const [namedCurve, name] of [
    ["P-256", "sha256"],
    ["P-384", "sha384"],
  ] as const) {
    const ofClient = generateKeyPairSync("ec", { namedCurve });
    const ofServer = generateKeyPairSync("ec", { namedCurve });
    const set: KeySet = {
      name: "meter 1",
      signingPublicKeys: {
        client: coordinates(ofClient.publicKey),
        server: coordinates(ofServer.publicKey),
      },
    };
    const proofs = {
      client: prove(ofClient.privateKey, name, client, server, serverChallenge, clientChallenge),
      server: prove(ofServer.privateKey, name, server, client, clientChallenge, serverChallenge),
    };

    it(`verifies both proofs on ${namedCurve}`, () => {
      for (const prover of ["client", "server"] as const) {
        const ecdsa = exchange("high-level-security-ecdsa", prover, proofs[prover]);
        expect(judgeHlsProof(ecdsa, knowing([set]))).toEqual({
          status: "verified",
          key: `ECDSA ${namedCurve} with meter 1 signing`,
        });
      }
    });

    it(`on ${namedCurve} fails with the other side's proof, and is unknown without a key`, () => {
      const ecdsa = exchange("high-level-security-ecdsa", "client", proofs.server);
      expect(judgeHlsProof(ecdsa, knowing([set])).status).toBe("failed");
      expect(judgeHlsProof(ecdsa, knowing([]))).toEqual({
        status: "unknown",
        reason: `the signing public key on ${namedCurve} of the client 4d4d4d0000000001 is needed`,
      });
      expect(judgeHlsProof(ecdsa, knowing([set], noAssociation))).toEqual({
        status: "unknown",
        reason: "the client's system title is not known",
      });
    });

    it(`on ${namedCurve} takes the key of a certificate`, () => {
      const certificates = [
        {
          value: coordinates(ofServer.publicKey),
          use: "signing",
          systemTitle: server,
          frame: 9,
        },
      ] as const;
      const ecdsa = exchange("high-level-security-ecdsa", "server", proofs.server);
      expect(judgeHlsProof(ecdsa, knowing([], { ...titles, certificates }))).toEqual({
        status: "verified",
        key: `ECDSA ${namedCurve} with certificate in frame 9`,
      });
    });
  }
});

it("other mechanisms are not judged", () => {
  for (const mechanism of ["low-level-security", "high-level-security", "1.2.3"] as const) {
    expect(judgeHlsProof(exchange(mechanism, "client", secret), knowing([])).status).toBe(
      "unknown",
    );
  }
});
