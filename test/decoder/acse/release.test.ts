import { describe, expect, it } from "vitest";
import { acseApdus } from "../../../decoder/acse/acse-apdus.js";
import { decodeRlre, decodeRlrq } from "../../../decoder/acse/release.js";
import { dissectBytes, expectPrefixes, expectTiled } from "../dissect-bytes.js";
import { greenBook } from "../security/cipher-builder.js";
import { bothKeys, secured } from "../security/secured-context.js";

describe("RLRQ and RLRE", () => {
  it("a reason alone", () => {
    // github.com/guara92/dlms-cosem-rs (corpus guara92-dlms-cosem-rs-pdu-0004 and -0005).
    expect(dissectBytes("6203800100", decodeRlrq).value).toEqual({
      name: "rlrq",
      reason: "normal",
    });
    expect(dissectBytes("6303800100", decodeRlre).value).toEqual({
      name: "rlre",
      reason: "normal",
    });
  });

  it("every reason in words", () => {
    const request = (code: string) => dissectBytes(`62038001${code}`, decodeRlrq).value?.reason;
    const response = (code: string) => dissectBytes(`63038001${code}`, decodeRlre).value?.reason;
    expect(["00", "01", "1e"].map(request)).toEqual(["normal", "urgent", "user-defined"]);
    expect(["00", "01", "1e"].map(response)).toEqual(["normal", "not-finished", "user-defined"]);
    expect(request("05")).toBe("reserved (5)");
    expect(dissectBytes("62038001 05", decodeRlrq).codes).toEqual(["acse.result-code"]);
  });

  it("nothing at all", () => {
    expect(dissectBytes("6200", decodeRlrq)).toMatchObject({ value: { name: "rlrq" }, codes: [] });
  });

  it("an initiate-response in clear", () => {
    // EPRI (corpus epri-pdu-0010).
    const { value, codes, tree } = dissectBytes(
      "6315800100be10040e0800065f1f040000381f009b0007",
      decodeRlre,
    );
    expect(codes).toEqual([]);
    expect(value?.["user-information"]).toMatchObject({
      name: "initiate-response",
      "server-max-receive-pdu-size": 155,
    });
    expectTiled(tree, "6315800100be10040e0800065f1f040000381f009b0007");
  });

  it("a ciphered initiate-request, with the title that the association knows", () => {
    // DLMS UA Green Book, ciphered RLRQ.
    const input =
      "6239800100be34043221303001234567801302ff8a7874133d414ced25b42534d28db0047720606b" +
      "175bd52211be6841db204d39ee6fdb8e356855";
    const { value, codes, dissection, tree } = dissectBytes(input, decodeRlrq, secured([bothKeys]));
    expect(codes).toEqual([]);
    expect(value?.["user-information"]).toMatchObject({ name: "initiate-request" });
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      "system-title": greenBook.clientTitle,
    });
    expectTiled(tree, input);
    expectPrefixes(input, decodeRlrq, secured([bothKeys]));
  });
});

describe("acseApdus", () => {
  it("has the four tags", () => {
    expect(acseApdus.map(({ tag, name }) => [tag, name])).toEqual([
      [0x60, "aarq"],
      [0x61, "aare"],
      [0x62, "rlrq"],
      [0x63, "rlre"],
    ]);
  });
});
