import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";

const D = defineDiagnostics("xdlms", {
  "unknown-choice": {
    severity: "error",
    group: "malformed",
    message: "The standard has no alternative of that number here",
    clause: "IEC 62056-5-3, Abstract syntax of ACSE and COSEM APDUs",
    check:
      "Is it the first byte that is wrong, or did a layer before cut the APDU at a wrong place?",
  },
});

/** The alternative that was read last is none of `what`; nothing behind it can be understood. */
export function unknownChoice(c: Cursor, choice: number, what: string): never {
  c.fail(D["unknown-choice"], c.offset - 1, c.offset, `${choice} for ${what}`);
}
