import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import type { Field } from "../core/fields.js";

/** A code of an enumeration that the standard leaves open. */
export type Reserved = `reserved (${number})`;

const D = defineDiagnostics("xdlms", {
  "reserved-code": {
    severity: "warning",
    group: "protocol",
    message: "The code is none that the standard defines",
    check: "The sender may use codes of its own, or of a later edition",
  },
});

/** One byte of an enumeration, as its word. A code without a word is reported, and kept. */
export function decodeEnumerated<Word extends string>(
  c: Cursor,
  field: Field,
  words: Readonly<Record<number, Word>>,
): Word | Reserved {
  const code = c.u8(field);
  const word = words[code];
  if (word !== undefined) return word;
  c.report(D["reserved-code"], c.offset - 1, c.offset, `${code} for ${field.name}`);
  return `reserved (${code})`;
}
