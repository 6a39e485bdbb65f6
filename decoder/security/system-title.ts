import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field } from "../core/fields.js";
import { decodeLength } from "../xdlms/length.js";

const clause = "IEC 62056-5-3, System title";

const F = defineFields("ciphering", {
  "systemTitle.length": { name: "Length of system title", clause },
  systemTitle: {
    name: "System title",
    type: "bytes",
    meaning: "The sender's title that the initialisation vector begins with",
    clause,
  },
});

export const systemTitleField: Field = F.systemTitle;

const D = defineDiagnostics("ciphering", {
  "system-title-length": {
    severity: "warning",
    group: "protocol",
    message: "A system title has 8 bytes",
    clause,
    check: "Which firmware sends it, and does a receiver accept it?",
  },
});

export const systemTitleLength = 8;

/**
 * A system title with its length before it; empty where the sender leaves it out. `field` is the
 * leaf of the title. Another length than 8 is reported.
 */
export function decodeSystemTitle(c: Cursor, field: Field = systemTitleField): Uint8Array {
  const length = decodeLength(c, F["systemTitle.length"]);
  const title = c.octets(field, length);
  if (length !== 0 && length !== systemTitleLength) {
    c.report(D["system-title-length"], c.offset - length, c.offset, `${length} here`);
  }
  if (c.recording) {
    const letters = manufacturerOf(title);
    if (letters !== undefined) c.note(`manufacturer ${letters}`);
  }
  return title;
}

/** The three letters of the manufacturer (FLAG identification) that a system title begins with. */
export function manufacturerOf(title: Uint8Array): string | undefined {
  if (title.length !== systemTitleLength) return undefined;
  const letters = String.fromCharCode(...title.subarray(0, 3));
  return /^[A-Za-z]{3}$/.test(letters) ? letters : undefined;
}
