import { createCipheriv, createECDH, createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MeterMemories } from "../../../../decoder/conversation/security/meter-memory.js";
import { concatenate } from "../../../../decoder/core/bytes.js";
import type { Ciphering } from "../../../../decoder/security/ciphering.js";
import type { KeySet } from "../../../../decoder/security/key-set.js";
import { toBytes } from "../../dissect-bytes.js";
import { greenBook, hex, octetString, specific } from "../../security/cipher-builder.js";
import { by, getResponse, greenBookKeys, SecurityTrace } from "./security-trace.js";

const master = hex("00112233445566778899aabbccddeeff");
const newMaster = hex("ffeeddccbbaa99887766554433221100");
const newKey = hex("101112131415161718191a1b1c1d1e1f");
const withMaster: KeySet = { ...greenBookKeys, masterKey: master };

const globalUnicast = 0;
const authentication = 2;
const masterKey = 3;

/** AES key wrap of node:crypto, with the initial value of RFC 3394, 2.2.3.1. */
function wrap(kek: Uint8Array, key: Uint8Array): Uint8Array {
  const cipher = createCipheriv("id-aes128-wrap", kek, hex("a6a6a6a6a6a6a6a6"));
  return concatenate([cipher.update(key), cipher.final()]);
}

/** action-request-normal, class 64, 0.0.43.0.0.255: array of { enum key-id, octet-string }. */
function request(method: number, items: readonly (readonly [id: number, data: Uint8Array])[]) {
  return concatenate([toBytes(`c301c1 0040 00002b0000ff 0${method} 01`), arrayOf(items)]);
}

function arrayOf(items: readonly (readonly [id: number, data: Uint8Array])[]): Uint8Array {
  return concatenate([
    Uint8Array.of(0x01, items.length),
    ...items.flatMap(([id, data]) => [toBytes(`0202160${id}09`), octetString(data)]),
  ]);
}

const transfer = (id: number, wrapped: Uint8Array) => request(2, [[id, wrapped]]);
const success = toBytes("c701c1 00 00");
/** Action-Result 250, other-reason. */
const refused = toBytes("c701c1 fa 00");

const detailsOf = (trace: SecurityTrace) =>
  trace.findings.map(({ frame, code, detail }) => `${frame} ${code} ${detail}`);

describe("key_transfer", () => {
  it("brings a key, which counts from the answer on", () => {
    const trace = new SecurityTrace([withMaster]);
    const asked = trace.client(transfer(globalUnicast, wrap(master, newKey)));
    expect(asked.learntKeys).toEqual([]);
    const answer = trace.server(success);
    expect(answer.learntKeys).toEqual([
      { value: newKey, frame: 1, role: "global-unicast", by: "meter 1" },
    ]);
    expect(detailsOf(trace)).toEqual([
      "1 security.key-transferred global-unicast",
      "2 security.key-learnt global-unicast, brought by frame 1",
    ]);
    expect(JSON.stringify(trace.findings)).not.toContain("1011121314");
  });

  it("is found in a ciphered request, too", () => {
    const trace = new SecurityTrace([withMaster]);
    const plain = transfer(globalUnicast, wrap(master, newKey));
    trace.client(specific(0xcb, plain, by("client", 1)));
    trace.server(specific(0xcf, success, by("server", 1)));
    expect(trace.outcome?.learntKeys[0]?.value).toEqual(newKey);
  });

  it("that the meter refuses teaches nothing", () => {
    const trace = new SecurityTrace([withMaster]);
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    expect(trace.server(refused).learntKeys).toEqual([]);
    expect(trace.codes).toEqual(["security.key-transferred"]);
  });

  it("without an answer teaches nothing", () => {
    const trace = new SecurityTrace([withMaster]);
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    expect(trace.server(success, { unasked: true }).learntKeys).toEqual([]);
  });

  it("answered twice teaches once", () => {
    const trace = new SecurityTrace([withMaster]);
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    const first = trace.server(success);
    expect(trace.server(success).learntKeys).toBe(first.learntKeys);
  });

  it("without the master key", () => {
    const trace = new SecurityTrace();
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    trace.server(success);
    expect(detailsOf(trace)).toEqual(["1 security.key-transfer-without-master-key global-unicast"]);
  });

  it("with another master key", () => {
    const trace = new SecurityTrace([withMaster]);
    trace.client(transfer(authentication, wrap(newMaster, newKey)));
    expect(trace.server(success).learntKeys).toEqual([]);
    expect(detailsOf(trace)).toEqual([
      "1 security.key-transfer-integrity authentication, tried meter 1 master",
    ]);
  });

  it("takes the key set of the meter, not that of another", () => {
    const other = { ...withMaster, systemTitle: hex("4142430000000001"), masterKey: newMaster };
    const own = { ...withMaster, name: "own", systemTitle: greenBook.serverTitle };
    const trace = new SecurityTrace([other, own]);
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    expect(trace.server(success).learntKeys[0]?.by).toBe("own");
  });

  it("of a new master key opens the next transfer; the newest key comes first", () => {
    const trace = new SecurityTrace([withMaster]);
    trace.client(transfer(masterKey, wrap(master, newMaster)));
    trace.server(success);
    trace.client(transfer(globalUnicast, wrap(newMaster, newKey)));
    expect(trace.server(success).learntKeys).toEqual([
      { value: newKey, frame: 3, role: "global-unicast", by: "meter 1" },
      { value: newMaster, frame: 1, role: "master", by: "meter 1" },
    ]);
  });

  it("of several keys at once", () => {
    const trace = new SecurityTrace([withMaster]);
    const items = [
      [globalUnicast, wrap(master, newKey)],
      [authentication, wrap(master, newMaster)],
    ] as const;
    trace.client(request(2, items));
    const roles = trace.server(success).learntKeys.map(({ role }) => role);
    expect(roles).toEqual(["authentication", "global-unicast"]);
  });

  it("is known to the meter's next conversation, and to no other meter", () => {
    const memories = new MeterMemories();
    const trace = new SecurityTrace([withMaster], memories);
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    const { learntKeys } = trace.server(success);
    const next = new SecurityTrace([withMaster], memories, 10);
    expect(next.client("c001c1000301000108 00ff0200").learntKeys).toBe(learntKeys);
    const other = new SecurityTrace([withMaster], memories, 20);
    const title = { value: hex("4142430000000001"), frame: 1 };
    other.association = { ...other.association, serverSystemTitle: title };
    expect(other.client("c001c1000301000108 00ff0200").learntKeys).toEqual([]);
  });

  it("of other classes and methods, and of other forms, is none", () => {
    const trace = new SecurityTrace([withMaster]);
    const wrapped = wrap(master, newKey);
    const otherClass = transfer(globalUnicast, wrapped);
    otherClass[4] = 0x41;
    trace.client(otherClass);
    trace.server(success);
    trace.client(request(1, [[globalUnicast, wrapped]]));
    trace.server(success);
    trace.client("c301c1 0040 00002b0000ff 02 01 0902 0000");
    trace.server(success);
    trace.client("c301c1 0040 00002b0000ff 02 00");
    trace.server(success);
    expect(trace.codes).toEqual([]);
  });
});

describe("a key that was changed", () => {
  /** What the deciphering says of a frame that a key of that label opened. */
  const openedWith = (key: string): { ciphering: Ciphering } => ({
    ciphering: {
      status: "decrypted",
      service: "glo-get-response",
      "security-suite": 0,
      authenticated: true,
      encrypted: true,
      key,
      "system-title": greenBook.serverTitle,
      "invocation-counter": 5,
      plaintext: getResponse,
    },
  });

  function changed(keySets: readonly KeySet[] = [withMaster]): SecurityTrace {
    const trace = new SecurityTrace(keySets);
    trace.client(transfer(globalUnicast, wrap(master, newKey)));
    trace.server(success);
    return trace;
  }

  it("and has no effect", () => {
    const trace = changed();
    trace.server(getResponse, { frame: openedWith("meter 1 global-unicast") });
    trace.server(getResponse, { frame: openedWith("meter 1 global-unicast") });
    const found = trace.codes.filter((code) => code === "security.key-change-without-effect");
    expect(found).toHaveLength(1);
    expect(trace.codesOf(3)).toEqual(["security.key-change-without-effect"]);
  });

  it("and is used", () => {
    const trace = changed();
    trace.server(getResponse, { frame: openedWith("global-unicast, learnt in frame 1") });
    // A late frame under the old key says nothing more.
    trace.server(getResponse, { frame: openedWith("meter 1 global-unicast") });
    expect(trace.codes).not.toContain("security.key-change-without-effect");
  });

  it("is not judged by the client, by dedicated keys, or where the key set has the new key", () => {
    const trace = changed();
    trace.client(getResponse, { frame: openedWith("meter 1 global-unicast") });
    trace.server(getResponse, { frame: openedWith("dedicated, learnt in frame 1") });
    const given = changed([withMaster, { globalUnicastEncryptionKey: newKey }]);
    given.server(getResponse, { frame: openedWith("global-unicast") });
    for (const { codes } of [trace, given]) {
      expect(codes).not.toContain("security.key-change-without-effect");
    }
  });
});

describe("key_agreement", () => {
  const pair = (seed: number) => {
    const ecdh = createECDH("prime256v1");
    const privateKey = new Uint8Array(32).fill(seed);
    ecdh.setPrivateKey(privateKey);
    const publicKey = new Uint8Array(ecdh.getPublicKey()).slice(1);
    return { ecdh, privateKey, publicKey };
  };
  const client = pair(0x11);
  const server = pair(0x22);
  const signature = new Uint8Array(64).fill(0x5a);
  const sent = ({ publicKey }: typeof client) => concatenate([publicKey, signature]);

  const asked = request(3, [[globalUnicast, sent(client)]]);
  /** Success, and data: the server's items. */
  const answer = concatenate([
    toBytes("c701c1 00 01 00"),
    arrayOf([[globalUnicast, sent(server)]]),
  ]);

  /** NIST SP 800-56A, 5.8.1: the first 16 bytes of SHA-256 over counter, Z, AlgorithmID, U and V. */
  const sharedSecret = client.ecdh.computeSecret(concatenate([Uint8Array.of(4), server.publicKey]));
  const agreed = createHash("sha256")
    .update(hex("00000001"))
    .update(sharedSecret)
    .update(hex("60857405080300"))
    .update(greenBook.clientTitle)
    .update(greenBook.serverTitle)
    .digest()
    .subarray(0, 16);

  it.for([
    ["client", client.privateKey],
    ["server", server.privateKey],
  ] as const)("is followed with the ephemeral private key of the %s", ([side, privateKey]) => {
    const set = { ...greenBookKeys, agreementPrivateKeys: { [side]: privateKey } };
    const trace = new SecurityTrace([set]);
    expect(trace.client(asked).learntKeys).toEqual([]);
    expect(trace.server(answer).learntKeys).toEqual([
      { value: new Uint8Array(agreed), frame: 1, role: "global-unicast", by: "meter 1" },
    ]);
    expect(trace.codes).toEqual(["security.key-learnt"]);
  });

  it("is not disclosed by another private key", () => {
    const set = { ...greenBookKeys, agreementPrivateKeys: { client: pair(0x33).privateKey } };
    const trace = new SecurityTrace([set]);
    trace.client(asked);
    expect(trace.server(answer).learntKeys).toEqual([]);
    expect(detailsOf(trace)).toEqual(["2 security.key-agreement-not-followed global-unicast"]);
  });

  it("that the meter refuses is none", () => {
    const trace = new SecurityTrace();
    trace.client(asked);
    trace.server(refused);
    expect(trace.codes).toEqual([]);
  });
});
