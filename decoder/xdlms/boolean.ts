/** BOOLEAN of A-XDR, and the flag before components that are OPTIONAL or have a DEFAULT. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import type { Field, ValueTable } from "../core/fields.js";

/** Words for the presence flag of an optional component. */
export const presence: ValueTable = { 0: "absent", 1: "present" };

const D = defineDiagnostics("axdr", {
  "presence-flag": {
    severity: "warning",
    group: "malformed",
    message: "The flag before an optional value is neither 0 (absent) nor 1 (present)",
    clause: "IEC 61334-6, OPTIONAL components",
    check: "The value is taken as present; a byte may be missing or too many before it",
  },
  "presence-flag-missing": {
    severity: "note",
    group: "malformed",
    message: "The APDU ends where a flag must say whether an optional value follows",
    clause: "IEC 61334-6, OPTIONAL components",
    check: "The value is taken as absent; some meters leave the last flag out",
  },
});

/** A BOOLEAN: 0 is false, any other byte is true. */
export function decodeBoolean(c: Cursor, field: Field): boolean {
  const value = c.peek() !== 0;
  c.leaf(field, 1, value);
  return value;
}

/** The flag before an optional component: whether the component is there. */
export function decodePresence(c: Cursor, field: Field): boolean {
  const flag = c.u8(field);
  if (flag > 1) c.report(D["presence-flag"], c.offset - 1, c.offset, `0x${flag.toString(16)}`);
  return flag !== 0;
}

/** The same for the last component of an APDU, whose flag some meters do not send. */
export function decodeLastPresence(c: Cursor, field: Field): boolean {
  if (c.remaining > 0) return decodePresence(c, field);
  c.report(D["presence-flag-missing"], c.offset, c.offset, field.name);
  return false;
}
