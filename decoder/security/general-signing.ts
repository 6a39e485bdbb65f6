/** General-Signing: an APDU with a digital signature. */
import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "../xdlms/apdu-definition.js";
import { decodeTag } from "../xdlms/apdu-tags.js";
import { decodeLength } from "../xdlms/length.js";
import { curveOfPair } from "./elliptic-curve.js";
import {
  decodeGeneralHeader,
  decodeOctetString,
  type GeneralHeader,
  headerForms,
  partiesOf,
} from "./general-header.js";
import { judgeSignature } from "./signature-verdict.js";

export interface GeneralSigning extends GeneralHeader {
  readonly name: "general-signing";
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

const clause = "IEC 62056-5-3, General-Signing";

const F = defineFields("general-signing", {
  "": { name: "General signing", type: "group", clause },
  length: { name: "Length", clause },
  content: { name: "Content", type: "bytes", clause, meaning: "The APDU that is signed" },
  signature: { name: "Signature", type: "bytes", clause },
  status: { name: "Signature status", type: "string", meaning: "What the signature is worth" },
});

const D = defineDiagnostics("general-signing", {
  verified: {
    severity: "info",
    group: "security",
    message: "The signature is verified",
    clause,
  },
  failed: {
    severity: "error",
    group: "security",
    message: "The signature does not fit",
    clause,
    check: "A wrong signing public key of the originator, another party's key, or damaged bytes",
  },
  "not-verified": {
    severity: "info",
    group: "security",
    message: "The signature is not verified",
    clause,
    check: "Give the originator's signing public key, or capture the exchange of its certificate",
  },
});

/** Reads the APDU, tag included, checks its signature and hands on the APDU in it. */
export function decodeGeneralSigning(c: Cursor): GeneralSigning {
  decodeTag(c);
  const headerStart = c.offset;
  const header = decodeGeneralHeader(c);
  const length = decodeLength(c, F.length);
  const available = Math.min(length, c.remaining);
  const start = c.offset;
  const content = c.octets(F.content, available);
  const inner = c.derive("content", content, [
    { start: 0, end: available, source: c.source, offset: start },
  ]);
  c.dissection.handOver(inner, "apdu");
  if (available < length) {
    const detail = `${length} bytes of content are announced, ${available} are there`;
    c.fail(coreDiagnostics.truncated, start, c.end, detail);
  }
  const encoded = c.bytes.subarray(headerStart, c.offset);
  const signature = decodeOctetString(c, F.length, F.signature);
  const apdu: GeneralSigning = { name: "general-signing", ...header, content, signature };
  checkSignature(c, apdu, encoded);
  return apdu;
}

export const generalSigningApdus: readonly ApduDefinition[] = [
  { tag: 0xdf, name: "general-signing", field: F[""], decode: decodeGeneralSigning },
];

/** The header and the content are signed, with their lengths. `c` stands behind the signature. */
function checkSignature(c: Cursor, apdu: GeneralSigning, encoded: Uint8Array): void {
  const { content, signature } = apdu;
  const start = c.offset - signature.length;
  const curve = curveOfPair(signature.length);
  if (c.recording && curve !== undefined) c.note(`ECDSA ${curve.name}`);
  const { originator } = partiesOf(c, apdu);
  const forms = headerForms(apdu, encoded, [content]);
  const { status, reason } = judgeSignature(c.dissection.context, originator, forms, signature);
  c.report(D[status], start, c.offset, reason);
  if (c.recording) c.generated(F.status, start, c.offset, status);
}
