/** The xDLMS context at the start of an association: InitiateRequest, InitiateResponse. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { decodeBoolean, decodePresence, presence } from "./boolean.js";
import { type Conformance, decodeConformance } from "./conformance.js";
import { decodeLength } from "./length.js";

export interface InitiateRequest {
  readonly name: "initiate-request";
  /** The key itself is a secret: it goes to `Dissection.dedicatedKey`, and nowhere else. */
  readonly "dedicated-key"?: "present";
  readonly "response-allowed": boolean;
  readonly "proposed-quality-of-service"?: number;
  readonly "proposed-dlms-version-number": number;
  readonly "proposed-conformance": readonly Conformance[];
  /** In bytes; 0 is without limit. */
  readonly "client-max-receive-pdu-size": number;
}

export interface InitiateResponse {
  readonly name: "initiate-response";
  readonly "negotiated-quality-of-service"?: number;
  readonly "negotiated-dlms-version-number": number;
  readonly "negotiated-conformance": readonly Conformance[];
  /** In bytes; 0 is without limit. */
  readonly "server-max-receive-pdu-size": number;
  /** 0x0007 with logical names; with short names the base name of the association, 0xFA00. */
  readonly "vaa-name": number;
}

const requestClause = "IEC 62056-5-3, InitiateRequest";
const responseClause = "IEC 62056-5-3, InitiateResponse";

const shared = defineFields("xdlms.initiate", {
  dlmsVersion: { name: "DLMS version number", clause: "IEC 62056-5-3, DLMS version" },
  qualityOfService: { name: "Quality of service", type: "int" },
  "qualityOfService.presence": { name: "Quality of service is", values: presence },
  maxReceivePduSize: {
    name: "Max receive PDU size",
    values: { 0: "no limit" },
    meaning: "Longest APDU that the sender can receive, in bytes",
  },
});

const R = defineFields("xdlms.initiate-request", {
  "": { name: "InitiateRequest", type: "group", clause: requestClause },
  dedicatedKey: { name: "Dedicated-Key", type: "bytes", clause: requestClause },
  "dedicatedKey.presence": { name: "Dedicated-Key is", values: presence, clause: requestClause },
  "dedicatedKey.length": { name: "Length of Dedicated-Key", clause: requestClause },
  responseAllowed: { name: "Response-Allowed", type: "boolean", clause: requestClause },
  "responseAllowed.presence": {
    name: "Response-Allowed is",
    values: { 0: "the default, true", 1: "present" },
    clause: requestClause,
  },
});

const A = defineFields("xdlms.initiate-response", {
  "": { name: "InitiateResponse", type: "group", clause: responseClause },
  vaaName: {
    name: "VAA-name",
    base: "hex",
    values: { 7: "logical name referencing", 64000: "short name referencing" },
    clause: responseClause,
  },
});

const D = defineDiagnostics("xdlms", {
  "dlms-version": {
    severity: "warning",
    group: "protocol",
    message: "The DLMS version number is not 6",
    clause: "IEC 62056-5-3, DLMS version",
    check: "Both sides have to speak version 6",
  },
});

/** InitiateRequest with its tag: as an APDU, and in the user-information of ACSE. */
export function decodeInitiateRequest(c: Cursor): InitiateRequest {
  decodeTag(c);
  const hasKey = decodePresence(c, R["dedicatedKey.presence"]);
  if (hasKey) decodeDedicatedKey(c);
  const responseAllowed = decodePresence(c, R["responseAllowed.presence"])
    ? decodeBoolean(c, R.responseAllowed)
    : true;
  const quality = decodeQualityOfService(c);
  return {
    name: "initiate-request",
    ...(hasKey ? { "dedicated-key": "present" } : undefined),
    "response-allowed": responseAllowed,
    ...(quality === undefined ? undefined : { "proposed-quality-of-service": quality }),
    "proposed-dlms-version-number": decodeVersion(c),
    "proposed-conformance": decodeConformance(c),
    "client-max-receive-pdu-size": c.u16(shared.maxReceivePduSize),
  };
}

/** InitiateResponse with its tag: as an APDU, and in the user-information of ACSE. */
export function decodeInitiateResponse(c: Cursor): InitiateResponse {
  decodeTag(c);
  const quality = decodeQualityOfService(c);
  return {
    name: "initiate-response",
    ...(quality === undefined ? undefined : { "negotiated-quality-of-service": quality }),
    "negotiated-dlms-version-number": decodeVersion(c),
    "negotiated-conformance": decodeConformance(c),
    "server-max-receive-pdu-size": c.u16(shared.maxReceivePduSize),
    "vaa-name": c.u16(A.vaaName),
  };
}

export const initiateApdus: readonly ApduDefinition[] = [
  { tag: 0x01, name: "initiate-request", field: R[""], decode: decodeInitiateRequest },
  { tag: 0x08, name: "initiate-response", field: A[""], decode: decodeInitiateResponse },
];

function decodeDedicatedKey(c: Cursor): void {
  const length = decodeLength(c, R["dedicatedKey.length"]);
  const available = Math.min(length, c.remaining);
  if (available === length) {
    c.dissection.dedicatedKey = c.bytes.subarray(c.offset, c.offset + length);
  }
  // A part of a key is hidden like the whole.
  c.leaf(R.dedicatedKey, available, undefined);
  if (c.recording) c.note(`${available} bytes, hidden`);
  c.need(length - available);
}

function decodeQualityOfService(c: Cursor): number | undefined {
  return decodePresence(c, shared["qualityOfService.presence"])
    ? c.signed(shared.qualityOfService, 1)
    : undefined;
}

function decodeVersion(c: Cursor): number {
  const version = c.u8(shared.dlmsVersion);
  if (version !== 6) c.report(D["dlms-version"], c.offset - 1, c.offset, String(version));
  return version;
}
