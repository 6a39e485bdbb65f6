/**
 * Who talks to whom in a frame, found from the addresses that its link layer carries, before the
 * frame is dissected. Nothing here is a guess: what stays open is left to the conversation.
 */
import type { Direction } from "../chunk.js";
import type { ServerAddress } from "../frame.js";
import { type HdlcAddress, hdlcAddressLength, parseHdlcAddress } from "../link/hdlc/address.js";
import { parseHdlcControl } from "../link/hdlc/control.js";
import type { LinkFrame } from "../link/link-frame.js";

/** An end of a link, as the frame names it. */
interface End {
  readonly upper: number;
  readonly lower?: number;
}

/** The two ends, and what the frame alone tells of their roles. */
export interface Parties {
  readonly destination: End;
  readonly source: End;
  /** What the link layer proves: command frames and LLC headers. */
  readonly direction: Direction | null;
  /** What the sizes of the addresses tell; some meters write a client's address in two bytes. */
  readonly bySize?: Direction | null;
  /** Keeps devices of one line apart that use the same access points: the address on the M-Bus. */
  readonly bus?: string;
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
    case "mbus":
      return findMbusParties(frame.bytes);
    default:
      return undefined;
  }
}

/** The address of a server, in the contract's shape. */
export function toServerAddress(end: End): ServerAddress {
  return end.lower === undefined ? { upper: end.upper } : { upper: end.upper, lower: end.lower };
}

const flag = 0x7e;
const commands: ReadonlySet<string> = new Set(["SNRM", "DISC"]);
const answers: ReadonlySet<string> = new Set(["UA", "DM", "FRMR"]);
/** Control field and HCS stand between the addresses and an LLC header. */
const toLlc = 3;

function findHdlcParties(bytes: Uint8Array): Parties | undefined {
  let at = 0;
  while (bytes[at] === flag) at++;
  const destinationAt = at + 2;
  const destination = findHdlcEnd(bytes, destinationAt);
  if (destination === undefined) return undefined;
  const sourceAt = destinationAt + destination.length;
  const source = findHdlcEnd(bytes, sourceAt);
  if (source === undefined) return undefined;
  const controlAt = sourceAt + source.length;
  const direction =
    directionOfControl(bytes[controlAt]) ?? directionOfLlc(bytes, controlAt + toLlc);
  const bySize = directionOfAddressSizes(destination.length, source.length);
  return { destination, source, direction, bySize };
}

function findHdlcEnd(bytes: Uint8Array, at: number): HdlcAddress | undefined {
  const length = hdlcAddressLength(bytes, at, bytes.length);
  return length > 0 ? parseHdlcAddress(bytes, at, length) : undefined;
}

function directionOfControl(control: number | undefined): Direction | null {
  if (control === undefined) return null;
  const { type } = parseHdlcControl(control);
  if (commands.has(type)) return "client-to-server";
  return answers.has(type) ? "server-to-client" : null;
}

function directionOfLlc(bytes: Uint8Array, at: number): Direction | null {
  if (bytes[at] !== 0xe6) return null;
  if (bytes[at + 1] === 0xe6) return "client-to-server";
  if (bytes[at + 1] === 0xe7) return "server-to-client";
  return null;
}

/** A client's address always has one byte (IEC 62056-46, MAC addressing). */
function directionOfAddressSizes(destination: number, source: number): Direction | null {
  if (destination > 1 && source === 1) return "client-to-server";
  if (source > 1 && destination === 1) return "server-to-client";
  return null;
}

function findWrapperParties(bytes: Uint8Array): Parties | undefined {
  if (bytes.length < 6) return undefined;
  const port = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return {
    source: { upper: port(2) },
    destination: { upper: port(4) },
    direction: null,
  };
}

function findSaps(bytes: Uint8Array): Parties | undefined {
  const [, destination, source] = bytes;
  if (destination === undefined || source === undefined) return undefined;
  return {
    destination: { upper: destination },
    source: { upper: source },
    direction: null,
  };
}

/**
 * Long frames with the DLMS transport layer name the access points of both sides behind the CI
 * field: 68 L L 68, C, A, CI, STSAP, DTSAP.
 */
function findMbusParties(bytes: Uint8Array): Parties | undefined {
  const [start, , , , , address, information, source, destination] = bytes;
  if (start !== 0x68 || information === undefined || information > 0x1f) return undefined;
  if (source === undefined || destination === undefined || lacksAccessPoints(bytes)) {
    return undefined;
  }
  return {
    source: { upper: source },
    destination: { upper: destination },
    direction: null,
    bus: `mbus ${address}`,
  };
}

/** Some meters put the APDU behind the CI field at once: general-glo-ciphering and a title. */
function lacksAccessPoints(bytes: Uint8Array): boolean {
  return bytes[7] === 0xdb && bytes[8] === 0x08;
}
