import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import type { Field } from "../core/fields.js";

const D = defineDiagnostics("axdr", {
  "length-form": {
    severity: "error",
    group: "malformed",
    message: "The length is not in a form that A-XDR allows",
    clause: "IEC 61334-6, variable-length coding",
    check: "0x00..0x7f is a length, 0x81..0x84 are followed by 1 to 4 bytes of it",
  },
});

/**
 * A length or count in the variable form of A-XDR (and of BER's definite form): one byte below
 * 0x80, or 0x81..0x84 and that many bytes. Throws where the form is another. The number is not
 * checked against the bytes that follow.
 */
export function decodeLength(c: Cursor, field: Field): number {
  const first = c.peek();
  if (first === undefined || first < 0x80) return c.u8(field);
  const size = first & 0x7f;
  if (size === 0 || size > 4) {
    c.fail(D["length-form"], c.offset, c.offset + 1, `0x${first.toString(16)}`);
  }
  c.need(1 + size);
  let length = 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (c.peek(i) ?? 0);
  c.leaf(field, 1 + size, length);
  return length;
}
