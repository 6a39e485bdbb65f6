import { describe, expect, it } from "vitest";
import { concatenate } from "../../../decoder/core/bytes.js";
import { decodeGeneralSigning } from "../../../decoder/security/general-signing.js";
import { dissectBytes, expectPrefixes, expectTiled, findNode } from "../dissect-bytes.js";
import { greenBook, hex, octetString } from "./cipher-builder.js";

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
