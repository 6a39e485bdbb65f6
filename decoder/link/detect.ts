/**
 * How bytes show their framing. Self-delimiting formats are known by a probe, that tells the length
 * of the frame at a position; messages without a length of their own are known by their first
 * bytes, and only where the source saw a boundary.
 */
import { isApduTag } from "../xdlms/apdu-tags.js";
import { probeBareHdlc, probeHdlc } from "./hdlc/hdlc.js";
import { probeIec6205621 } from "./iec-62056-21-probe.js";
import type { Framing } from "./link-frame.js";
import { probeMbus } from "./mbus.js";
import { probeP1 } from "./p1.js";
import { probeWrapper, wrapperHeaderLength } from "./wrapper.js";

/** Length of the frame at `at`; 0: more bytes are needed to tell; -1: none begins there. */
export type Probe = (bytes: Uint8Array, at: number, ended: boolean) => number;

/** One way in which a frame can begin. */
export interface FrameStart {
  readonly framing: Framing;
  readonly probe: Probe;
  /** Only where a message of the source begins: too weak a sign to be found between other bytes. */
  readonly atBoundary?: true;
  /** Bytes that an unfinished frame must have to keep its framing. */
  readonly header: number;
  /** Why bytes are taken for this framing. */
  readonly reason: string;
}

const hdlc: FrameStart = {
  framing: "hdlc",
  probe: probeHdlc,
  header: 3,
  reason: "HDLC, for a flag and a frame format field of type 3 begin it",
};
const bareHdlc: FrameStart = {
  framing: "hdlc",
  probe: probeBareHdlc,
  atBoundary: true,
  header: 9,
  reason: "HDLC without flags, for the frame format's length and the FCS fit",
};
const wrapper: FrameStart = {
  framing: "wrapper",
  probe: probePlausibleWrapper,
  header: wrapperHeaderLength + 1,
  reason: "DLMS wrapper, for version 1, a length and a known APDU tag begin it",
};
const mbus: FrameStart = {
  framing: "mbus",
  probe: probeMbus,
  header: 7,
  reason: "M-Bus, for start, length and stop characters fit",
};
const p1: FrameStart = {
  framing: "p1",
  probe: probeP1,
  header: 6,
  reason: "P1 telegram, for an identification and an empty line begin it",
};
const cipheredP1: FrameStart = {
  framing: "p1",
  probe: probeGeneralGlobalCiphering,
  header: 11,
  reason: "ciphered P1 telegram, for a general-glo-ciphering header begins it",
};
const generalGlobalCiphering: FrameStart = {
  framing: "apdu",
  probe: probeGeneralGlobalCiphering,
  header: 11,
  reason: "bare APDU, for a general-glo-ciphering header begins it",
};
const iec6205621: FrameStart = {
  framing: "iec-62056-21",
  probe: probeIec6205621,
  header: 5,
  reason: "IEC 62056-21, for a message of its data exchange stands there",
};

const anyFraming: readonly FrameStart[] = [
  hdlc,
  bareHdlc,
  wrapper,
  mbus,
  p1,
  generalGlobalCiphering,
  iec6205621,
];

/** The ways in which frames of one framing begin, or of any; in the order of trust. */
export function frameStarts(framing: Framing | "auto"): readonly FrameStart[] {
  switch (framing) {
    case "auto":
      return anyFraming;
    case "hdlc":
      return [hdlc, bareHdlc];
    case "wrapper":
      return [{ ...wrapper, probe: probeWrapper, header: wrapperHeaderLength }];
    case "mbus":
      return [mbus];
    case "p1":
      return [p1, cipheredP1];
    case "iec-62056-21":
      // Mode E goes on in HDLC.
      return [iec6205621, hdlc];
    default:
      return [];
  }
}

const formatType3 = Array.from({ length: 16 }, (_, low) => 0xa0 | low);

/** First bytes with which a frame of `start` can begin. */
export function firstBytes(start: FrameStart): readonly number[] {
  if (start === bareHdlc) return formatType3;
  if (start.probe === probeGeneralGlobalCiphering) return [0xdb];
  switch (start.framing) {
    case "hdlc":
      return [0x7e];
    case "wrapper":
      return [0x00];
    case "mbus":
      return [0x68, 0x10, 0xe5];
    case "p1":
      return [0x2f, 0xaf];
    default:
      // Start of header, of text, acknowledgement, not acknowledged, `/`; also with a parity bit.
      return [0x01, 0x81, 0x02, 0x82, 0x06, 0x15, 0x95, 0x2f, 0xaf];
  }
}

/**
 * The framing of a message that begins at `at` and ends where the source says: a bare APDU or one
 * behind an LLC header. "more" where the bytes do not tell yet, undefined where they are none.
 */
export function detectMessage(
  bytes: Uint8Array,
  at: number,
  ended: boolean,
): Framing | "more" | undefined {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === undefined) return ended ? undefined : "more";
  if (first === 0xe6 && (second === 0xe6 || second === 0xe7) && (bytes[at + 2] ?? 0) === 0) {
    return bytes.length - at < 3 ? (ended ? undefined : "more") : "llc";
  }
  const llc = first === 0x90;
  const apdu = llc && bytes.length - at <= 3 ? "more" : isApduStart(bytes, llc ? at + 3 : at);
  if (apdu === "more") return ended ? undefined : "more";
  if (!apdu) return undefined;
  return llc ? "llc-61334" : "apdu";
}

export const messageReasons: Readonly<Partial<Record<Framing, string>>> = {
  llc: "LLC, for E6 E6 00 or E6 E7 00 begins it",
  "llc-61334": "IEC 61334-4-32 LLC, for 90 and a known APDU tag begin it",
  apdu: "bare APDU, for a known tag and a fitting second byte begin it",
};

/**
 * The framing of the bytes at `at`, by the first sign that fits: "more" where there are too few of
 * them to tell, undefined where nothing fits. `boundary` says that the source saw a message begin
 * there; `ended`, that no bytes follow.
 */
export function detectFraming(
  bytes: Uint8Array,
  at: number,
  ended: boolean,
  boundary: boolean,
): Framing | "more" | undefined {
  let more = false;
  for (const start of anyFraming) {
    if (start.atBoundary === true && !boundary) continue;
    if (!firstBytes(start).includes(bytes[at] ?? -1)) continue;
    const length = start.probe(bytes, at, ended);
    if (length > 0) return start.framing;
    if (length === 0) more = true;
  }
  if (more && !ended) return "more";
  return boundary ? detectMessage(bytes, at, ended) : undefined;
}

/** A wrapper PDU with a known APDU tag, and a wPort as small as those of clients are. */
function probePlausibleWrapper(bytes: Uint8Array, at: number): number {
  if (bytes.length - at > wrapperHeaderLength) {
    if (bytes[at + 2] !== 0 && bytes[at + 4] !== 0) return -1;
    if (!isApduTag(bytes[at + wrapperHeaderLength])) return -1;
  }
  return probeWrapper(bytes, at);
}

/**
 * A general-glo-ciphering APDU with a system title of 8 bytes that begins with a maker's three
 * letters, and a security control byte of a known suite.
 */
function probeGeneralGlobalCiphering(bytes: Uint8Array, at: number): number {
  const left = bytes.length - at;
  if (bytes[at] !== 0xdb || (left > 1 && bytes[at + 1] !== 8)) return -1;
  for (let i = 2; i < Math.min(left, 5); i++) {
    const letter = bytes[at + i] as number;
    if (letter < 0x41 || letter > 0x5a) return -1;
  }
  if (left < 15) return 0;
  const form = bytes[at + 10] as number;
  const size = form < 0x80 ? 0 : form & 0x7f;
  if (size > 2) return -1;
  let length = size === 0 ? form : 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[at + 10 + i] as number);
  const securityControl = bytes[at + 11 + size] as number;
  if (length < 5 || (securityControl & 0x0f) > 2 || (securityControl & 0x30) === 0) return -1;
  const total = 11 + size + length;
  return left < total ? 0 : total;
}

/** The highest byte that can stand behind a tag, where not every byte can. */
const highestSecondBytes = new Map<number, number>([
  ...row([0x05, 0x06, 0x0c, 0x0d, 0x16, 0x18], 0x82),
  ...row([0x0e], 0x0a),
  ...row([0x60, 0x61, 0x62, 0x63], 0x82),
  ...row([0x21, 0x25, 0x26, 0x28, 0x2c, 0x2d, 0x2e, 0x36, 0x38], 0x84),
  ...row([0x41, 0x45, 0x46, 0x48, 0x4c, 0x4d, 0x4e, 0x56, 0x58], 0x84),
  ...row([0xc0, 0xc4], 3),
  ...row([0xc1, 0xc3, 0xc5, 0xc7], 6),
  ...row([0xc2], 1),
  ...row([0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xcf], 0x84),
  ...row([0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd7], 0x84),
  ...row([0xd8], 6),
  ...row([0xdb, 0xdc, 0xdd, 0xdf], 0x40),
]);

function row(tags: readonly number[], highest: number): [number, number][] {
  return tags.map((tag) => [tag, highest]);
}

/** Whether an APDU can begin at `at`, by its tag and the byte behind it. */
function isApduStart(bytes: Uint8Array, at: number): boolean | "more" {
  const tag = bytes[at] as number;
  if (!isApduTag(tag)) return false;
  const second = bytes[at + 1];
  return second === undefined ? "more" : second <= (highestSecondBytes.get(tag) ?? 0xff);
}
