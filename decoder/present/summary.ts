import type { Frame } from "../frame.js";
import { summarizeApdu } from "../xdlms/apdu-summary.js";
import { summarizeLink } from "./link-summary.js";

/** What a frame means, in one line: the APDU if there is one, else what its link layer says. */
export function summarizeFrame(frame: Frame): string {
  return frame.apdu === undefined ? summarizeLink(frame) : summarizeApdu(frame.apdu);
}
