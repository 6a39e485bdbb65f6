/** Bytes that stand where an APDU should, and are none: what they look like, in words. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { markUndecoded, readLayer } from "../core/layer.js";
import { dataTypeNames } from "./data-fields.js";

const F = defineFields("xdlms.unknown-apdu", {
  "": { name: "Unknown APDU", type: "group" },
  text: { name: "Text", type: "string", meaning: "ASCII text where an APDU should be" },
});

const D = defineDiagnostics("xdlms", {
  "unknown-apdu": {
    severity: "error",
    group: "undecoded",
    message: "No APDU of the standard begins with this byte",
    clause: "IEC 62056-5-3, XDLMS-APDU",
    check: "Is the framing right, and does the message begin here at all?",
  },
  "text-for-apdu": {
    severity: "error",
    group: "protocol",
    message: "The sender put text where an APDU should be",
    check: "Some meters answer with an error text of their own; ask the maker what it means",
  },
  "empty-apdu": {
    severity: "warning",
    group: "protocol",
    message: "There is no APDU: the layer around it is empty",
    check: "An empty information field, or a message that was cut off",
  },
});

/** What stands where an APDU should; `text` where it is ASCII. */
export interface UnknownApdu {
  readonly name: "unknown-apdu" | "empty-apdu";
  readonly text?: string;
}

/** Text shown of bytes that are text; the rest is in the tree. */
const shownCharacters = 60;

/** Reads bytes that begin with no known tag, to the last one: they are explained, not decoded. */
export function readUnknownApdu(c: Cursor): UnknownApdu {
  const name = c.remaining === 0 ? "empty-apdu" : "unknown-apdu";
  return readLayer(c, name, F[""], explain) ?? { name };
}

function explain(c: Cursor): UnknownApdu {
  const { offset, end } = c;
  if (c.remaining === 0) {
    c.report(D["empty-apdu"], offset, end);
    return { name: "empty-apdu" };
  }
  if (isText(c)) {
    const text = c.characters(F.text, c.remaining);
    const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}...` : text;
    c.report(D["text-for-apdu"], offset, end, JSON.stringify(shown));
    return { name: "unknown-apdu", text };
  }
  c.report(D["unknown-apdu"], offset, offset + 1, describe(c));
  markUndecoded(c);
  return { name: "unknown-apdu" };
}

/**
 * Whether these bytes are text, although they may begin with a tag: that of
 * ded-confirmed-service-error is an `N`. All APDUs with tags that are letters say their length next.
 */
export function isTextForApdu(c: Cursor): boolean {
  const tag = c.peek() ?? 0;
  return tag >= 0x20 && tag < 0x7f && c.peek(1) !== c.remaining - 2 && isText(c);
}

/** Four printable characters and more, nothing else but line ends and tabs among them. */
function isText(c: Cursor): boolean {
  if (c.remaining < 4) return false;
  for (let i = c.offset; i < c.end; i++) {
    const byte = c.bytes[i] ?? 0;
    const printable = (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a || byte === 9;
    if (!printable) return false;
  }
  return true;
}

function describe(c: Cursor): string {
  const first = c.peek() ?? 0;
  const tag = `0x${first.toString(16).padStart(2, "0")}`;
  if (first === 0x7e) return `${tag}, the flag of an HDLC frame`;
  if (first === 0x68 && c.peek(3) === 0x68) return `${tag}, the start of an M-Bus frame`;
  if (first === 0 && c.peek(1) === 1) return `${tag}, perhaps the header of a wrapper`;
  if (isDataType(first)) {
    return `${tag}, which is ${dataTypeNames[first]} in Data; perhaps a later part of a message`;
  }
  return tag;
}

function isDataType(tag: number): tag is keyof typeof dataTypeNames {
  return tag in dataTypeNames;
}
