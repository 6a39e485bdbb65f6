import { describe, expect, test } from "vitest";
import { decodeInformationReportRequest } from "../../../decoder/xdlms/information-report.js";
import { decodeReadRequest, decodeReadResponse } from "../../../decoder/xdlms/read.js";
import {
  decodeUnconfirmedWriteRequest,
  decodeWriteRequest,
  decodeWriteResponse,
} from "../../../decoder/xdlms/write.js";
import { findNode } from "../dissect-bytes.js";
import { bytes } from "./apdu-parts.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

describe("ReadRequest", () => {
  test("one variable", () => {
    // blockworksco-playground-hdlc-0001 (Elster)
    const { tree } = expectApdu("05 01 02 2d50", decodeReadRequest, {
      value: {
        name: "read-request",
        "variable-access-specification": [{ "variable-name": 0x2d50 }],
      },
    });
    expect(findNode(tree, "cosem.short-name").value).toBe(0x2d50);
  });

  test("every form", () => {
    const forms = [
      "02 fa00", // variable-name
      "04 0010 02 1103", // parameterized-access: name, selector, parameter
      "05 0002", // block-number-access
      "06 00 0001 02 0905", // read-data-block-access: last, number, raw data
      "07 01 0004", // write-data-block-access: last, number
    ];
    expectApdu(`05 05 ${forms.join("")}`, decodeReadRequest, {
      value: {
        name: "read-request",
        "variable-access-specification": [
          { "variable-name": 0xfa00 },
          {
            "parameterized-access": {
              "variable-name": 16,
              selector: 2,
              parameter: { type: "unsigned", value: 3 },
            },
          },
          { "block-number-access": { "block-number": 2 } },
          {
            "read-data-block-access": {
              "last-block": false,
              "block-number": 1,
              "raw-data": bytes("0905"),
            },
          },
          { "write-data-block-access": { "last-block": true, "block-number": 4 } },
        ],
      },
      codes: ["xdlms.partial-block"],
    });
  });

  test("detailed-access, which COSEM does not use", () => {
    expectFailure("05 01 03 0010", decodeReadRequest, "xdlms.unknown-choice");
  });
});

describe("ReadResponse", () => {
  test("data", () => {
    // blockworksco-playground-hdlc-0001 (Elster)
    expectApdu("0c 01 00 0906 0000130000ff", decodeReadResponse, {
      value: {
        name: "read-response",
        result: [{ data: { type: "octet-string", value: bytes("0000130000ff") } }],
      },
    });
  });

  test("every choice", () => {
    expectApdu("0c 04 00 1105 01 03 02 01 0001 02 1106 03 0007", decodeReadResponse, {
      value: {
        name: "read-response",
        result: [
          { data: { type: "unsigned", value: 5 } },
          { "data-access-error": "read-write-denied" },
          {
            "data-block-result": {
              "last-block": true,
              "block-number": 1,
              "raw-data": bytes("1106"),
              contents: { data: { type: "unsigned", value: 6 } },
            },
          },
          { "block-number": 7 },
        ],
      },
      codes: ["xdlms.data-access-result"],
    });
    expectFailure("0c 01 04 00", decodeReadResponse, "xdlms.unknown-choice");
  });
});

describe("WriteRequest and its like", () => {
  const body = "01 02 2d50 01 1105";
  const value = {
    "variable-access-specification": [{ "variable-name": 0x2d50 }],
    "list-of-data": [{ type: "unsigned", value: 5 }],
  };

  test("confirmed", () => {
    expectApdu(`06 ${body}`, decodeWriteRequest, { value: { name: "write-request", ...value } });
  });

  test("unconfirmed", () => {
    expectApdu(`16 ${body}`, decodeUnconfirmedWriteRequest, {
      value: { name: "unconfirmed-write-request", ...value },
    });
  });

  test("information report", () => {
    expectApdu(`18 00 ${body}`, decodeInformationReportRequest, {
      value: { name: "information-report-request", ...value },
    });
  });

  test("information report with a time", () => {
    // GeneralizedTime, 15 characters: 20240131235959Z
    const time = "0f 32303234303133313233353935395a";
    expectApdu(`18 01 ${time} ${body}`, decodeInformationReportRequest, {
      value: {
        name: "information-report-request",
        "current-time": "20240131235959Z",
        ...value,
      },
    });
  });
});

test("WriteResponse", () => {
  expectApdu("0d 03 00 01 0b 02 0002", decodeWriteResponse, {
    value: {
      name: "write-response",
      result: [
        { success: null },
        { "data-access-error": "object-unavailable" },
        { "block-number": 2 },
      ],
    },
    codes: ["xdlms.data-access-result"],
  });
  expectFailure("0d 01 03", decodeWriteResponse, "xdlms.unknown-choice");
});
