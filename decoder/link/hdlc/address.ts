/** The addresses of an HDLC frame: upper (logical device or client) and lower (physical device). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields, type Field } from "../../core/fields.js";

const clause = "IEC 62056-46, 6.4.2 MAC addressing";
const upper = {
  name: "Upper HDLC address",
  clause,
  meaning: "The logical device of a server, or the client",
};
const lower = {
  name: "Lower HDLC address",
  clause,
  meaning: "The physical device on a line with several",
};

const F = defineFields("hdlc", {
  destination: { name: "Destination address", type: "group", clause },
  "destination.upper": upper,
  "destination.lower": lower,
  source: { name: "Source address", type: "group", clause },
  "source.upper": upper,
  "source.lower": lower,
});

const D = defineDiagnostics("hdlc", {
  address: {
    severity: "error",
    group: "malformed",
    message: "An HDLC address is not 1, 2 or 4 bytes long",
    clause,
    check: "The lowest bit of a byte is 1 where the address ends with it",
  },
});

export interface HdlcAddress {
  readonly upper: number;
  /** Not in an address of one byte. */
  readonly lower?: number;
  /** Bytes that the address takes: 1, 2 or 4; 3 is against the standard. */
  readonly length: number;
}

/** Who an address belongs to, where that is known. */
export type HdlcRole = "client" | "server" | undefined;

const longestAddress = 4;

/**
 * Bytes of the address at `at`: 1 to 4, 0 where the bytes end before the address does, -1 where it
 * does not end after four bytes.
 */
export function hdlcAddressLength(bytes: Uint8Array, at: number, end: number): number {
  for (let length = 1; length <= longestAddress; length++) {
    if (at + length > end) return 0;
    if (((bytes[at + length - 1] as number) & 1) === 1) return length;
  }
  return -1;
}

/** The address of `length` bytes at `at`; seven bits of each byte count. */
export function parseHdlcAddress(bytes: Uint8Array, at: number, length: number): HdlcAddress {
  const bits = (from: number, to: number) => {
    let value = 0;
    for (let i = from; i < to; i++) value = (value << 7) | ((bytes[at + i] as number) >> 1);
    return value;
  };
  const half = length >> 1;
  if (length !== 2 && length !== 4) return { upper: bits(0, length), length };
  return { upper: bits(0, half), lower: bits(half, length), length };
}

/**
 * Reads an address that does not go beyond `end`. Undefined, with nothing read, where it does or
 * has no end; the diagnostic is reported.
 */
export function decodeHdlcAddress(
  c: Cursor,
  end: number,
  which: "destination" | "source",
  role: HdlcRole,
): HdlcAddress | undefined {
  const start = c.offset;
  const length = hdlcAddressLength(c.bytes, start, end);
  if (length <= 0) {
    const detail = length === 0 ? `the ${which} address is cut off` : `the ${which} has no end`;
    c.report(D.address, start, Math.min(end, start + longestAddress), detail);
    return undefined;
  }
  const address = parseHdlcAddress(c.bytes, start, length);
  const shown = role ?? (length > 1 ? "server" : undefined);
  c.open(F[which]);
  if (address.lower === undefined) {
    leaf(c, F[`${which}.upper`], length, address.upper, upperName(address.upper, 1, shown));
  } else {
    const half = length / 2;
    leaf(c, F[`${which}.upper`], half, address.upper, upperName(address.upper, half, shown));
    leaf(c, F[`${which}.lower`], half, address.lower, lowerName(address.lower, half));
  }
  if (c.recording) c.dissection.recorder.describe(undefined, displayAddress(address));
  c.close();
  if (length === 3) c.report(D.address, start, c.offset, `the ${which} has 3`);
  return address;
}

/** `1/17`, or `16` where there is no lower address. */
function displayAddress(address: HdlcAddress): string {
  return address.lower === undefined ? `${address.upper}` : `${address.upper}/${address.lower}`;
}

function leaf(c: Cursor, field: Field, length: number, value: number, name: string | undefined) {
  c.leaf(field, length, value);
  if (name !== undefined && c.recording) c.note(name);
}

/** The name of a reserved upper address of `size` bytes. */
function upperName(address: number, size: number, role: HdlcRole): string | undefined {
  if (address === 0) return "no station";
  if (address === highest(size)) return "all stations (broadcast)";
  if (address === 0x01) {
    if (role === "server") return "management logical device";
    if (role === "client") return "client management process";
    return "management logical device, or client management process";
  }
  return address === 0x10 && role === "client" ? "public client" : undefined;
}

function lowerName(address: number, size: number): string | undefined {
  if (address === 0) return "no station";
  if (address === highest(size)) return "all stations (broadcast)";
  return address === highest(size) - 1 ? "CALLING physical device" : undefined;
}

function highest(size: number): number {
  return size === 1 ? 0x7f : 0x3fff;
}
