/** The header that general-ciphering and general-signing share: five octet-strings. */
import { concatenate } from "../core/bytes.js";
import type { Cursor } from "../core/cursor.js";
import { defineFields, type Field } from "../core/fields.js";
import { decodeLength } from "../xdlms/length.js";
import { describeOctetString } from "../xdlms/octet-string.js";
import { otherSide, type Party, senderIn } from "./party-keys.js";
import { decodeSystemTitle } from "./system-title.js";

export interface GeneralHeader {
  readonly "transaction-id": Uint8Array;
  readonly "originator-system-title": Uint8Array;
  readonly "recipient-system-title": Uint8Array;
  /** 12 bytes, or empty. */
  readonly "date-time": Uint8Array;
  readonly "other-information": Uint8Array;
}

const clause = "IEC 62056-5-3, General-Ciphering and General-Signing";

const F = defineFields("general", {
  length: { name: "Length", clause },
  transactionId: { name: "Transaction-id", type: "bytes", clause },
  originatorSystemTitle: { name: "Originator system title", type: "bytes", clause },
  recipientSystemTitle: { name: "Recipient system title", type: "bytes", clause },
  dateTime: { name: "Date-time", type: "bytes", clause },
  otherInformation: { name: "Other information", type: "bytes", clause },
});

export function decodeGeneralHeader(c: Cursor): GeneralHeader {
  return {
    "transaction-id": decodeOctetString(c, F.length, F.transactionId),
    "originator-system-title": decodeSystemTitle(c, F.originatorSystemTitle),
    "recipient-system-title": decodeSystemTitle(c, F.recipientSystemTitle),
    "date-time": decodeDateTimeString(c),
    "other-information": decodeOctetString(c, F.length, F.otherInformation),
  };
}

/**
 * The header as it is authenticated or signed, in forms of which any may fit. `encoded` are its bytes
 * in the APDU, `more` what follows them in the one that is signed. The standard counts the lengths
 * of the fields in; implementations that leave them out are met.
 */
export function headerForms(
  header: GeneralHeader,
  encoded: Uint8Array,
  more: readonly Uint8Array[] = [],
): readonly Uint8Array[] {
  const values = [
    header["transaction-id"],
    header["originator-system-title"],
    header["recipient-system-title"],
    header["date-time"],
    header["other-information"],
  ];
  return [encoded, concatenate([...values, ...more])];
}

/** Who protected the APDU and who is to remove the protection, as the header names them. */
export function partiesOf(
  c: Cursor,
  header: GeneralHeader,
): { readonly originator: Party; readonly recipient: Party } {
  const side = senderIn(c.dissection.context.direction);
  const originator = header["originator-system-title"];
  const recipient = header["recipient-system-title"];
  return {
    originator: { title: originator, peer: recipient, side },
    recipient: { title: recipient, peer: originator, side: otherSide(side) },
  };
}

/** An octet-string of A-XDR: its length, then its bytes. */
export function decodeOctetString(c: Cursor, length: Field, field: Field): Uint8Array {
  return c.octets(field, decodeLength(c, length));
}

function decodeDateTimeString(c: Cursor): Uint8Array {
  const bytes = decodeOctetString(c, F.length, F.dateTime);
  const text = c.recording ? describeOctetString(bytes) : undefined;
  if (text !== undefined) c.note(text);
  return bytes;
}
