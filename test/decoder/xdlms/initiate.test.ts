import { describe, expect, test } from "vitest";
import { decodeInitiateRequest, decodeInitiateResponse } from "../../../decoder/xdlms/initiate.js";
import { dissectBytes, findNode } from "../dissect-bytes.js";
import { bytes } from "./apdu-parts.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

/** 0x007e1f: bits 9 to 14 and 19 to 23, counted from the left. */
const proposed = [
  "priority-mgmt-supported",
  "attribute0-supported-with-get",
  "block-transfer-with-get-or-read",
  "block-transfer-with-set-or-write",
  "block-transfer-with-action",
  "multiple-references",
  "get",
  "set",
  "selective-access",
  "event-notification",
  "action",
];

describe("InitiateRequest", () => {
  test("plain", () => {
    // u9n-pdu-0054
    const { tree } = expectApdu("01 00 00 00 06 5f1f0400 007e1f 04b0", decodeInitiateRequest, {
      value: {
        name: "initiate-request",
        "response-allowed": true,
        "proposed-dlms-version-number": 6,
        "proposed-conformance": proposed,
        "client-max-receive-pdu-size": 1200,
      },
    });
    expect(findNode(tree, "xdlms.conformance.get").value).toBe(1);
    expect(findNode(tree, "xdlms.conformance.read").value).toBe(0);
  });

  test("a dedicated key reaches the association, and nothing else", () => {
    // circutor-gosem-pdu-0013
    const key = "00112233445566778899aabbccddeeff";
    const { tree, value, dissection } = expectApdu(
      `01 01 10 ${key} 00 00 06 5f1f0400 007e1f 04b0`,
      decodeInitiateRequest,
      {
        value: {
          name: "initiate-request",
          "dedicated-key": "present",
          "response-allowed": true,
          "proposed-dlms-version-number": 6,
          "proposed-conformance": proposed,
          "client-max-receive-pdu-size": 1200,
        },
      },
    );
    expect(dissection.dedicatedKey).toEqual(bytes(key));
    const leaf = findNode(tree, "xdlms.initiate-request.dedicated-key");
    expect(leaf.value).toBeUndefined();
    expect(leaf.note).toBe("16 bytes, hidden");
    expect(JSON.stringify(value)).not.toContain(key.slice(0, 8));
  });

  test("every optional component", () => {
    // Response-allowed false, quality of service -1.
    expectApdu("01 00 01 00 01 ff 06 5f1f0400 ffffff 0000", decodeInitiateRequest, {
      value: {
        name: "initiate-request",
        "response-allowed": false,
        "proposed-quality-of-service": -1,
        "proposed-dlms-version-number": 6,
        "proposed-conformance": [
          "reserved-zero",
          "general-protection",
          "general-block-transfer",
          "read",
          "write",
          "unconfirmed-write",
          "reserved-six",
          "reserved-seven",
          "attribute0-supported-with-set",
          ...proposed.slice(0, 6),
          "information-report",
          "data-notification",
          "access",
          "parameterized-access",
          ...proposed.slice(6),
        ],
        "client-max-receive-pdu-size": 0,
      },
    });
  });

  test("the tag of the conformance block in one byte", () => {
    const { codes, value } = dissectBytes("01000000065f0400007e1f04b0", decodeInitiateRequest);
    expect(codes).toEqual(["xdlms.conformance-short-tag"]);
    expect(value?.["proposed-conformance"]).toEqual(proposed);
  });

  test("a conformance block of another length", () => {
    expect(dissectBytes("01000000065f1f0500007e1f8004b0", decodeInitiateRequest).value).toEqual({
      name: "initiate-request",
      "response-allowed": true,
      "proposed-dlms-version-number": 6,
      "proposed-conformance": proposed,
      "client-max-receive-pdu-size": 1200,
    });
    const short = dissectBytes("01000000065f1f0200 10 04b0", decodeInitiateRequest);
    expect(short.codes).toEqual(["xdlms.conformance-length"]);
    expect(short.value?.["client-max-receive-pdu-size"]).toBe(1200);
  });

  test("another tag, another version", () => {
    expectFailure("01000000065e1f0400007e1f04b0", decodeInitiateRequest, "xdlms.conformance-tag");
    expect(dissectBytes("01000000055f1f0400007e1f04b0", decodeInitiateRequest).codes).toEqual([
      "xdlms.dlms-version",
    ]);
  });
});

describe("InitiateResponse", () => {
  test("with logical names", () => {
    // u9n-pdu-0055
    expectApdu("08 00 06 5f1f0400 00501f 01f4 0007", decodeInitiateResponse, {
      value: {
        name: "initiate-response",
        "negotiated-dlms-version-number": 6,
        "negotiated-conformance": [
          "priority-mgmt-supported",
          "block-transfer-with-get-or-read",
          "get",
          "set",
          "selective-access",
          "event-notification",
          "action",
        ],
        "server-max-receive-pdu-size": 500,
        "vaa-name": 7,
      },
    });
  });

  test("with short names, and a quality of service", () => {
    expectApdu("08 01 00 06 5f1f0400 1c0320 04c8 fa00", decodeInitiateResponse, {
      value: {
        name: "initiate-response",
        "negotiated-quality-of-service": 0,
        "negotiated-dlms-version-number": 6,
        // 0x1c0320: bits 3, 4, 5, 14, 15, 18
        "negotiated-conformance": [
          "read",
          "write",
          "unconfirmed-write",
          "multiple-references",
          "information-report",
          "parameterized-access",
        ],
        "server-max-receive-pdu-size": 1224,
        "vaa-name": 0xfa00,
      },
    });
  });
});
