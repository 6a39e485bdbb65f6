import { describe, expect, test } from "vitest";
import { noAssociation, type ShortNameObject } from "../../../decoder/core/context.js";
import { noblePrimitives } from "../../../decoder/security/noble-primitives.js";
import { readApdu } from "../../../decoder/xdlms/apdu.js";
import { summarizeApdu } from "../../../decoder/xdlms/apdu-summary.js";
import { dissectBytes, toBytes } from "../dissect-bytes.js";

function summarize(hex: string): string {
  const { dissection } = dissectBytes(hex, readApdu, { primitives: noblePrimitives });
  return dissection.apdu === undefined ? "" : summarizeApdu(dissection.apdu);
}

const energy = "0003 0100010800ff 02";
const clock = "0008 0000010000ff 02";
const time = "0c 07e30c1001073b28ff800000";

describe("services with logical names", () => {
  test.each([
    [`c001c1 ${energy} 00`, "GET 1-0:1.8.0*255 attribute 2 (Register.value), invoke 1"],
    [
      "c001c1 0007 0100630100ff 02 01 02 0200",
      "GET 1-0:99.1.0*255 attribute 2 (Profile generic.buffer) selector 2, invoke 1",
    ],
    ["c002c2 00000003", "GET next block after 3, invoke 2"],
    [
      `c003c1 02 ${energy} 00 ${clock} 00`,
      "GET list of 2, first 1-0:1.8.0*255 attribute 2 (Register.value), invoke 1",
    ],
    ["c401c1 00 060001e240", "GET response double-long-unsigned 123456, invoke 1"],
    ["c401c1 01 03", "GET response read-write-denied, invoke 1"],
    ["c402c1 01 00000003 00 02 1105", "GET response with block 3 (last), 2 bytes, invoke 1"],
    ["c402c1 00 00000002 01 0f", "GET response long-get-aborted, invoke 1"],
    ["c402c1 01 00000001 00 02 1105", "GET response unsigned 5, invoke 1"],
    ["c402c1 01 00000001 00 06 02 00 0f07 0103", "GET response list of 2, invoke 1"],
    ["c403c1 02 00 1105 01 04", "GET response list of 2, first unsigned 5, invoke 1"],
    [
      `c101c1 ${clock} 00 1105`,
      "SET 0-0:1.0.0*255 attribute 2 (Clock.time) to unsigned 5, invoke 1",
    ],
    [
      `c102c1 ${clock} 00 00 00000001 02 1105`,
      "SET 0-0:1.0.0*255 attribute 2 (Clock.time) with block 1, 2 bytes, invoke 1",
    ],
    ["c103c1 01 00000002 02 1105", "SET with block 2 (last), 2 bytes, invoke 1"],
    [`c104c1 01 ${clock} 00 01 1105`, "SET 0-0:1.0.0*255 attribute 2 (Clock.time), invoke 1"],
    [
      `c105c1 01 ${clock} 00 00 00000001 02 1105`,
      "SET 0-0:1.0.0*255 attribute 2 (Clock.time), with block 1, 2 bytes, invoke 1",
    ],
    ["c501c1 00", "SET response success, invoke 1"],
    ["c502c1 00000001", "SET response, block 1 received, invoke 1"],
    ["c503c1 00 00000003", "SET response success, block 3 received (last), invoke 1"],
    [
      "c504c1 02 0001 00000003",
      "SET response list of 2, first success, block 3 received (last), invoke 1",
    ],
    ["c505c1 02 0001", "SET response list of 2, first success, invoke 1"],
    [
      "c301c1 000f 0000280000ff 01 01 09 02 4142",
      'ACTION 0-0:40.0.0*255 method 1 (Association LN.reply_to_HLS_authentication) with octet-string "AB", invoke 1',
    ],
    [
      "c301c1 000f 0000280000ff 01 00",
      "ACTION 0-0:40.0.0*255 method 1 (Association LN.reply_to_HLS_authentication), invoke 1",
    ],
    ["c302c1 00000003", "ACTION next block after 3, invoke 1"],
    [
      "c303c1 01 000f 0000280000ff 01 01 00",
      "ACTION 0-0:40.0.0*255 method 1 (Association LN.reply_to_HLS_authentication), invoke 1",
    ],
    [
      "c304c1 000f 0000280000ff 01 00 00000001 02 0911",
      "ACTION 0-0:40.0.0*255 method 1 (Association LN.reply_to_HLS_authentication) with block 1, 2 bytes, invoke 1",
    ],
    [
      "c305c1 01 000f 0000280000ff 01 00 00000001 02 0911",
      "ACTION 0-0:40.0.0*255 method 1 (Association LN.reply_to_HLS_authentication), with block 1, 2 bytes, invoke 1",
    ],
    ["c306c1 01 00000002 02 0911", "ACTION with block 2 (last), 2 bytes, invoke 1"],
    ["c701c1 00 00", "ACTION response success, invoke 1"],
    ["c701c1 00 01 00 1105", "ACTION response success, unsigned 5, invoke 1"],
    ["c702c1 01 00000002 02 0911", "ACTION response with block 2 (last), 2 bytes, invoke 1"],
    ["c703c1 02 00 00 03 00", "ACTION response list of 2, first success, invoke 1"],
    ["c704c1 00000002", "ACTION response, block 2 received, invoke 1"],
    [
      `d9 40000001 00 02 01 ${energy} 03 000f 0000280000ff 01 02 00 00`,
      "ACCESS list of 2, first get 1-0:1.8.0*255 attribute 2 (Register.value), invoke 1",
    ],
    [
      `d9 40000001 00 01 05 ${energy} 01 00 01 1105`,
      "ACCESS set 1-0:1.8.0*255 attribute 2 (Register.value) selector 1, invoke 1",
    ],
    [
      "da 40000001 00 00 02 1105 00 02 01 00 03 03",
      "ACCESS response list of 2, first unsigned 5, 1 failed, invoke 1",
    ],
  ])("%s", (hex, line) => {
    expect(summarize(hex)).toBe(line);
  });
});

describe("services with short names", () => {
  test.each([
    ["05 01 02 2d50", "READ 0x2d50"],
    ["05 02 04 0010 02 1103 02 2d50", "READ list of 2, first 0x0010 selector 2"],
    ["05 01 05 0002", "READ next block after 2"],
    ["05 01 06 00 0001 02 0905", "READ with block 1, 2 bytes"],
    ["05 01 07 01 0004", "READ with block 4 (last)"],
    ["05 00", "READ empty list"],
    // blockworksco-playground-hdlc-0001
    ["0c 01 00 0906 0000130000ff", "READ response octet-string 0-0:19.0.0*255"],
    ["0c 01 01 03", "READ response read-write-denied"],
    ["0c 01 02 00 0001 02 0905", "READ response with block 1, 2 bytes"],
    ["0c 01 03 0001", "READ response block 1 received"],
    ["06 01 02 2d50 01 1105", "WRITE 0x2d50 to unsigned 5"],
    ["16 01 02 2d50 01 1105", "WRITE unconfirmed 0x2d50 to unsigned 5"],
    ["0d 02 00 01 03", "WRITE response list of 2, first success"],
    ["0d 01 01 03", "WRITE response read-write-denied"],
    ["0d 01 02 0003", "WRITE response block 3 received"],
    ["18 00 01 02 2d50 01 1105", "INFORMATION REPORT 0x2d50: unsigned 5"],
  ])("%s", (hex, line) => {
    expect(summarize(hex)).toBe(line);
  });
});

test("a short name says whose it is, where that is known", () => {
  const register: ShortNameObject = {
    baseName: 0x2d50,
    classId: 3,
    version: 0,
    logicalName: toBytes("0100010800ff"),
    frame: 3,
  };
  const association = { ...noAssociation, shortNames: [register] };
  const summarizeKnowing = (hex: string) => {
    const { apdu } = dissectBytes(hex, readApdu, { association }).dissection;
    return apdu === undefined ? "" : summarizeApdu(apdu);
  };
  expect(summarizeKnowing("05 01 02 2d58")).toBe(
    "READ 0x2d58 (1-0:1.8.0*255 attribute 2 (Register.value))",
  );
  expect(summarizeKnowing("05 01 04 2d78 01 0f00")).toBe(
    "READ 0x2d78 (1-0:1.8.0*255 method 1 (Register.reset)) selector 1",
  );
  expect(summarizeKnowing("06 01 02 2d58 01 1105")).toBe(
    "WRITE 0x2d58 (1-0:1.8.0*255 attribute 2 (Register.value)) to unsigned 5",
  );
  // Between the last attribute, x + 0x10, and the method, x + 0x28, nothing is defined.
  expect(summarizeKnowing("05 01 02 2d68")).toBe("READ 0x2d68 (1-0:1.8.0*255 class 3)");
  expect(summarizeKnowing("05 01 02 2d48")).toBe("READ 0x2d48");
});

describe("what meters send unasked, and errors", () => {
  test.each([
    [
      `0f 00000001 ${time} 02 02 1105 00`,
      "DATA NOTIFICATION 2019-12-16T07:59:40* structure {5, null-data}",
    ],
    ["0f 00000001 00 01 00", "DATA NOTIFICATION array of 0"],
    ["0f 00000001 02 0102 1105", "DATA NOTIFICATION 0102 unsigned 5"],
    ["10 00000007 00", "DATA NOTIFICATION confirm 7"],
    [
      `c2 00 ${energy} 1105`,
      "EVENT NOTIFICATION 1-0:1.8.0*255 attribute 2 (Register.value): unsigned 5",
    ],
    ["0e 01 06 01", "CONFIRMED SERVICE ERROR initiate-error: initiate, dlms-version-too-low"],
    ["d8 01 02", "EXCEPTION service-not-allowed, service-not-supported"],
    ["d8 01 06 0000012c", "EXCEPTION service-not-allowed, invocation-counter-error, expected 300"],
  ])("%s", (hex, line) => {
    expect(summarize(hex)).toBe(line);
  });
});

describe("associations", () => {
  test.each([
    // milanbella-gocosem-hdlc-0001, both AARQs and both AAREs
    ["601da109060760857405080101be10040e01000000065f1f0400ffffffffff", "AARQ LN"],
    [
      "6129a109060760857405080101a203020100a305a103020100be10040e0800065f1f040000721400ef0007",
      "AARE accepted",
    ],
    ["6203800100", "RLRQ normal"],
    ["6303800100", "RLRE normal"],
    // circutor-gosem-pdu-0013
    [
      "01011000112233445566778899aabbccddeeff0000065f1f0400007e1f04b0",
      "INITIATE PDU size 1200, with a dedicated key",
    ],
    ["01000000065f1f0400007e1f0000", "INITIATE PDU size without limit"],
    ["0800065f1f040000501f01f40007", "INITIATE response PDU size 500"],
  ])("%s", (hex, line) => {
    expect(summarize(hex)).toBe(line);
  });

  test("mechanism and title", () => {
    // AARQ with HLS GMAC and the title of milanbella-gocosem-hdlc-0001, without a challenge.
    const context = "a109060760857405080103";
    const title = "a60a04084d454c0000000001";
    const mechanism = "8b0760857405080205";
    expect(summarize(`60 20 ${context} ${title} ${mechanism}`)).toBe(
      "AARQ LN ciphered, HLS GMAC (5), title 4d454c0000000001",
    );
  });

  test("a refusal says why", () => {
    // rejected-permanent (1); acse-service-user: authentication-failure (13)
    const refusal = "a109060760857405080101 a203020101";
    expect(summarize(`61 17 ${refusal} a305a10302010d`)).toBe(
      "AARE rejected-permanent: authentication-failure",
    );
    // acse-service-user: no-reason-given (1); initiate-error, initiate, incompatible-conformance
    expect(summarize(`61 1f ${refusal} a305a103020101 be0604040e010602`)).toBe(
      "AARE rejected-permanent: no-reason-given (incompatible-conformance)",
    );
  });
});

describe("other APDUs", () => {
  test.each([
    ["e0 40 0001 0000 06 0f00000db70c", "BLOCK TRANSFER with block 1, 6 bytes"],
    ["e0 80 0002 0000 01 00", "BLOCK TRANSFER with block 2 (last), 1 byte"],
    ["e0 80 0001 0004 00", "BLOCK TRANSFER, 4 received"],
    ["e6 01 02 4142 c001", "GATEWAY to network 1 device 4142"],
    ["e7 00 00 c401", "GATEWAY from network 0"],
    ["4e45584552524f524e4f2d31", 'text instead of an APDU: "NEXERRORNO-1"'],
    ["fe", "unknown APDU"],
    ["", "no APDU: the layer is empty"],
    ["c001c1 0003 01", "get-request-normal, not readable to its end"],
    // milanbella-gocosem-hdlc-0001; no key is given: 32 bytes less tag, length, header, and mac
    [
      "c81e300000005d3d40a79045a20c0aa4f58de9b8e4d3aa15456238e7f2926808",
      "glo-get-request, 13 bytes ciphered",
    ],
    // The head of forum-shrdzm-am550-hdlc-0001 with a short content
    [
      "db0849534b69745cf6c9 07 200000046b b45f",
      "general-glo-ciphering from 49534b69745cf6c9, 2 bytes ciphered",
    ],
  ])("%s", (hex, line) => {
    expect(summarize(hex)).toBe(line);
  });
});

describe("data", () => {
  test.each([
    ["00", "null-data"],
    ["ff", "dont-care"],
    ["0301", "boolean true"],
    ["10ff85", "long -123"],
    ["14 ffffffffffffffff", "long64 -1"],
    ["0403a0", "bit-string 101"],
    ["0a03 414243", 'visible-string "ABC"'],
    [
      "0a23 4142434445464748494a4b4c4d4e4f505152535455565758595a3031323334353637 38",
      'visible-string "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345..."',
    ],
    ["0900", "octet-string of 0 bytes"],
    ["0903 fe0102", "octet-string fe0102"],
    ["090d fe0102030405060708090a0b0c", "octet-string fe0102030405060708090a0b... (13 bytes)"],
  ])("%s", (hex, text) => {
    expect(summarize(`c401c1 00 ${hex}`)).toBe(`GET response ${text}, invoke 1`);
  });
});
