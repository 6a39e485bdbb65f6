import { describe, test } from "vitest";
import { decodeSetRequest, decodeSetResponse } from "../../../decoder/xdlms/set.js";
import { attribute, bytes, invoke81, invokeC1 } from "./apdu-parts.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

const clock = attribute(8, "0000010000ff", 3);
const name = attribute(1, "0000600100ff", 2);

describe("Set-Request", () => {
  test("normal", () => {
    // blockworksco-playground-hdlc-0012: the time zone of the clock, 120 minutes
    expectApdu("c10181 0008 0000010000ff 03 00 100078", decodeSetRequest, {
      value: {
        name: "set-request-normal",
        "invoke-id-and-priority": invoke81,
        "cosem-attribute-descriptor": clock,
        value: { type: "long", value: 120 },
      },
      layer: "set-request-normal",
    });
  });

  test("normal with selective access", () => {
    expectApdu("c101c1 0008 0000010000ff 03 01 01 1105 100078", decodeSetRequest, {
      value: {
        name: "set-request-normal",
        "invoke-id-and-priority": invokeC1,
        "cosem-attribute-descriptor": clock,
        "access-selection": {
          "access-selector": 1,
          "access-parameters": { type: "unsigned", value: 5 },
        },
        value: { type: "long", value: 120 },
      },
    });
  });

  test("with first datablock", () => {
    expectApdu("c102c1 0001 0000600100ff 02 00 00 00000001 03 090841", decodeSetRequest, {
      value: {
        name: "set-request-with-first-datablock",
        "invoke-id-and-priority": invokeC1,
        "cosem-attribute-descriptor": name,
        datablock: { "last-block": false, "block-number": 1, "raw-data": bytes("090841") },
      },
      layer: "set-request-with-first-datablock",
    });
  });

  test("with first datablock that is also the last", () => {
    expectApdu("c102c1 0001 0000600100ff 02 00 01 00000001 02 1107", decodeSetRequest, {
      value: {
        name: "set-request-with-first-datablock",
        "invoke-id-and-priority": invokeC1,
        "cosem-attribute-descriptor": name,
        datablock: {
          "last-block": true,
          "block-number": 1,
          "raw-data": bytes("1107"),
          contents: { data: { type: "unsigned", value: 7 } },
        },
      },
    });
  });

  test("with datablock", () => {
    expectApdu("c103c1 01 00000002 02 4243", decodeSetRequest, {
      value: {
        name: "set-request-with-datablock",
        "invoke-id-and-priority": invokeC1,
        datablock: { "last-block": true, "block-number": 2, "raw-data": bytes("4243") },
      },
      codes: ["reassembly.beginning-missing"],
      layer: "set-request-with-datablock",
    });
  });

  test("with list", () => {
    const list = "02 0008 0000010000ff 03 00 0001 0000600100ff 02 00";
    expectApdu(`c104c1 ${list} 02 100078 1107`, decodeSetRequest, {
      value: {
        name: "set-request-with-list",
        "invoke-id-and-priority": invokeC1,
        "attribute-descriptor-list": [
          { "cosem-attribute-descriptor": clock },
          { "cosem-attribute-descriptor": name },
        ],
        "value-list": [
          { type: "long", value: 120 },
          { type: "unsigned", value: 7 },
        ],
      },
      layer: "set-request-with-list",
    });
  });

  test("with list and first datablock", () => {
    // The block holds the whole value list: two unsigned numbers.
    const list = "02 0008 0000010000ff 03 00 0001 0000600100ff 02 00";
    expectApdu(`c105c1 ${list} 01 00000001 05 02 1101 1102`, decodeSetRequest, {
      value: {
        name: "set-request-with-list-and-first-datablock",
        "invoke-id-and-priority": invokeC1,
        "attribute-descriptor-list": [
          { "cosem-attribute-descriptor": clock },
          { "cosem-attribute-descriptor": name },
        ],
        datablock: {
          "last-block": true,
          "block-number": 1,
          "raw-data": bytes("0211011102"),
          // As one value these bytes are a structure of 17 elements, most of which are missing.
          contents: {
            "value-list": [
              { type: "unsigned", value: 1 },
              { type: "unsigned", value: 2 },
            ],
          },
        },
      },
      layer: "set-request-with-list-and-first-datablock",
    });
  });

  test("an unknown choice", () => {
    expectFailure("c106c1 00", decodeSetRequest, "xdlms.unknown-choice");
  });
});

describe("Set-Response", () => {
  test("normal", () => {
    // blockworksco-playground-hdlc-0011
    expectApdu("c50181 00", decodeSetResponse, {
      value: {
        name: "set-response-normal",
        "invoke-id-and-priority": invoke81,
        result: "success",
      },
      layer: "set-response-normal",
    });
    // guara92-dlms-cosem-rs-pdu-0008: read-write-denied (3)
    expectApdu("c50102 03", decodeSetResponse, {
      value: {
        name: "set-response-normal",
        "invoke-id-and-priority": {
          "invoke-id": 2,
          "service-class": "unconfirmed",
          priority: "normal",
        },
        result: "read-write-denied",
      },
    });
  });

  test("datablock", () => {
    expectApdu("c502c1 00000001", decodeSetResponse, {
      value: {
        name: "set-response-datablock",
        "invoke-id-and-priority": invokeC1,
        "block-number": 1,
      },
      layer: "set-response-datablock",
    });
  });

  test("last datablock", () => {
    expectApdu("c503c1 00 00000003", decodeSetResponse, {
      value: {
        name: "set-response-last-datablock",
        "invoke-id-and-priority": invokeC1,
        result: "success",
        "block-number": 3,
      },
      layer: "set-response-last-datablock",
    });
  });

  test("last datablock with list", () => {
    // u9n-pdu-0052
    expectApdu("c504c1 02 0001 00000003", decodeSetResponse, {
      value: {
        name: "set-response-last-datablock-with-list",
        "invoke-id-and-priority": invokeC1,
        result: ["success", "hardware-fault"],
        "block-number": 3,
      },
      layer: "set-response-last-datablock-with-list",
    });
  });

  test("with list", () => {
    // u9n-pdu-0053
    expectApdu("c505c1 02 0001", decodeSetResponse, {
      value: {
        name: "set-response-with-list",
        "invoke-id-and-priority": invokeC1,
        result: ["success", "hardware-fault"],
      },
      layer: "set-response-with-list",
    });
  });

  test("cut off, and an unknown choice", () => {
    expectFailure("c50181", decodeSetResponse, "core.truncated");
    expectFailure("c507c1 00", decodeSetResponse, "xdlms.unknown-choice");
  });
});
