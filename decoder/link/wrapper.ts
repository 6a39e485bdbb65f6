/** The TCP/UDP wrapper of IEC 62056-4-7: 8 bytes before every APDU. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { readLayer } from "../core/layer.js";

const clause = "IEC 62056-4-7, The wrapper protocol data unit";

const F = defineFields("wrapper", {
  "": { name: "DLMS wrapper", type: "group", clause },
  version: { name: "Version", base: "hex", clause },
  sourceWport: { name: "Source wPort", clause },
  destinationWport: { name: "Destination wPort", clause },
  length: { name: "Length", clause, meaning: "Bytes of the APDU that follows" },
});

const D = defineDiagnostics("wrapper", {
  version: {
    severity: "warning",
    group: "protocol",
    message: "The wrapper's version is not 1",
    clause,
    check: "Is it a frame of the wrapper? Try another framing",
  },
  length: {
    severity: "error",
    group: "malformed",
    message: "The wrapper's length is not that of the APDU behind it",
    clause,
    check: "Is the message cut off, or do two messages stand in one datagram?",
  },
});

export interface Wrapper {
  readonly version: number;
  readonly "source-wport": number;
  readonly "destination-wport": number;
  readonly length: number;
}

/** Bytes before the APDU. */
export const wrapperHeaderLength = 8;

/** Reads one wrapper PDU as a layer; the APDU in it is handed over. */
export function readWrapper(c: Cursor): void {
  readLayer(c, "wrapper", F[""], decodeWrapper);
}

function decodeWrapper(c: Cursor): void {
  const version = c.u16(F.version);
  if (version !== 1) c.report(D.version, c.offset - 2, c.offset, String(version));
  const header: Wrapper = {
    version,
    "source-wport": c.u16(F.sourceWport),
    "destination-wport": c.u16(F.destinationWport),
    length: c.u16(F.length),
  };
  c.dissection.link["wrapper"] = header;
  if (header.length !== c.remaining) {
    c.report(D.length, c.offset - 2, c.offset, `${header.length} said, ${c.remaining} there`);
  }
  c.dissection.handOver(c.take(Math.min(header.length, c.remaining)), "apdu");
}

/**
 * Whether a wrapper PDU stands at `at`: its length in bytes, 0 where more bytes are needed to say
 * so, -1 where it cannot be one. Version and length are all that it goes by: between other bytes
 * the caller must know more, such as the tag of the APDU.
 */
export function probeWrapper(bytes: Uint8Array, at: number): number {
  const left = bytes.length - at;
  if (bytes[at] !== 0 || (left > 1 && bytes[at + 1] !== 1)) return -1;
  if (left <= wrapperHeaderLength) return 0;
  const length = ((bytes[at + 6] as number) << 8) | (bytes[at + 7] as number);
  if (length === 0) return -1;
  return left < wrapperHeaderLength + length ? 0 : wrapperHeaderLength + length;
}
