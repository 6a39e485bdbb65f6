/** General-Signing: an APDU with a digital signature. */
import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "../xdlms/apdu-definition.js";
import { decodeTag } from "../xdlms/apdu-tags.js";
import { decodeLength } from "../xdlms/length.js";
import { decodeGeneralHeader, decodeOctetString, type GeneralHeader } from "./general-header.js";

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
});

const D = defineDiagnostics("general-signing", {
  "not-verified": {
    severity: "info",
    group: "security",
    message: "The signature is not verified",
    clause,
  },
});

/** ECDSA signatures of the standard: two numbers of 32 (P-256) or 48 bytes (P-384). */
const curves: Readonly<Record<number, string>> = { 64: "ECDSA P-256", 96: "ECDSA P-384" };

/** Reads the APDU, tag included, and hands on the APDU in it. */
export function decodeGeneralSigning(c: Cursor): GeneralSigning {
  decodeTag(c);
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
  const signature = decodeOctetString(c, F.length, F.signature);
  const curve = curves[signature.length] ?? `${signature.length} bytes`;
  if (c.recording) c.note(curve);
  c.report(D["not-verified"], c.offset - signature.length, c.offset, curve);
  return { name: "general-signing", ...header, content, signature };
}

export const generalSigningApdus: readonly ApduDefinition[] = [
  { tag: 0xdf, name: "general-signing", field: F[""], decode: decodeGeneralSigning },
];
