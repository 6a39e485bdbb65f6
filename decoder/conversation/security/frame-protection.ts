/** What protects the APDU of a frame, read from the outcome of its deciphering. */

import type { CipheredApdu } from "../../security/ciphered-apdu.js";
import type { Ciphering } from "../../security/ciphering.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { ObservedFrame } from "../observed-frame.js";

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
  if (frame.apdus.some(({ name }) => name === "general-signing")) return "unknown";
  if (ciphering === undefined) {
    return frame.apdus.some(({ name }) => isCiphering(name)) ? "unknown" : "clear";
  }
  const suite = ciphering["security-suite"];
  const control = cipheredApduIn(frame.apdu)?.["security-control"];
  if (control !== undefined) {
    const { authentication, encryption } = control;
    return authentication || encryption ? { authentication, encryption, suite } : "unknown";
  }
  const { status, encrypted: encryption, compressed } = ciphering;
  switch (status) {
    case "decrypted":
    case "counter-replayed":
      // A tag that could not be checked is another status, so that here there is none.
      return { authentication: ciphering.authenticated, encryption, suite };
    case "decrypted-not-authenticated":
      // Of compressed content it is said with and without a tag.
      return compressed === true ? "unknown" : { authentication: true, encryption, suite };
    case "tag-mismatch":
      return { authentication: true, encryption, suite };
    default:
      return "unknown";
  }
}

/** Whether an APDU of that name is one of ciphering. */
export function isCiphering(name: string): boolean {
  return /^(glo|ded)-/.test(name) || /^general-(glo-|ded-)?ciphering$/.test(name);
}

/** Whether a service is one of dedicated ciphering. */
export function isDedicated(service: string): boolean {
  return service.startsWith("ded-") || service === "general-ded-ciphering";
}

/** Whether the content was opened with a key that is known. */
export function isOpened({ status, key }: Ciphering): boolean {
  return (status.startsWith("decrypted") || status === "counter-replayed") && key !== undefined;
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
