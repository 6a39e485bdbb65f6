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
  const length = peekLength(c, 0);
  c.leaf(field, sizeOfLength(c, 0), length);
  return length;
}

/**
 * The length that stands `ahead` bytes from here, without moving: for values whose length is no
 * node of its own. Throws as `decodeLength` does.
 */
export function peekLength(c: Cursor, ahead: number): number {
  c.need(ahead + 1);
  const first = c.peek(ahead) ?? 0;
  if (first < 0x80) return first;
  const size = first & 0x7f;
  if (size === 0 || size > 4) {
    const at = c.offset + ahead;
    c.fail(D["length-form"], at, at + 1, `0x${first.toString(16)}`);
  }
  c.need(ahead + 1 + size);
  let length = 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (c.peek(ahead + i) ?? 0);
  return length;
}

/** How many bytes a length takes that `peekLength` has read. */
export function sizeOfLength(c: Cursor, ahead: number): number {
  const first = c.peek(ahead) ?? 0;
  return first < 0x80 ? 1 : 1 + (first & 0x7f);
}
