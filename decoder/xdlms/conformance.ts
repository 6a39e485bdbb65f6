import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field, type FieldSpecification } from "../core/fields.js";
import { decodeLength } from "./length.js";

/** The services and functions of the xDLMS context, bit 0 first. */
export const conformanceBits = [
  "reserved-zero",
  "general-protection",
  "general-block-transfer",
  "read",
  "write",
  "unconfirmed-write",
  "reserved-six",
  "reserved-seven",
  "attribute0-supported-with-set",
  "priority-mgmt-supported",
  "attribute0-supported-with-get",
  "block-transfer-with-get-or-read",
  "block-transfer-with-set-or-write",
  "block-transfer-with-action",
  "multiple-references",
  "information-report",
  "data-notification",
  "access",
  "parameterized-access",
  "get",
  "set",
  "selective-access",
  "event-notification",
  "action",
] as const;

/** One service or function that a client proposes, or that both ends agreed on. */
export type Conformance = (typeof conformanceBits)[number];

const clause = "IEC 62056-5-3, Conformance";
const blockLength = 3;

const F = defineFields("xdlms", {
  conformance: { name: "Conformance block", base: "hex", clause },
  "conformance.tag": { name: "Tag", base: "hex", clause, meaning: "[APPLICATION 31], in BER" },
  "conformance.length": { name: "Length", clause },
  "conformance.unusedBits": { name: "Unused bits", clause },
  "conformance.other": { name: "Further bytes", type: "bytes" },
});

const bitFields: readonly Field[] = Object.values(
  defineFields(
    "xdlms.conformance",
    Object.fromEntries(
      conformanceBits.map((name, bit): [string, FieldSpecification] => [
        name,
        { name, mask: 0x80_0000 >>> bit, values: { 0: "no", 1: "yes" }, clause },
      ]),
    ),
  ),
);

const D = defineDiagnostics("xdlms", {
  "conformance-tag": {
    severity: "error",
    group: "malformed",
    message: "The conformance block does not begin with the tag 0x5f1f",
    clause,
    check: "Some senders leave the first byte of the tag out; other receivers refuse that",
  },
  "conformance-short-tag": {
    severity: "info",
    group: "protocol",
    message: "The tag of the conformance block has one byte only, as old implementations send it",
    clause,
  },
  "conformance-length": {
    severity: "warning",
    group: "malformed",
    message: "The conformance block has not 24 bits",
    clause,
    check: "Which firmware sends it, and does a receiver accept it?",
  },
});

/** The conformance block, encoded in BER: the names of the bits that are set. */
export function decodeConformance(c: Cursor): Conformance[] {
  decodeConformanceTag(c);
  const length = decodeLength(c, F["conformance.length"]);
  if (length !== 1 + blockLength) {
    c.report(D["conformance-length"], c.offset - 1, c.offset, `${length} bytes`);
    if (length < 1 + blockLength) {
      c.octets(F["conformance.other"], length);
      return [];
    }
  }
  c.u8(F["conformance.unusedBits"]);
  const value = c.u24(F.conformance);
  c.dissection.recorder.bits(bitFields, value);
  const names: Conformance[] = [];
  for (let bit = 0; bit < conformanceBits.length; bit++) {
    const name = conformanceBits[bit];
    if (name !== undefined && (value & (0x80_0000 >>> bit)) !== 0) names.push(name);
  }
  if (length > 1 + blockLength) c.octets(F["conformance.other"], length - 1 - blockLength);
  return names;
}

function decodeConformanceTag(c: Cursor): void {
  c.need(1);
  if (c.peek() === 0x5f) {
    // One byte of tag is followed by the length, 4: no tag number of BER's long form is that small.
    if (c.peek(1) !== 4) {
      c.need(2);
      if (c.peek(1) === 0x1f) {
        c.u16(F["conformance.tag"]);
        return;
      }
    } else {
      c.u8(F["conformance.tag"]);
      c.report(D["conformance-short-tag"], c.offset - 1, c.offset);
      return;
    }
  }
  c.fail(D["conformance-tag"], c.offset, Math.min(c.offset + 2, c.end));
}
