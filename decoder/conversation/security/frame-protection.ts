/** What protects the APDU of a frame, read from the outcome of its deciphering. */

import type { CipheredApdu } from "../../security/ciphered-apdu.js";
import type { Ciphering } from "../../security/ciphering.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import { judgedOnce } from "../judged-once.js";
import type { ObservedApdu, ObservedFrame } from "../observed-frame.js";

/** The protection that the security control byte asks for. */
export interface Protection {
  readonly authentication: boolean;
  readonly encryption: boolean;
  readonly suite: number;
}

/**
 * How the APDU of a frame is protected: `clear` without ciphering, `unknown` where what is there
 * does not tell (a signed APDU, a header without protection as loggers leave it, broken bytes).
 */
export function protectionOf(frame: ObservedFrame): Protection | "clear" | "unknown" {
  const { ciphering } = frame;
  if (isSigned(frame.apdus)) return "unknown";
  if (ciphering === undefined) return hasCiphering(frame.apdus) ? "unknown" : "clear";
  const suite = ciphering["security-suite"];
  const control = cipheredApduIn(frame.apdu)?.["security-control"];
  if (control !== undefined) {
    const { authentication, encryption } = control;
    return authentication || encryption ? protection(authentication, encryption, suite) : "unknown";
  }
  const { status, encrypted: encryption, compressed } = ciphering;
  switch (status) {
    case "decrypted":
    case "counter-replayed":
      // A tag that could not be checked is another status, so that here there is none.
      return protection(ciphering.authenticated, encryption, suite);
    case "decrypted-not-authenticated":
      // Of compressed content it is said with and without a tag.
      return compressed === true ? "unknown" : protection(true, encryption, suite);
    case "tag-mismatch":
      return protection(true, encryption, suite);
    default:
      return "unknown";
  }
}

function isSigned(apdus: readonly ObservedApdu[]): boolean {
  for (const { name } of apdus) if (name === "general-signing") return true;
  return false;
}

function hasCiphering(apdus: readonly ObservedApdu[]): boolean {
  for (const { name } of apdus) if (isCiphering(name)) return true;
  return false;
}

/** Whether an APDU of that name is one of ciphering. */
const isCiphering = judgedOnce(
  (name) => /^(glo|ded)-/.test(name) || /^general-(glo-|ded-)?ciphering$/.test(name),
);

/** All that a security control byte can ask for: they outlive their frames, so each is there once. */
const protections: readonly Protection[] = Array.from({ length: 64 }, (_, bits) =>
  Object.freeze({
    authentication: (bits & 1) !== 0,
    encryption: (bits & 2) !== 0,
    suite: bits >> 2,
  }),
);

function protection(authentication: boolean, encryption: boolean, suite: number): Protection {
  const bits = (suite << 2) | (encryption ? 2 : 0) | (authentication ? 1 : 0);
  return protections[bits] ?? { authentication, encryption, suite };
}

/** Whether a service is one of dedicated ciphering. */
export function isDedicated(service: string): boolean {
  return service.startsWith("ded-") || service === "general-ded-ciphering";
}

/** Whether the content was opened with a key that is known. */
export function isOpened({ status, key }: Ciphering): boolean {
  if (key === undefined) return false;
  return (
    status === "decrypted" ||
    status === "decrypted-not-authenticated" ||
    status === "counter-replayed"
  );
}

/** The APDU that stayed ciphered: that of the frame, or the one in its user-information. */
export function cipheredApduIn(apdu: Apdu | undefined): CipheredApdu | undefined {
  if (apdu === undefined) return undefined;
  if ("ciphered-data" in apdu) return apdu as CipheredApdu;
  if (!("user-information" in apdu)) return undefined;
  const inside = apdu["user-information"];
  if (typeof inside !== "object" || inside === null || !("ciphered-data" in inside)) {
    return undefined;
  }
  return inside as CipheredApdu;
}

/** What the label of a key says: its role, and the frame that taught it. */
export interface KeyOfLabel {
  readonly role: "global-unicast" | "global-broadcast" | "dedicated";
  /** Undefined where the key is out of a key set. */
  readonly learntIn: number | undefined;
}

const label = /(?:^| )(global-unicast|global-broadcast|dedicated)(?:, learnt in frame (\d+))?$/;

/**
 * Reads the label that the deciphering gave its key: `meter 1 global-unicast`, `dedicated, learnt
 * in frame 3`. Undefined for keys that an APDU brings itself and no other APDU is under.
 */
export function keyOfLabel(text: string): KeyOfLabel | undefined {
  const [, role, frame] = label.exec(text) ?? [];
  if (role !== "global-unicast" && role !== "global-broadcast" && role !== "dedicated") {
    return undefined;
  }
  return { role, learntIn: frame === undefined ? undefined : Number(frame) };
}
