import { describe, expect, test } from "vitest";
import { noAssociation, type ShortNameObject } from "../../../decoder/core/context.js";
import { classNotKnown } from "../../../decoder/cosem/short-name.js";
import { decodeInformationReportRequest } from "../../../decoder/xdlms/information-report.js";
import { decodeReadRequest, decodeReadResponse } from "../../../decoder/xdlms/read.js";
import {
  decodeUnconfirmedWriteRequest,
  decodeWriteRequest,
  decodeWriteResponse,
} from "../../../decoder/xdlms/write.js";
import { decodeBytes, dissectBytes, expectTiled, findNode } from "../dissect-bytes.js";
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
          // The base name that is reserved for Association SN
          {
            "variable-name": 0xfa00,
            "class-id": 12,
            "instance-id": bytes("0000280000ff"),
            "attribute-id": 1,
          },
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
    });
  });

  test("detailed-access, which COSEM does not use", () => {
    expectFailure("05 01 03 0010", decodeReadRequest, "xdlms.unknown-choice");
  });
});

describe("a short name that the trace has explained", () => {
  const register: ShortNameObject = {
    baseName: 0x2d50,
    classId: 3,
    version: 0,
    logicalName: bytes("0100010800ff"),
    frame: 3,
  };
  const knowing = (object: ShortNameObject) => ({
    association: { ...noAssociation, shortNames: [object] },
  });
  // 0x2d50 + 8: value; + 0x28: reset. IEC 62056-6-2, Register
  const hex = "05 02 02 2d58 04 2d78 01 0f00";

  test("comes with its object in the value", () => {
    const object = { "class-id": 3, "instance-id": bytes("0100010800ff") };
    const value = {
      name: "read-request",
      "variable-access-specification": [
        { "variable-name": 0x2d58, ...object, "attribute-id": 2 },
        {
          "parameterized-access": {
            "variable-name": 0x2d78,
            ...object,
            "method-id": 1,
            selector: 1,
            parameter: { type: "integer", value: 0 },
          },
        },
      ],
    };
    expect(dissectBytes(hex, decodeReadRequest, knowing(register)).value).toEqual(value);
    expect(decodeBytes(hex, decodeReadRequest, knowing(register))).toEqual(value);
  });

  test("comes with its object in the tree, at the bytes of the name", () => {
    const { tree } = dissectBytes(hex, decodeReadRequest, knowing(register));
    expect(findNode(tree, "cosem.object")).toMatchObject({
      value: "1-0:1.8.0*255 attribute 2 (Register.value)",
      generated: true,
      start: 3,
      end: 5,
    });
    expectTiled(tree, hex);
  });

  test("has no class where only the logical name is known", () => {
    const assumed = { ...register, classId: classNotKnown };
    const { tree, value } = dissectBytes("05 01 02 2d50", decodeReadRequest, knowing(assumed));
    expect(findNode(tree, "cosem.object").value).toBe("1-0:1.8.0*255 attribute 1");
    expect(value?.["variable-access-specification"]).toEqual([
      { "variable-name": 0x2d50, "instance-id": bytes("0100010800ff"), "attribute-id": 1 },
    ]);
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
  });
  expectFailure("0d 01 03", decodeWriteResponse, "xdlms.unknown-choice");
});
