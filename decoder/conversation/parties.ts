/**
 * Who talks to whom in a frame, found from the addresses that its link layer carries, before the
 * frame is dissected. Nothing here is a guess: what stays open is left to the conversation.
 */
import type { Direction } from "../chunk.js";
import type { ServerAddress } from "../frame.js";
import type { LinkFrame } from "../link/link-frame.js";

/** An end of a link, as the frame names it. */
interface End {
  readonly upper: number;
  readonly lower: number | undefined;
}

/** The two ends, and what the frame alone tells of their roles. */
export interface Parties {
  readonly destination: End;
  readonly source: End;
  /** What the link layer proves: command frames, LLC headers, the size of an address. */
  readonly direction: Direction | null;
}

/** Reads the ends of a frame; undefined where its framing names none. */
export function findParties(frame: LinkFrame): Parties | undefined {
  switch (frame.framing) {
    case "hdlc":
      return findHdlcParties(frame.bytes);
    case "wrapper":
      return findWrapperParties(frame.bytes);
    case "llc-61334":
      return findSaps(frame.bytes);
    default:
      return undefined;
  }
}

/** The address of a server, in the contract's shape. */
export function toServerAddress(end: End): ServerAddress {
  return end.lower === undefined ? { upper: end.upper } : { upper: end.upper, lower: end.lower };
}

const commandControls = new Set([0x83, 0x43]); // SNRM, DISC without the P bit
const responseControls = new Set([0x63, 0x0f, 0x87]); // UA, DM, FRMR without the F bit
const pollFinal = 0x10;

function findHdlcParties(bytes: Uint8Array): Parties | undefined {
  let at = 0;
  while (bytes[at] === 0x7e) at++;
  at += 2;
  const destination = readHdlcAddress(bytes, at);
  if (destination === undefined) return undefined;
  const source = readHdlcAddress(bytes, at + destination.size);
  if (source === undefined) return undefined;
  const controlAt = at + destination.size + source.size;
  const control = (bytes[controlAt] ?? 0) & ~pollFinal;
  const direction =
    directionOfControl(control) ??
    directionOfLlc(bytes, controlAt + 3) ??
    directionOfAddressSizes(destination.size, source.size);
  return { destination: destination.end, source: source.end, direction };
}

function directionOfControl(control: number): Direction | null {
  if (commandControls.has(control)) return "client-to-server";
  if (responseControls.has(control)) return "server-to-client";
  return null;
}

function directionOfLlc(bytes: Uint8Array, at: number): Direction | null {
  if (bytes[at] !== 0xe6) return null;
  if (bytes[at + 1] === 0xe6) return "client-to-server";
  if (bytes[at + 1] === 0xe7) return "server-to-client";
  return null;
}

/** A client's address always has one byte (IEC 62056-46, HDLC addressing). */
function directionOfAddressSizes(destination: number, source: number): Direction | null {
  if (destination > 1 && source === 1) return "client-to-server";
  if (source > 1 && destination === 1) return "server-to-client";
  return null;
}

/** An HDLC address ends with the byte whose lowest bit is set; 1, 2 or 4 bytes. */
function readHdlcAddress(bytes: Uint8Array, at: number): { end: End; size: number } | undefined {
  let size = 1;
  while (((bytes[at + size - 1] ?? 1) & 1) === 0) {
    size++;
    if (size > 4) return undefined;
  }
  if (at + size > bytes.length || size === 3) return undefined;
  const part = (index: number) => (bytes[at + index] ?? 0) >> 1;
  if (size === 1) return { end: { upper: part(0), lower: undefined }, size };
  if (size === 2) return { end: { upper: part(0), lower: part(1) }, size };
  return { end: { upper: part(0) * 128 + part(1), lower: part(2) * 128 + part(3) }, size };
}

function findWrapperParties(bytes: Uint8Array): Parties | undefined {
  if (bytes.length < 6) return undefined;
  const port = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return {
    source: { upper: port(2), lower: undefined },
    destination: { upper: port(4), lower: undefined },
    direction: null,
  };
}

function findSaps(bytes: Uint8Array): Parties | undefined {
  const [, destination, source] = bytes;
  if (destination === undefined || source === undefined) return undefined;
  return {
    destination: { upper: destination, lower: undefined },
    source: { upper: source, lower: undefined },
    direction: null,
  };
}
