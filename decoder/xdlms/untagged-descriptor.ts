/**
 * A vendor's habit, not the standard's: pushes of some meters (ZPA AM375, Sagemcom XT211) list
 * structures of an attribute descriptor and its value, and send the descriptor without data tags:
 * `02 02 | 00 03 | 01 00 01 07 00 ff | 02 | 06 ..`.
 */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import type { Data } from "./data.js";
import { dataTypeNames } from "./data-fields.js";
import { formatLogicalName, isPlausibleLogicalName } from "./logical-name.js";

const F = defineFields("data.untagged-descriptor", {
  "": { name: "Attribute descriptor without tags", type: "group" },
  class: { name: "Class-Id" },
  obis: { name: "Instance-Id", type: "bytes", meaning: "Logical name (OBIS code)" },
  attribute: { name: "Attribute-Id", type: "int" },
});

const D = defineDiagnostics("data", {
  "untagged-descriptor": {
    severity: "note",
    group: "assumption",
    message: "Read as an attribute descriptor that is sent without data tags",
    check: "Some meters push their objects so; by the standard these bytes would be other data",
  },
});

/** Class-id, logical name and attribute-id. */
const descriptorLength = 9;

/**
 * Whether a structure of two stands here whose first element is such a descriptor. Read by the
 * standard it would start with null-data, which no list of structures has a reason to.
 */
export function startsWithUntaggedDescriptor(c: Cursor): boolean {
  if (c.peek(2) !== 0 || c.peek(0) !== 2 || c.peek(1) !== 2) return false;
  const at = c.offset + 2;
  const name = c.bytes.subarray(at + 2, at + 8);
  const attribute = c.peek(2 + 8) ?? 0;
  const tag = c.peek(2 + descriptorLength);
  return (
    c.peek(3) !== 0 &&
    c.peek(2 + 7) === 0xff &&
    (c.peek(4) ?? 0xff) < 10 &&
    isPlausibleLogicalName(name) &&
    attribute > 0 &&
    attribute < 0x80 &&
    tag !== undefined &&
    tag in dataTypeNames
  );
}

/** Says so, once for a list: at the first structure, which starts here. */
export function reportUntaggedDescriptor(c: Cursor): void {
  c.report(D["untagged-descriptor"], c.offset + 2, c.offset + 2 + descriptorLength);
}

/** Reads the descriptor as the structure that it would be with tags. */
export function decodeUntaggedDescriptor(c: Cursor): Data {
  c.open(F[""]);
  const classId = c.u16(F.class);
  const name = c.octets(F.obis, 6);
  if (c.recording) c.note(formatLogicalName(name));
  const attribute = c.signed(F.attribute, 1);
  c.close();
  return {
    type: "structure",
    value: [
      { type: "long-unsigned", value: classId },
      { type: "octet-string", value: name },
      { type: "integer", value: attribute },
    ],
  };
}
