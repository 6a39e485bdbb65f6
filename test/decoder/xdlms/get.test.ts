import { describe, expect, test } from "vitest";
import { decodeGetRequest, decodeGetResponse } from "../../../decoder/xdlms/get.js";
import { dissectBytes, findNode } from "../dissect-bytes.js";
import { attribute, bytes, invoke81, invokeC1 } from "./apdu-parts.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

describe("Get-Request", () => {
  test("normal", () => {
    // milanbella-gocosem-hdlc-0004
    const { tree } = expectApdu("c001c1 0001 0000600100ff 02 00", decodeGetRequest, {
      value: {
        name: "get-request-normal",
        "invoke-id-and-priority": invokeC1,
        "cosem-attribute-descriptor": attribute(1, "0000600100ff", 2),
      },
      layer: "get-request-normal",
    });
    expect(findNode(tree, "cosem.class").value).toBe(1);
    expect(findNode(tree, "cosem.obis").note).toBe("0-0:96.1.0*255");
    expect(findNode(tree, "cosem.attribute").value).toBe(2);
    expect(findNode(tree, "xdlms.service").value).toBe(0xc0);
  });

  test("normal with selective access", () => {
    // Profile generic, attribute 2, entries 1 to 2: selector 2, structure of four numbers.
    const parameters = "0204 0600000001 0600000002 120001 120000";
    expectApdu(`c001c1 0007 0100630100ff 02 01 02 ${parameters}`, decodeGetRequest, {
      value: {
        name: "get-request-normal",
        "invoke-id-and-priority": invokeC1,
        "cosem-attribute-descriptor": attribute(7, "0100630100ff", 2),
        "access-selection": {
          "access-selector": 2,
          "access-parameters": {
            type: "structure",
            value: [
              { type: "double-long-unsigned", value: 1 },
              { type: "double-long-unsigned", value: 2 },
              { type: "long-unsigned", value: 1 },
              { type: "long-unsigned", value: 0 },
            ],
          },
        },
      },
    });
  });

  test("the flag of the selection is missing, or is no flag", () => {
    const { codes, value } = dissectBytes("c001c1 0001 0000600100ff 02", decodeGetRequest);
    expect(codes).toEqual(["axdr.presence-flag-missing"]);
    expect(value?.name).toBe("get-request-normal");
    expect(dissectBytes("c001c1 0001 0000600100ff 02 07 01 00", decodeGetRequest).codes).toEqual([
      "axdr.presence-flag",
    ]);
  });

  test("next", () => {
    // blockworksco-playground-hdlc-0002
    expectApdu("c00281 00000001", decodeGetRequest, {
      value: {
        name: "get-request-next",
        "invoke-id-and-priority": invoke81,
        "block-number": 1,
      },
      layer: "get-request-next",
    });
  });

  test("with list", () => {
    // u9n-pdu-0028
    const list = "02 0001 00002a0000ff 02 00 0008 0000010000ff 02 00";
    expectApdu(`c003c1 ${list}`, decodeGetRequest, {
      value: {
        name: "get-request-with-list",
        "invoke-id-and-priority": invokeC1,
        "attribute-descriptor-list": [
          { "cosem-attribute-descriptor": attribute(1, "00002a0000ff", 2) },
          { "cosem-attribute-descriptor": attribute(8, "0000010000ff", 2) },
        ],
      },
      layer: "get-request-with-list",
    });
  });

  test("an unknown choice", () => {
    expectFailure("c004c1 00000001", decodeGetRequest, "xdlms.unknown-choice");
  });

  test("a list that claims more than is there", () => {
    expectFailure("c003c1 84ffffffff 0001 00002a0000ff 02 00", decodeGetRequest, "core.truncated");
  });
});

describe("Get-Response", () => {
  test("normal with data", () => {
    // milanbella-gocosem-hdlc-0004
    const { tree } = expectApdu("c401c1 00 0908 3132303030303137", decodeGetResponse, {
      value: {
        name: "get-response-normal",
        "invoke-id-and-priority": invokeC1,
        result: { data: { type: "octet-string", value: bytes("3132303030303137") } },
      },
      layer: "get-response-normal",
    });
    expect(findNode(tree, "xdlms.get-data-result").start).toBe(3);
  });

  test("normal with a result", () => {
    // guara92-dlms-cosem-rs-pdu-0017: object-undefined (4)
    expectApdu("c40101 01 04", decodeGetResponse, {
      value: {
        name: "get-response-normal",
        "invoke-id-and-priority": {
          "invoke-id": 1,
          "service-class": "unconfirmed",
          priority: "normal",
        },
        result: { "data-access-result": "object-undefined" },
      },
    });
  });

  test("a result that the standard does not define is kept, and reported", () => {
    expectApdu("c401c1 01 63", decodeGetResponse, {
      value: {
        name: "get-response-normal",
        "invoke-id-and-priority": invokeC1,
        result: { "data-access-result": "reserved (99)" },
      },
      codes: ["xdlms.reserved-code"],
    });
  });

  test("a block that is not the last", () => {
    // Shortened from blockworksco-playground-hdlc-0002, whose blocks have 0x0100 bytes and more.
    const { dissection } = expectApdu("c40281 00 00000001 00 8104 0131020b", decodeGetResponse, {
      value: {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invoke81,
        result: {
          "last-block": false,
          "block-number": 1,
          result: { "raw-data": bytes("0131020b") },
        },
      },
      layer: "get-response-with-datablock",
    });
    expect(dissection.reassembly).toEqual({ complete: false, frames: [1] });
    expect(dissection.parts[0]?.chain.part).toMatchObject({ number: 1, offset: 11, last: false });
  });

  test("the last of several blocks", () => {
    expectApdu("c40281 01 00000003 00 02 1200", decodeGetResponse, {
      value: {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invoke81,
        result: { "last-block": true, "block-number": 3, result: { "raw-data": bytes("1200") } },
      },
      codes: ["reassembly.beginning-missing"],
    });
  });

  test("a single block holds the whole value", () => {
    const { tree } = expectApdu("c402c1 01 00000001 00 05 06 0001e240", decodeGetResponse, {
      value: {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invokeC1,
        result: {
          "last-block": true,
          "block-number": 1,
          result: {
            "raw-data": bytes("060001e240"),
            contents: { data: { type: "double-long-unsigned", value: 123456 } },
          },
        },
      },
    });
    expect(findNode(tree, "data.double-long-unsigned").value).toBe(123456);
  });

  test("a single block holds the results of a list", () => {
    // Two results: long-unsigned 7, and read-write-denied.
    expectApdu("c402c1 01 00000001 00 07 02 00 120007 01 03", decodeGetResponse, {
      value: {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invokeC1,
        result: {
          "last-block": true,
          "block-number": 1,
          result: {
            "raw-data": bytes("02001200070103"),
            contents: {
              result: [
                { data: { type: "long-unsigned", value: 7 } },
                { "data-access-result": "read-write-denied" },
              ],
            },
          },
        },
      },
    });
  });

  test("a single block of something else is kept as bytes", () => {
    expectApdu("c402c1 01 00000001 00 02 fefe", decodeGetResponse, {
      value: {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invokeC1,
        result: { "last-block": true, "block-number": 1, result: { "raw-data": bytes("fefe") } },
      },
      codes: ["xdlms.block-contents"],
    });
  });

  test("a block that is a result", () => {
    expectApdu("c402c1 01 00000002 01 0f", decodeGetResponse, {
      value: {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invokeC1,
        result: {
          "last-block": true,
          "block-number": 2,
          result: { "data-access-result": "long-get-aborted" },
        },
      },
    });
    expectFailure("c402c1 01 00000002 02 0f", decodeGetResponse, "xdlms.unknown-choice");
  });

  test("with list", () => {
    // milanbella-gocosem-hdlc-0001
    expectApdu("c403c1 02 00 0600000058 00 0600000000", decodeGetResponse, {
      value: {
        name: "get-response-with-list",
        "invoke-id-and-priority": invokeC1,
        result: [
          { data: { type: "double-long-unsigned", value: 88 } },
          { data: { type: "double-long-unsigned", value: 0 } },
        ],
      },
      layer: "get-response-with-list",
    });
  });

  test("unknown choices", () => {
    expectFailure("c400c1 00", decodeGetResponse, "xdlms.unknown-choice");
    expectFailure("c401c1 02 00", decodeGetResponse, "xdlms.unknown-choice");
  });
});
