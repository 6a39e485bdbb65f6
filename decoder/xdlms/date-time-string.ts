import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { type DateTime, dateTimeLength, decodeDateTime } from "./date-time.js";
import { decodeLength } from "./length.js";

/**
 * The date-time of an APDU. `null` where the sender gave none; the bytes as they are where they
 * are not 12, as a date-time has.
 */
export type DateTimeString = DateTime | Uint8Array | null;

const clause = "IEC 62056-5-3, date-time of the APDUs";

const F = defineFields("xdlms", {
  dateTime: { name: "Date-time", type: "group", clause },
  "dateTime.length": { name: "Length", clause, meaning: "12, or 0 where no time is given" },
  "dateTime.tag": {
    name: "Data tag",
    base: "hex",
    meaning: "The tag of an octet-string as Data has it; it does not belong here",
  },
  "dateTime.bytes": { name: "Bytes", type: "bytes", clause },
});

const D = defineDiagnostics("xdlms", {
  "tagged-date-time": {
    severity: "note",
    group: "protocol",
    message: "The date-time is sent as Data, with the tag of an octet-string before its length",
    clause,
    check: "A habit of some meters (Kaifa among them); the value is read as it is meant",
  },
  "date-time-length": {
    severity: "warning",
    group: "protocol",
    message: "The date-time has neither 12 bytes nor none",
    clause,
    check: "Which firmware sends it, and does a receiver accept it?",
  },
});

const octetStringTag = 0x09;

/** OCTET STRING of 0 or 12 bytes that holds a date-time; with a Data tag before it, as some send. */
export function decodeDateTimeString(c: Cursor): DateTimeString {
  c.open(F.dateTime);
  const value = decodeValue(c);
  c.close();
  return value;
}

function decodeValue(c: Cursor): DateTimeString {
  if (c.peek() === octetStringTag && c.peek(1) === dateTimeLength) {
    c.u8(F["dateTime.tag"]);
    c.report(D["tagged-date-time"], c.offset - 1, c.offset);
  }
  const start = c.offset;
  const length = decodeLength(c, F["dateTime.length"]);
  if (length === 0) return null;
  if (length === dateTimeLength) {
    c.need(dateTimeLength);
    return decodeDateTime(c);
  }
  c.report(D["date-time-length"], start, c.offset, String(length));
  return c.octets(F["dateTime.bytes"], length);
}
