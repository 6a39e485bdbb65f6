/** Which framing the bytes of a flow have: told by the user, by the port, or by what they are. */
import { readUnsigned } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { isApduTag } from "../../xdlms/apdu-tags.js";
import { detectFraming } from "../detect.js";
import type { Framing, StreamNotice } from "../link-frame.js";
import { probeMbus } from "../mbus.js";
import { wrapperHeaderLength } from "../wrapper.js";

const D = defineDiagnostics("packet", {
  "framing-assumed": {
    severity: "info",
    group: "assumption",
    message: "The port is not one of DLMS; the content looks like it",
    check: "Say what it is (--decode-as) where the guess is wrong",
  },
});

/** What a rule of the user applies to. `user` is 0 to 15, for LINKTYPE_USER0 to 15. */
export type DecodeAsSelector = "tcp.port" | "udp.port" | "user" | "link-type";

/** A rule of the user: bytes of this port or link type have this framing. */
export interface DecodeAs {
  readonly selector: DecodeAsSelector;
  readonly value: number;
  /** `packet`: leave them alone. */
  readonly framing: Framing;
}

/** The port that IANA has given to DLMS/COSEM. */
const dlmsPort = 4059;

/** What is known of a flow's framing before its first byte. */
export interface FramingRule {
  /** The framing that the user has set. */
  readonly fixed: Framing | undefined;
  /** The port says that it is DLMS. */
  readonly expected: boolean;
}

/** The rule for a flow between two ports. */
export function findPortRule(
  rules: readonly DecodeAs[],
  selector: "tcp.port" | "udp.port",
  ports: readonly number[],
): FramingRule {
  const rule = rules.find((one) => one.selector === selector && ports.includes(one.value));
  return { fixed: rule?.framing, expected: ports.includes(dlmsPort) };
}

/** The framing that the user has set for a link type. */
export function findLinkTypeRule(rules: readonly DecodeAs[], linkType: number): FramingRule {
  const firstUser = 147;
  const rule = rules.find(
    ({ selector, value }) =>
      (selector === "link-type" && value === linkType) ||
      (selector === "user" && value + firstUser === linkType),
  );
  return { fixed: rule?.framing, expected: true };
}

/** What the first frame of a flow has to say about its framing. */
export function assumptionOf(rule: FramingRule, framing: Framing): StreamNotice | undefined {
  if (rule.fixed !== undefined || (rule.expected && framing === "wrapper")) return undefined;
  return { definition: D["framing-assumed"], detail: `read as ${framing}` };
}

/** Messages without a length of their own: they end where the packet does. */
export function isMessageFraming(framing: Framing): boolean {
  return framing === "llc" || framing === "llc-61334" || framing === "apdu";
}

/**
 * The framing of bytes that begin a stream or a segment of it: "more" where there are too few to
 * tell, undefined where they are no DLMS. On a port that is not DLMS's own only unmistakable signs
 * count.
 */
export function detectFlowFraming(
  bytes: Uint8Array,
  expected: boolean,
): Framing | "more" | undefined {
  switch (bytes[0]) {
    case 0x00:
      return detectWrapper(bytes, expected);
    case 0x7e:
      return detectHdlc(bytes);
    case 0x68: {
      const length = probeMbus(bytes, 0, false);
      if (length !== 0) return length > 0 ? "mbus" : undefined;
      return "more";
    }
    default:
      return expected ? detectFraming(bytes, 0, false, true) : undefined;
  }
}

function detectWrapper(bytes: Uint8Array, expected: boolean): Framing | "more" | undefined {
  if (bytes.length < 2) return "more";
  if (bytes[1] !== 1) return undefined;
  if (bytes.length <= wrapperHeaderLength) return "more";
  return isWrapperHeader(bytes, 0, expected) ? "wrapper" : undefined;
}

/**
 * Whether a wrapper's header and the first byte of an APDU stand at `at`. The caller has seen to
 * it that they are there. A Modbus/TCP message with transaction number 1 looks much like it: its
 * protocol number is 0, and its length says exactly how many bytes follow.
 */
export function isWrapperHeader(bytes: Uint8Array, at: number, expected: boolean): boolean {
  if (readUnsigned(bytes, at, 2) !== 1 || readUnsigned(bytes, at + 6, 2) === 0) return false;
  if (expected) return true;
  const isModbus =
    readUnsigned(bytes, at + 2, 2) === 0 &&
    readUnsigned(bytes, at + 4, 2) === bytes.length - at - 6;
  return isApduTag(bytes[at + wrapperHeaderLength]) && !isModbus;
}

/** Flags, then a frame format field of type 3; the closing flag where it is there already. */
function detectHdlc(bytes: Uint8Array): Framing | "more" | undefined {
  let at = 0;
  while (bytes[at] === 0x7e) at += 1;
  const [high, low] = [bytes[at], bytes[at + 1]];
  if (high === undefined) return "more";
  if (high >> 4 !== 0x0a) return undefined;
  if (low === undefined) return "more";
  const length = ((high & 0x07) << 8) | low;
  const leastLength = 7;
  if (length < leastLength) return undefined;
  const closing = bytes[at + length];
  return closing === undefined || closing === 0x7e ? "hdlc" : undefined;
}
