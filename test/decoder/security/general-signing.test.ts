import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate } from "../../../decoder/core/bytes.js";
import type { FrameContext } from "../../../decoder/core/context.js";
import { decodeGeneralSigning } from "../../../decoder/security/general-signing.js";
import { dissectBytes, expectPrefixes, expectTiled, findNode } from "../dissect-bytes.js";
import { greenBook, hex, octetString } from "./cipher-builder.js";
import { associated, secured } from "./secured-context.js";

const content = hex("c0010000080000010000ff0200");

function build(signatureLength: number, dateTime = "") {
  return concatenate([
    hex("df"),
    octetString(hex("0102030405060708")),
    octetString(greenBook.clientTitle),
    octetString(greenBook.serverTitle),
    octetString(hex(dateTime)),
    octetString(hex("aabb")),
    octetString(content),
    octetString(new Uint8Array(signatureLength).fill(0x5a)),
  ]);
}

describe("general-signing", () => {
  it("reads the header, hands the content on and shows the signature", () => {
    const input = build(64, "07e40a1604013b1eff800000");
    const { value, codes, next, tree, sources, diagnostics } = dissectBytes(
      input,
      decodeGeneralSigning,
    );
    expect(value).toEqual({
      name: "general-signing",
      "transaction-id": hex("0102030405060708"),
      "originator-system-title": greenBook.clientTitle,
      "recipient-system-title": greenBook.serverTitle,
      "date-time": hex("07e40a1604013b1eff800000"),
      "other-information": hex("aabb"),
      content,
      signature: new Uint8Array(64).fill(0x5a),
    });
    expect(codes).toEqual(["general-signing.not-verified"]);
    expect(diagnostics[0]?.definition.severity).toBe("info");
    expect(diagnostics[0]?.message).toContain("P-256");
    expect(next).toMatchObject({ kind: "apdu", cursor: { bytes: content } });
    // 1 + 9 + 9 + 9 + 13 + 3 bytes of header, 1 of length.
    const origin = [{ start: 0, end: 13, source: 0, offset: 45 }];
    expect(sources[1]).toMatchObject({ kind: "content", origin });
    expect(findNode(tree, "general-signing.content")).toMatchObject({ start: 45, end: 58 });
    expectTiled(tree, input);
  });

  it("names the curve by the length of the signature", () => {
    const message = (length: number) =>
      dissectBytes(build(length), decodeGeneralSigning).diagnostics[0]?.message;
    expect(message(96)).toContain("P-384");
    expect(message(10)).toContain("10 bytes");
  });

  it("every prefix says what is missing", () => {
    expectPrefixes(build(64), decodeGeneralSigning);
  });
});

describe.each([
  ["P-256", "sha256"],
  ["P-384", "sha384"],
] as const)("the signature on %s", (namedCurve, hash) => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
  const other = generateKeyPairSync("ec", { namedCurve });
  const key = coordinates(publicKey);

  /** IEC 62056-5-3, General-Signing: header and content with their lengths are signed. */
  function signed(lengths: "counted" | "left out" = "counted", by = privateKey) {
    const fields = [
      hex("0102030405060708"),
      greenBook.clientTitle,
      greenBook.serverTitle,
      hex(""),
      hex(""),
      content,
    ];
    const counted = concatenate(fields.map(octetString));
    const bytes = lengths === "counted" ? counted : concatenate(fields);
    const signature = sign(hash, bytes, { key: by, dsaEncoding: "ieee-p1363" });
    return concatenate([hex("df"), counted, octetString(new Uint8Array(signature))]);
  }

  const decode = (input: Uint8Array, context: Partial<FrameContext>) =>
    dissectBytes(input, decodeGeneralSigning, context);

  it("is verified with the client's key", () => {
    const sets = [{ name: "meter 1", signingPublicKeys: { client: key } }];
    for (const lengths of ["counted", "left out"] as const) {
      const input = signed(lengths);
      const { codes, diagnostics, tree, next } = decode(input, secured(sets));
      expect(codes).toEqual(["general-signing.verified"]);
      expect(diagnostics[0]?.definition.severity).toBe("info");
      expect(diagnostics[0]?.message).toContain(`ECDSA ${namedCurve} with meter 1 signing`);
      expect(findNode(tree, "general-signing.status").value).toBe("verified");
      expect(next).toMatchObject({ kind: "apdu", cursor: { bytes: content } });
      expectTiled(tree, input);
    }
  });

  it("fails where a byte of header, content or signature is another", () => {
    const sets = [{ name: "meter 1", signingPublicKeys: { client: key } }];
    const input = signed();
    for (const at of [3, 25, 35, input.length - 1]) {
      const changed = input.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const { codes, diagnostics } = decode(changed, secured(sets));
      expect(codes).toEqual(["general-signing.failed"]);
      expect(diagnostics[0]).toMatchObject({
        definition: { severity: "error" },
        start: input.length - (namedCurve === "P-256" ? 64 : 96),
        end: input.length,
      });
    }
  });

  it("is checked with the originator's key, whatever the direction is said to be", () => {
    const signingPublicKeys = { client: key, server: coordinates(other.publicKey) };
    for (const direction of ["client-to-server", "server-to-client", null] as const) {
      const { codes } = decode(signed(), secured([{ signingPublicKeys }], { direction }));
      expect(codes).toEqual(["general-signing.verified"]);
    }
  });

  it("without titles, the direction decides", () => {
    const signingPublicKeys = { client: key, server: coordinates(other.publicKey) };
    const association = {
      ...associated,
      clientSystemTitle: undefined,
      serverSystemTitle: undefined,
    };
    for (const [direction, code] of [
      ["client-to-server", "general-signing.verified"],
      ["server-to-client", "general-signing.failed"],
      [null, "general-signing.verified"],
    ] as const) {
      const context = secured([{ signingPublicKeys }], { direction, association });
      expect(decode(signed(), context).codes).toEqual([code]);
    }
  });

  it("of a third party is checked with its certificate, and not with the client's key", () => {
    const association = {
      ...associated,
      clientSystemTitle: { value: hex("4d4d4d0000000077"), frame: 1 },
    };
    const signingPublicKeys = { client: coordinates(other.publicKey) };
    const without = decode(signed(), secured([{ signingPublicKeys }], { association }));
    expect(without.codes).toEqual(["general-signing.not-verified"]);
    const certificates = [
      { value: key, use: "signing", systemTitle: greenBook.clientTitle, frame: 6 } as const,
      { value: key, use: "agreement", systemTitle: greenBook.clientTitle, frame: 7 } as const,
    ];
    const context = secured([{ signingPublicKeys }], {
      association: { ...association, certificates },
    });
    const { codes, diagnostics } = decode(signed(), context);
    expect(codes).toEqual(["general-signing.verified"]);
    expect(diagnostics[0]?.message).toContain("certificate in frame 6");
  });

  it("is not verified without a key of its curve", () => {
    const wrongCurve = { name: "meter 1", signingPublicKeys: { client: new Uint8Array(10) } };
    const { diagnostics } = decode(signed(), secured([wrongCurve]));
    expect(diagnostics[0]?.message).toBe(
      `The signature is not verified: the signing public key on ${namedCurve} of the client ` +
        "4d4d4d0000bc614e is needed; of another curve: meter 1 signing",
    );
  });
});

function coordinates(key: KeyObject): Uint8Array {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return concatenate([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
}
