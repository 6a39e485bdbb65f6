/** What stands inside of every ciphered APDU: length, security header, ciphertext, tag. */
import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { decodeLength } from "../xdlms/length.js";
import { decodeSecurityControl, type SecurityControl } from "./security-control.js";

const clause = "IEC 62056-5-3, Ciphered APDUs";

const F = defineFields("ciphering", {
  length: { name: "Length", clause },
  invocationCounter: {
    name: "Invocation counter",
    clause,
    meaning: "Counts the uses of a key; with the system title it makes the initialisation vector",
  },
  cipheredData: { name: "Ciphered data", type: "bytes", clause },
  content: { name: "Content", type: "bytes", clause, meaning: "Protected, but not enciphered" },
  authenticationTag: { name: "Authentication tag", type: "bytes", clause },
});

const D = defineDiagnostics("ciphering", {
  malformed: {
    severity: "error",
    group: "malformed",
    message: "The ciphered content is shorter than its header and tag",
    clause,
    check: "5 bytes of header and, where authentication is applied, 12 bytes of tag are needed",
  },
});

const tagLength = 12;
const headerLength = 5;

/** A ciphered content in the value of its APDU. */
export interface PresentedContent {
  readonly "security-control": SecurityControl;
  readonly "invocation-counter": number;
  readonly "ciphered-data": Uint8Array;
  /** 12 bytes. */
  readonly "authentication-tag"?: Uint8Array;
}

/** A ciphered content, taken apart. */
export interface ProtectedContent {
  readonly control: SecurityControl;
  /** The security control byte itself: it is authenticated too. */
  readonly controlByte: number;
  readonly invocationCounter: number;
  readonly data: Uint8Array;
  /** 12 bytes; undefined where authentication is not applied or the tag is cut off. */
  readonly tag: Uint8Array | undefined;
  /** Whether bytes are missing at the end. */
  readonly cut: boolean;
  /** Where the ciphered data stand. */
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads length, security control byte, invocation counter (4 bytes), ciphered data and tag. Where
 * bytes are missing at the end, what is there of the data is read; undefined, with a diagnostic,
 * where not even the header is there.
 */
export function decodeProtectedContent(c: Cursor): ProtectedContent | undefined {
  const length = decodeLength(c, F.length);
  const available = Math.min(length, c.remaining);
  if (length > available) {
    const detail = `${length} bytes of ciphered content are announced, ${available} are there`;
    c.report(coreDiagnostics.truncated, c.offset, c.end, detail);
  }
  const end = c.offset + available;
  const authenticated = available > 0 && ((c.peek() ?? 0) & 0x10) !== 0;
  const dataLength = length - headerLength - (authenticated ? tagLength : 0);
  if (available < headerLength || dataLength < 0) {
    c.report(D.malformed, c.offset, end, `${available} bytes`);
    c.octets(F.cipheredData, available);
    return undefined;
  }
  const controlByte = c.peek() ?? 0;
  const control = decodeSecurityControl(c);
  const invocationCounter = c.u32(F.invocationCounter);
  const start = c.offset;
  const data = c.octets(
    control.encryption ? F.cipheredData : F.content,
    Math.min(dataLength, end - start),
  );
  const tag = authenticated ? c.octets(F.authenticationTag, end - c.offset) : undefined;
  return {
    control,
    controlByte,
    invocationCounter,
    data,
    tag: tag?.length === tagLength ? tag : undefined,
    cut: length > available,
    source: c.source,
    start,
    end: start + data.length,
  };
}

/** The content in the contract's spelling. */
export function presentContent(content: ProtectedContent): PresentedContent {
  return {
    "security-control": content.control,
    "invocation-counter": content.invocationCounter,
    "ciphered-data": content.data,
    ...(content.tag === undefined ? {} : { "authentication-tag": content.tag }),
  };
}
