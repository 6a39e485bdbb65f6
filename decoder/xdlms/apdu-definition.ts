import type { Cursor } from "../core/cursor.js";
import type { Field } from "../core/fields.js";
import type { Apdu } from "./apdu-value.js";

/** One APDU of the standard: its tag, and who reads it. */
export interface ApduDefinition {
  readonly tag: number;
  /** The ASN.1 name in kebab-case; an APDU with choices names the layer more exactly itself. */
  readonly name: string;
  /** The node that holds its fields. */
  readonly field: Field;
  /** Reads the whole APDU, tag included. */
  readonly decode: (c: Cursor) => Apdu;
}
