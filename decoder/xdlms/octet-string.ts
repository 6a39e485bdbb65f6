import { describeDateTime } from "./clock-status.js";
import { formatDateTime, isPlausibleDateTime } from "./date-time.js";
import { formatLogicalName, isPlausibleLogicalName } from "./logical-name.js";

/** What the bytes of an octet-string are, in the contract's spelling; one of the three. */
export type OctetStringMeaning =
  | { readonly obis: string }
  | { readonly text: string }
  | { readonly "date-time": string };

/**
 * What an octet-string seems to be, by its bytes alone: printable ASCII of two characters and more
 * (`text`), a logical name as six dotted numbers (`obis`), or a date-time. Undefined where nothing
 * fits well: a wrong guess misleads, and the bytes are shown anyway.
 */
export function interpretOctetString(bytes: Uint8Array): OctetStringMeaning | undefined {
  if (isPrintable(bytes)) return { text: readPrintable(bytes) };
  if (isPlausibleLogicalName(bytes)) return { obis: bytes.join(".") };
  if (isPlausibleDateTime(bytes)) return { "date-time": formatDateTime(bytes) };
  return undefined;
}

/** The same for people: the OBIS code as `1-0:1.8.0*255`, a text in quotes. */
export function describeOctetString(bytes: Uint8Array): string | undefined {
  if (isPrintable(bytes)) return `"${readPrintable(bytes)}"`;
  if (isPlausibleLogicalName(bytes)) return formatLogicalName(bytes);
  return isPlausibleDateTime(bytes) ? describeDateTime(bytes) : undefined;
}

function isPrintable(bytes: Uint8Array): boolean {
  if (bytes.length < 2) return false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

function readPrintable(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
