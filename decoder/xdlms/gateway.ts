/** The prefix before an APDU that a gateway passes on to a device behind it. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { decodeLength } from "./length.js";

export interface Gateway {
  readonly name: "gateway-request" | "gateway-response";
  readonly "network-id": number;
  readonly "physical-device-address": Uint8Array;
}

const clause = "IEC 62056-5-3, Gateway protocol";

const F = defineFields("xdlms.gateway", {
  request: { name: "Gateway request", type: "group", clause },
  response: { name: "Gateway response", type: "group", clause },
  networkId: { name: "Network id", clause },
  "physicalDeviceAddress.length": { name: "Length of the address", clause },
  physicalDeviceAddress: { name: "Physical device address", type: "bytes", clause },
});

const D = defineDiagnostics("xdlms", {
  "llc-header-in-apdu": {
    severity: "warning",
    group: "protocol",
    message: "The APDU begins with the three bytes of an LLC header",
    clause: "IEC 62056-46, LLC sublayer",
    check: "The header was sent twice, or the bytes were cut out of a frame together with it",
  },
});

export const gatewayApdus: readonly ApduDefinition[] = [
  { tag: 0xe6, name: "gateway-request", field: F.request, decode: decodeGatewayRequest },
  { tag: 0xe7, name: "gateway-response", field: F.response, decode: decodeGatewayResponse },
];

/** The prefix of a request; the APDU behind it is handed over. */
export function decodeGatewayRequest(c: Cursor): Gateway {
  return decodeGateway(c, "gateway-request");
}

/** The prefix of an answer; the APDU behind it is handed over. */
export function decodeGatewayResponse(c: Cursor): Gateway {
  return decodeGateway(c, "gateway-response");
}

function decodeGateway(c: Cursor, name: Gateway["name"]): Gateway {
  const start = c.offset;
  decodeTag(c);
  const networkId = c.u8(F.networkId);
  const length = decodeLength(c, F["physicalDeviceAddress.length"]);
  if ((networkId === 0xe6 || networkId === 0xe7) && length === 0) {
    c.report(D["llc-header-in-apdu"], start, c.offset);
  }
  const address = decodeAddress(c, F.physicalDeviceAddress, length);
  c.need(1);
  c.dissection.handOver(c.take(c.remaining), "apdu");
  return { name, "network-id": networkId, "physical-device-address": address };
}

function decodeAddress(c: Cursor, field: Field, length: number): Uint8Array {
  return length === 0 ? c.bytes.subarray(c.offset, c.offset) : c.octets(field, length);
}
