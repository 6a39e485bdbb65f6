import { describe, expect, test } from "vitest";
import { toHex } from "../../../decoder/core/bytes.js";
import { decodeGatewayRequest, decodeGatewayResponse } from "../../../decoder/xdlms/gateway.js";
import { decodeGeneralBlockTransfer } from "../../../decoder/xdlms/general-block-transfer.js";
import { type DissectedBytes, dissectBytes, findNode } from "../dissect-bytes.js";
import { bytes } from "./apdu-parts.js";
import { expectApdu } from "./expect-apdu.js";

function handedOver({ next }: DissectedBytes<unknown>): string | undefined {
  if (next === undefined) return undefined;
  const { bytes, offset, end } = next.cursor;
  return `${next.kind} ${toHex(bytes, offset, end)}`;
}

describe("General-Block-Transfer", () => {
  test("the first of several blocks", () => {
    // The head of amsleser-hdlc-0001, whose first block has 0x77 bytes.
    const dissected = expectApdu("e0 40 0001 0000 06 0f00000db70c", decodeGeneralBlockTransfer, {
      value: {
        name: "general-block-transfer",
        "block-control": { "last-block": false, streaming: true, window: 0 },
        "block-number": 1,
        "block-number-ack": 0,
        "block-data": bytes("0f00000db70c"),
      },
    });
    expect(handedOver(dissected)).toBeUndefined();
    expect(dissected.dissection.reassembly).toEqual({ complete: false, frames: [1] });
    expect(findNode(dissected.tree, "xdlms.general-block-transfer.block-data").note).toBe(
      "a data-notification begins here",
    );
  });

  test("a single block hands its APDU over", () => {
    const hex = "e0 81 0001 0000 0d c001c100010000600100ff0200";
    const dissected = expectApdu(hex, decodeGeneralBlockTransfer, {
      value: {
        name: "general-block-transfer",
        "block-control": { "last-block": true, streaming: false, window: 1 },
        "block-number": 1,
        "block-number-ack": 0,
        "block-data": bytes("c001c100010000600100ff0200"),
      },
    });
    expect(handedOver(dissected)).toBe("apdu c001c100010000600100ff0200");
    expect(dissected.dissection.generalBlock).toEqual(dissected.value);
  });

  test("the last of several blocks", () => {
    const dissected = expectApdu("e0 83 0003 0001 02 0102", decodeGeneralBlockTransfer, {
      value: {
        name: "general-block-transfer",
        "block-control": { "last-block": true, streaming: false, window: 3 },
        "block-number": 3,
        "block-number-ack": 1,
        "block-data": bytes("0102"),
      },
      codes: ["reassembly.beginning-missing"],
    });
    expect(handedOver(dissected)).toBeUndefined();
  });

  test("an acknowledgement without data", () => {
    const dissected = expectApdu("e0 85 0001 0004 00", decodeGeneralBlockTransfer, {
      value: {
        name: "general-block-transfer",
        "block-control": { "last-block": true, streaming: false, window: 5 },
        "block-number": 1,
        "block-number-ack": 4,
        "block-data": new Uint8Array(),
      },
    });
    expect(handedOver(dissected)).toBeUndefined();
  });
});

describe("gateway prefix", () => {
  test("a request", () => {
    const hex = "e6 01 04 41424344 c001c100010000600100ff0200";
    const dissected = expectApdu(hex, decodeGatewayRequest, {
      value: {
        name: "gateway-request",
        "network-id": 1,
        "physical-device-address": bytes("41424344"),
      },
      own: 7,
    });
    expect(handedOver(dissected)).toBe("apdu c001c100010000600100ff0200");
  });

  test("an answer, without an address", () => {
    const dissected = expectApdu("e7 00 00 d80101", decodeGatewayResponse, {
      value: {
        name: "gateway-response",
        "network-id": 0,
        "physical-device-address": new Uint8Array(),
      },
      own: 3,
    });
    expect(handedOver(dissected)).toBe("apdu d80101");
  });

  test("an LLC header in its place is called by its name", () => {
    const dissected = dissectBytes("e6e600 c50181 00", decodeGatewayRequest);
    expect(dissected.codes).toEqual(["xdlms.llc-header-in-apdu"]);
    expect(handedOver(dissected)).toBe("apdu c5018100");
  });
});
