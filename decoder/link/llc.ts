/** The LLC header of IEC 62056-46 before an APDU: E6 E6 00 in commands, E6 E7 00 in responses. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type ValueTable } from "../core/fields.js";
import { readLayer } from "../core/layer.js";
import { apduTags } from "../xdlms/apdu-tags.js";

const clause = "IEC 62056-46, 5.3.2 LLC protocol data unit (LPDU) structure";

const F = defineFields("llc", {
  "": { name: "LLC", type: "group", clause },
  destinationLsap: { name: "Destination LSAP", base: "hex", clause },
  sourceLsap: {
    name: "Source LSAP",
    base: "hex",
    values: { 230: "command", 231: "response" },
    clause,
  },
  quality: {
    name: "LLC quality",
    base: "hex",
    meaning: "Reserved for future use, always 0",
    clause,
  },
  segment: {
    name: "First segment of an APDU",
    type: "bytes",
    meaning: "The beginning of an APDU that later frames complete",
  },
});

const D = defineDiagnostics("llc", {
  lsap: {
    severity: "error",
    group: "malformed",
    message: "Neither E6 E6 nor E6 E7 stands where the LLC header begins",
    clause,
    check: "Is it a frame of DLMS? Try another framing",
  },
  quality: {
    severity: "note",
    group: "protocol",
    message: "The LLC quality is not 0",
    clause,
  },
  doubled: {
    severity: "warning",
    group: "protocol",
    message: "The LLC header stands there twice",
    clause,
    check: "Two layers of the sender's software each put one before the APDU",
  },
});

export interface Llc {
  readonly "destination-lsap": number;
  readonly "source-lsap": number;
  readonly quality: number;
  /** The APDU that begins here, where only its first segment is there. */
  readonly begins?: string;
}

const cosemLsap = 0xe6;
const headerLength = 3;
const apduNames: ValueTable = apduTags;

/** Reads an LLC PDU as a layer; the APDU in it is handed over. */
export function readLlc(c: Cursor): void {
  readLayer(c, "llc", F[""], () => {
    c.dissection.link["llc"] = decodeHeader(c);
    c.dissection.handOver(c.take(c.remaining), "apdu");
  });
}

/** Reads an LLC PDU that holds the first segment of an APDU; nothing is handed over. */
export function readLlcSegment(c: Cursor): void {
  readLayer(c, "llc", F[""], () => {
    const header = decodeHeader(c);
    const tag = c.peek();
    const begins = tag === undefined ? undefined : apduNames[tag];
    c.dissection.link["llc"] = begins === undefined ? header : { ...header, begins };
    if (c.remaining === 0) return;
    c.octets(F.segment, c.remaining);
    if (c.recording) c.note(begins === undefined ? "begins no known APDU" : `begins ${begins}`);
  });
}

/** Whether an LLC header begins at `at`, its quality left aside. */
export function hasLlcHeader(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 2 || bytes[at] !== cosemLsap) return false;
  return bytes[at + 1] === cosemLsap || bytes[at + 1] === (cosemLsap | 1);
}

/**
 * Whether an LLC PDU stands at `at`: its length, which is that of the message; 0 where more bytes
 * are needed, never when `ended`; -1 where none stands there. It has no length of its own, so ask
 * only where a message begins.
 */
export function probeLlc(bytes: Uint8Array, at: number, ended: boolean): number {
  const left = bytes.length - at;
  const begin =
    left < 2 ? left < 1 || bytes[at] === cosemLsap : hasLlcHeader(bytes, at, bytes.length);
  if (!begin || (left >= headerLength && bytes[at + 2] !== 0)) return -1;
  if (!ended) return 0;
  return left > headerLength ? left : -1;
}

function decodeHeader(c: Cursor): Llc {
  let header = decodeOneHeader(c);
  while (hasLlcHeader(c.bytes, c.offset, c.end) && c.peek(2) === 0) {
    c.report(D.doubled, c.offset, c.offset + headerLength);
    header = decodeOneHeader(c);
  }
  return header;
}

function decodeOneHeader(c: Cursor): Llc {
  const start = c.offset;
  if (c.remaining >= 2 && !hasLlcHeader(c.bytes, start, c.end)) c.fail(D.lsap, start, start + 2);
  const header = {
    "destination-lsap": c.u8(F.destinationLsap),
    "source-lsap": c.u8(F.sourceLsap),
    quality: c.u8(F.quality),
  };
  if (header.quality !== 0) c.report(D.quality, c.offset - 1, c.offset, String(header.quality));
  return header;
}
