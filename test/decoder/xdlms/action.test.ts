import { describe, expect, test } from "vitest";
import { decodeActionRequest, decodeActionResponse } from "../../../decoder/xdlms/action.js";
import { dissectBytes } from "../dissect-bytes.js";
import { bytes, invoke81, invokeC1, method } from "./apdu-parts.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

const association = method(15, "0000280000ff", 1);
const register = method(3, "0000600900ff", 1);

describe("Action-Request", () => {
  test("normal with parameters", () => {
    // milanbella-gocosem-hdlc-0004: reply_to_HLS_authentication
    const proof = "100000004e19f0efdd09f2f353d221b163";
    expectApdu(`c301c1 000f 0000280000ff 01 01 0911 ${proof}`, decodeActionRequest, {
      value: {
        name: "action-request-normal",
        "invoke-id-and-priority": invokeC1,
        "cosem-method-descriptor": association,
        "method-invocation-parameters": { type: "octet-string", value: bytes(proof) },
      },
      layer: "action-request-normal",
    });
  });

  test("normal without parameters", () => {
    // danii-sh-dlms-cosem-iec62056-pdu-0021
    expectApdu("c30181 0003 0000600900ff 01 00", decodeActionRequest, {
      value: {
        name: "action-request-normal",
        "invoke-id-and-priority": invoke81,
        "cosem-method-descriptor": register,
      },
    });
  });

  test("next pblock", () => {
    // youserj-cosempdu-project-pdu-0003
    expectApdu("c30201 00000001", decodeActionRequest, {
      value: {
        name: "action-request-next-pblock",
        "invoke-id-and-priority": {
          "invoke-id": 1,
          "service-class": "unconfirmed",
          priority: "normal",
        },
        "block-number": 1,
      },
      layer: "action-request-next-pblock",
    });
  });

  test("the body of another choice behind next", () => {
    // u9n-pdu-0076: c302 with the body of a normal request
    const { codes } = dissectBytes("c302c0000f0000280000ff0100", decodeActionRequest);
    expect(codes).toEqual(["core.trailing-bytes"]);
  });

  test("with list", () => {
    const list = "02 000f 0000280000ff 01 0003 0000600900ff 01";
    expectApdu(`c303c1 ${list} 02 00 0f00`, decodeActionRequest, {
      value: {
        name: "action-request-with-list",
        "invoke-id-and-priority": invokeC1,
        "cosem-method-descriptor-list": [association, register],
        "method-invocation-parameters": [
          { type: "null-data", value: null },
          { type: "integer", value: 0 },
        ],
      },
      layer: "action-request-with-list",
    });
  });

  test("with first pblock", () => {
    expectApdu("c304c1 000f 0000280000ff 01 00 00000001 02 0911", decodeActionRequest, {
      value: {
        name: "action-request-with-first-pblock",
        "invoke-id-and-priority": invokeC1,
        "cosem-method-descriptor": association,
        pblock: { "last-block": false, "block-number": 1, "raw-data": bytes("0911") },
      },
      layer: "action-request-with-first-pblock",
    });
  });

  test("with list and first pblock", () => {
    expectApdu("c305c1 01 000f 0000280000ff 01 00 00000001 02 0109", decodeActionRequest, {
      value: {
        name: "action-request-with-list-and-first-pblock",
        "invoke-id-and-priority": invokeC1,
        "cosem-method-descriptor-list": [association],
        pblock: { "last-block": false, "block-number": 1, "raw-data": bytes("0109") },
      },
      layer: "action-request-with-list-and-first-pblock",
    });
  });

  test("with pblock", () => {
    expectApdu("c306c1 01 00000002 02 1000", decodeActionRequest, {
      value: {
        name: "action-request-with-pblock",
        "invoke-id-and-priority": invokeC1,
        pblock: { "last-block": true, "block-number": 2, "raw-data": bytes("1000") },
      },
      codes: ["reassembly.beginning-missing"],
      layer: "action-request-with-pblock",
    });
  });

  test("an unknown choice", () => {
    expectFailure("c307c1 00", decodeActionRequest, "xdlms.unknown-choice");
  });
});

describe("Action-Response", () => {
  test("normal with data", () => {
    // milanbella-gocosem-hdlc-0004
    const proof = "1000000046f139879c08eb74c55ad8ee69";
    expectApdu(`c701c1 00 01 00 0911 ${proof}`, decodeActionResponse, {
      value: {
        name: "action-response-normal",
        "invoke-id-and-priority": invokeC1,
        "single-response": {
          result: "success",
          "return-parameters": { data: { type: "octet-string", value: bytes(proof) } },
        },
      },
      layer: "action-response-normal",
    });
  });

  test("normal without data", () => {
    // u9n-pdu-0042
    expectApdu("c701c0 00 00", decodeActionResponse, {
      value: {
        name: "action-response-normal",
        "invoke-id-and-priority": { ...invokeC1, "invoke-id": 0 },
        "single-response": { result: "success" },
      },
    });
  });

  test("normal with a result in the place of data", () => {
    // u9n-pdu-0046: other-reason (250)
    expectApdu("c701c0 00 01 01fa", decodeActionResponse, {
      value: {
        name: "action-response-normal",
        "invoke-id-and-priority": { ...invokeC1, "invoke-id": 0 },
        "single-response": {
          result: "success",
          "return-parameters": { "data-access-result": "other-reason" },
        },
      },
    });
  });

  test("normal refused, without the flag at the end", () => {
    expectApdu("c701c1 03", decodeActionResponse, {
      value: {
        name: "action-response-normal",
        "invoke-id-and-priority": invokeC1,
        "single-response": { result: "read-write-denied" },
      },
      codes: ["axdr.presence-flag-missing"],
    });
  });

  test("with pblock", () => {
    expectApdu("c702c1 01 00000001 03 00 1105", decodeActionResponse, {
      value: {
        name: "action-response-with-pblock",
        "invoke-id-and-priority": invokeC1,
        pblock: { "last-block": true, "block-number": 1, "raw-data": bytes("001105") },
      },
      codes: ["xdlms.block-contents"],
      layer: "action-response-with-pblock",
    });
  });

  test("with list", () => {
    expectApdu("c703c1 02 00 01 00 1105 0d 00", decodeActionResponse, {
      value: {
        name: "action-response-with-list",
        "invoke-id-and-priority": invokeC1,
        "list-of-responses": [
          {
            result: "success",
            "return-parameters": { data: { type: "unsigned", value: 5 } },
          },
          { result: "scope-of-access-violated" },
        ],
      },
      layer: "action-response-with-list",
    });
  });

  test("next pblock", () => {
    expectApdu("c704c1 00000002", decodeActionResponse, {
      value: {
        name: "action-response-next-pblock",
        "invoke-id-and-priority": invokeC1,
        "block-number": 2,
      },
      layer: "action-response-next-pblock",
    });
  });

  test("an unknown choice", () => {
    expectFailure("c705c1 00", decodeActionResponse, "xdlms.unknown-choice");
  });
});
