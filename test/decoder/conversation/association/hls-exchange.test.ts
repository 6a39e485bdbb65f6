/** Passes 3 and 4: how they are recognised, and what becomes of their proofs. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  readClientPass,
  readServerPass,
} from "../../../../decoder/conversation/association/hls-passes.js";
import { concatenate, toHex } from "../../../../decoder/core/bytes.js";
import type { KeySet } from "../../../../decoder/security/key-set.js";
import { readApdu } from "../../../../decoder/xdlms/apdu.js";
import type { Apdu } from "../../../../decoder/xdlms/apdu-value.js";
import { dissectBytes, toBytes } from "../../dissect-bytes.js";
import { greenBook, protect } from "../../security/cipher-builder.js";
import { aare, aarq, exception, Trace } from "./association-frames.js";

const { clientTitle, serverTitle, encryptionKey, authenticationKey } = greenBook;
const clientChallenge = "0102030405060708";
const serverChallenge = "1112131415161718";

/** reply_to_HLS_authentication and its answer, with an octet-string of less than 128 bytes. */
const pass3 = (proof: Uint8Array) =>
  `c30141 000f 0000280000ff 01 01 09${toHex(Uint8Array.of(proof.length))}${toHex(proof)}`;
const pass4 = (proof: Uint8Array) =>
  `c70141 00 01 00 09${toHex(Uint8Array.of(proof.length))}${toHex(proof)}`;

/** An association with that mechanism, up to the AARE. */
function opened(mechanism: number, keySets: readonly KeySet[]): Trace {
  const request = { mechanism, title: clientTitle, challenge: clientChallenge };
  const answer = { mechanism, title: serverTitle, challenge: serverChallenge, diagnostic: 14 };
  return new Trace(keySets).client(aarq(request)).server(aare(answer));
}

/** SC, IC and the tag over SC, authentication key and challenge (IEC 62056-5-3, HLS with GMAC). */
function gmac(challenge: string, title: Uint8Array, counter: number): Uint8Array {
  const bytes = toBytes(challenge);
  const sealed = protect(bytes, {
    control: 0x10,
    key: encryptionKey,
    authenticationKey,
    title,
    counter,
  });
  return concatenate([sealed.subarray(0, 5), sealed.subarray(5 + bytes.length)]);
}

const keys: KeySet = {
  name: "meter 1",
  globalUnicastEncryptionKey: encryptionKey,
  authenticationKey,
};
const clientProof = gmac(serverChallenge, clientTitle, 1);
const serverProof = gmac(clientChallenge, serverTitle, 2);

describe("proofs of GMAC", () => {
  it("that are right", () => {
    const trace = opened(5, [keys]).client(pass3(clientProof)).server(pass4(serverProof));
    expect(trace.found).toMatchObject([
      { frame: 3, code: "security.hls-verified", severity: "info" },
      { frame: 4, code: "security.hls-verified", severity: "info" },
    ]);
    expect(trace.found[0]?.detail).toMatch(/^the client's, with meter 1 /);
    expect(trace.found[1]?.detail).toMatch(/^the server's, with meter 1 /);
    expect(trace.state).toBe("open");
  });

  it("that are wrong: another key", () => {
    const other = { ...keys, globalUnicastEncryptionKey: authenticationKey };
    const trace = opened(5, [other]).client(pass3(clientProof)).server(pass4(serverProof));
    expect(trace.found).toMatchObject([
      { frame: 3, code: "security.hls-failed", severity: "error" },
      { frame: 4, code: "security.hls-failed", severity: "error" },
    ]);
  });

  it("that are wrong: over the sender's own challenge", () => {
    const trace = opened(5, [keys]).client(pass3(gmac(clientChallenge, clientTitle, 1)));
    expect(trace.codes).toEqual(["3 security.hls-failed"]);
  });

  it("that cannot be checked for want of keys", () => {
    const trace = opened(5, []).client(pass3(clientProof));
    expect(trace.found).toMatchObject([
      { frame: 3, code: "security.hls-not-checked", severity: "info" },
    ]);
  });

  it("that cannot be checked because the opening was not captured", () => {
    const trace = new Trace([keys]).client(pass3(clientProof)).server(pass4(serverProof));
    expect(trace.found).toMatchObject([
      { frame: 1, code: "security.hls-not-checked" },
      { frame: 2, detail: "the server's, the mechanism is not known" },
    ]);
    expect(trace.state).toBe("open");
  });

  it("that cannot be checked because the AARE was not captured", () => {
    const request = { mechanism: 5, title: clientTitle, challenge: clientChallenge };
    const trace = new Trace([keys]).client(aarq(request)).client(pass3(clientProof));
    expect(trace.found[0]?.detail).toBe("the client's, the server's challenge is not known");
  });

  it("of which there is nothing in the answer", () => {
    const trace = opened(5, [keys]).client(pass3(clientProof)).server("c70141 00 00");
    expect(trace.found[1]).toMatchObject({
      code: "security.hls-not-checked",
      detail: "the server's, there is no octet-string with it",
    });
  });

  it("are judged once where the client repeats itself", () => {
    const trace = opened(5, [keys]).client(pass3(clientProof), pass3(clientProof));
    expect(trace.codes).toEqual(["3 security.hls-verified"]);
  });
});

describe("proofs of MD5", () => {
  const hlsSecret = toBytes("53656372657431");
  /** MD5 over the challenge and the secret. */
  const md5 = (challenge: string) =>
    createHash("md5").update(toBytes(challenge)).update(hlsSecret).digest();

  it("that are right and wrong", () => {
    const right = opened(3, [{ hlsSecret }]).client(pass3(md5(serverChallenge)));
    expect(right.codes).toEqual(["3 security.hls-verified"]);
    const wrong = opened(3, [{ hlsSecret }]).client(pass3(md5(clientChallenge)));
    expect(wrong.codes).toEqual(["3 security.hls-failed"]);
  });
});

describe("a proof that the server does not accept", () => {
  it.each([
    ["an action-result", "c70141 03 00"],
    ["an exception-response", exception],
  ])("by %s", (_, answer) => {
    const trace = opened(5, []).client(pass3(clientProof)).server(answer);
    expect(trace.codes).toEqual(["3 security.hls-not-checked", "4 association.proof-refused"]);
    expect(trace.state).toBe("rejected");
  });

  it("and one that it accepts", () => {
    const trace = opened(5, []).client(pass3(clientProof)).server(pass4(serverProof));
    expect(trace.codes).not.toContain("4 association.proof-refused");
  });
});

describe("recognising", () => {
  const read = (hex: string): Apdu => dissectBytes(hex, readApdu).dissection.apdu ?? { name: "" };

  it.each([
    ["ACTION on the current association", "c30141 000f 0000280000ff 01 01 0902aabb", true],
    ["ACTION on an association by its number", "c30141 000f 0000280003ff 01 01 0902aabb", true],
    ["ACTION, method 2 (change_HLS_secret)", "c30141 000f 0000280000ff 02 01 0902aabb", false],
    ["ACTION on another class", "c30141 0046 0000600310ff 01 01 0902aabb", false],
    ["ACTION without its end", "c30141 000f 00", false],
    ["READ of FA58 with a parameter", "05 01 04 fa58 00 0902aabb", true],
    ["READ of FA58 without one", "05 01 02 fa58", false],
    ["READ of another name", "05 01 04 fa00 00 0902aabb", false],
    ["WRITE to FA58", "06 01 02 fa58 01 0902aabb", true],
    ["GET", "c00141 000f 0000280000ff 01 00", false],
  ])("pass 3: %s", (_, hex, is) => {
    const pass = readClientPass(read(hex));
    expect(pass).toEqual(is ? { proof: toBytes("aabb") } : undefined);
  });

  it.each([
    ["a successful ACTION", "c70141 00 01 00 0902aabb", { outcome: "accepted", proof: "aabb" }],
    ["an ACTION that fails", "c70141 03 00", { outcome: "refused", reason: "read-write-denied" }],
    ["READ", "0c 01 00 0902aabb", { outcome: "accepted", proof: "aabb" }],
    ["READ that fails", "0c 01 01 03", { outcome: "refused", reason: "read-write-denied" }],
    ["WRITE", "0d 01 00", { outcome: "accepted", proof: undefined }],
    ["WRITE that fails", "0d 01 01 03", { outcome: "refused", reason: "read-write-denied" }],
    ["GET", "c40141 00 00", undefined],
  ])("pass 4: %s", (_, hex, expected) => {
    const pass = readServerPass(read(hex));
    const shown =
      pass?.outcome === "accepted" && pass.proof !== undefined
        ? { ...pass, proof: toHex(pass.proof) }
        : pass;
    expect(shown).toEqual(expected);
  });
});
