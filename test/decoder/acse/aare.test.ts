import { describe, expect, it } from "vitest";
import { decodeAare } from "../../../decoder/acse/aare.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
} from "../dissect-bytes.js";
import { hex } from "../security/cipher-builder.js";
import { bothKeys, secured } from "../security/secured-context.js";

/** DLMS UA Green Book, AARE that accepts. */
const accepted =
  "6129a109060760857405080101a203020100a305a103020100be10040e0800065f1f040000501f01f40007";
/** DLMS UA Green Book, AARE that asks for HLS. */
const challenge =
  "6142a109060760857405080101a203020100a305a10302010e88020780890760857405080205" +
  "aa0a8008503677524a323146be10040e0800065f1f040000501f01f40007";
/** github.com/milanbella/gocosem, trace of a real meter with its test keys. */
const ciphered =
  "6161a109060760857405080103a203020100a305a10302010ea40a04084d454c6470b71b1188020780" +
  "890760857405080205aa0a8008284733636e507e73be230421281f300000004f4c00f68eb1ece14b6022a9" +
  "8e1b213d6b63cebac69747f80a4a34";

function decode(input: string, context = {}) {
  const dissected = dissectBytes(input, decodeAare, context);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return dissected;
}

describe("AARE", () => {
  it("accepts", () => {
    const { value, codes, tree } = decode(accepted);
    expect(codes).toEqual([]);
    expect(value).toEqual({
      name: "aare",
      "application-context-name": "logical-name-referencing-no-ciphering",
      result: "accepted",
      "result-source-diagnostic": { "acse-service-user": "null" },
      "user-information": expect.objectContaining({
        name: "initiate-response",
        "server-max-receive-pdu-size": 500,
        "vaa-name": 7,
      }),
    });
    expect(findNode(tree, "acse.result")).toMatchObject({
      start: 13,
      end: 18,
      value: "accepted",
      note: "0",
    });
  });

  it("asks for the second half of HLS", () => {
    const { value, codes } = decode(challenge);
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      result: "accepted",
      "result-source-diagnostic": { "acse-service-user": "authentication-required" },
      "responder-acse-requirements": ["authentication"],
      "mechanism-name": "high-level-security-gmac",
      "responding-authentication-value": { charstring: hex("503677524a323146") },
    });
  });

  it("refuses, without user-information", () => {
    // github.com/Gurux/gurux.dlms.java, issue 22: Landis+Gyr (corpus forum-gurux-java-22).
    const { value, codes } = decode("6117a109060760857405080101a203020101a305a10302010d");
    expect(value).toMatchObject({
      result: "rejected-permanent",
      "result-source-diagnostic": { "acse-service-user": "authentication-failure" },
    });
    expect(value).not.toHaveProperty("user-information");
    expect(codes).toEqual([]);
  });

  it("refuses with a confirmed-service-error", () => {
    // github.com/u9n/dlms-cosem (corpus u9n-pdu-0068).
    const { value, codes } = decode(
      "611fa109060760857405080101a203020101a305a103020101be0604040e010601",
    );
    expect(codes).toEqual([]);
    expect(value?.["user-information"]).toMatchObject({ name: "confirmed-service-error" });
  });

  it("has a word for every code of both sources", () => {
    const read = (result: string, source: string, code: string) =>
      decode(`610ca2030201${result}a305${source}030201${code}`).value;
    const reasonOfUser = (code: number) =>
      read("01", "a1", code.toString(16).padStart(2, "0"))?.["result-source-diagnostic"];
    expect([2, 3, 7, 11, 12, 13, 14].map(reasonOfUser)).toEqual([
      { "acse-service-user": "application-context-name-not-supported" },
      { "acse-service-user": "calling-ap-title-not-recognized" },
      { "acse-service-user": "called-ap-title-not-recognized" },
      { "acse-service-user": "authentication-mechanism-name-not-recognised" },
      { "acse-service-user": "authentication-mechanism-name-required" },
      { "acse-service-user": "authentication-failure" },
      { "acse-service-user": "authentication-required" },
    ]);
    expect(read("02", "a2", "02")).toMatchObject({
      result: "rejected-transient",
      "result-source-diagnostic": { "acse-service-provider": "no-common-acse-version" },
    });
    const odd = decode("610ca203020107a305a103020163");
    expect(odd.codes).toEqual(["acse.result-code", "acse.result-code"]);
    expect(odd.value).toMatchObject({
      result: "reserved (7)",
      "result-source-diagnostic": { "acse-service-user": "reserved (99)" },
    });
  });

  it("a ciphered initiate-response: its title is that of the AARE", () => {
    const { value, codes, dissection } = decode(
      ciphered,
      secured([bothKeys], { direction: "server-to-client" }),
    );
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      "responding-ap-title": hex("4d454c6470b71b11"),
      "user-information": { name: "initiate-response", "vaa-name": 7 },
    });
    expect(dissection.ciphering).toMatchObject({ status: "decrypted", authenticated: true });
  });

  it("the mechanism of a meter that sets a bit too many", () => {
    // gurux.fi/index.php/forum/28871: ZIV meter, no keys published (corpus forum-gurux-28871).
    const { value, codes, diagnostics } = decode(
      "6161a109060760857405080103a203020100a305a10302010ea40a04085a4956343730393188020780" +
        "890760857405080285aa0a8008b9f6ed7be607ebb1be230421281f3000000078ad6965f832a2679ea3441d" +
        "82393addb70985fbb74d62d821055c",
    );
    expect(codes).toEqual(["acse.object-identifier", "ciphering.no-key"]);
    expect(diagnostics[0]?.message).toContain("0x85");
    expect(diagnostics[0]).toMatchObject({ start: 49, end: 50 });
    expect(value?.["mechanism-name"]).toBe("high-level-security-gmac");
  });

  it("a result without its integer around it", () => {
    // github.com/u9n/dlms-cosem (corpus u9n-pdu-0073).
    const { value, codes } = decode("6103820101");
    expect(value).toEqual({ name: "aare", result: "rejected-permanent" });
    expect(codes).toEqual(["acse.tagging"]);
  });

  it("every prefix says what is missing", () => {
    for (const input of [accepted, challenge, ciphered]) expectPrefixes(input, decodeAare);
    expectPrefixes(ciphered, decodeAare, secured([bothKeys]));
  });
});
