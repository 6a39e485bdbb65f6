import { standardNames } from "../cosem/standard-names.js";
import type { Frame } from "../frame.js";
import type { ObjectNames } from "../readings/described-reading.js";
import type { Reading } from "../readings/reading.js";
import type { CipheringStatus } from "../security/ciphering.js";
import { summarizeApdu } from "../xdlms/apdu-summary.js";
import { describeSubject } from "./exchange-summary.js";
import { presentableApdu } from "./hidden-secrets.js";
import { summarizeLink } from "./link-summary.js";
import { summarizeMeaning } from "./meaning-summary.js";

/**
 * What a frame means, in one line: the APDU if there is one, else what its link layer says. What
 * was deciphered is marked so. `readings` are those of the frame, where they are at hand.
 */
export function summarizeFrame(
  frame: Frame,
  names: ObjectNames = standardNames(),
  readings?: readonly Reading[],
): string {
  const { ciphering, apdu: whole } = frame;
  const apdu = presentableApdu(frame);
  if (apdu === undefined) return summarizeLink(frame);
  const text = summarizeApdu(apdu, describeSubject(frame));
  const marked = ciphering === undefined ? text : text + (marks[ciphering.status] ?? "");
  const meaning = apdu === whole ? summarizeMeaning(frame, names, readings) : undefined;
  return meaning === undefined ? marked : `${marked} | ${meaning}`;
}

const marks: Readonly<Partial<Record<CipheringStatus, string>>> = {
  decrypted: " [decrypted]",
  "decrypted-not-authenticated": " [decrypted, not authenticated]",
};
