/** FRMR in words. */
import type { HdlcFrameReject } from "../../link/hdlc/frame-reject.js";
import { joinWords } from "./hdlc-link-frame.js";

const reasonWords: ReadonlyMap<string, string> = new Map([
  ["W", "its control field is not known"],
  ["X", "an information field is not allowed in it"],
  ["Y", "its information field is too long"],
  ["Z", "its N(R) is not valid"],
]);

/** `I N(S) 2 N(R) 5; its N(R) is not valid`. */
export function describeReject(reject: HdlcFrameReject): string {
  const { type, "send-sequence": sent, "receive-sequence": received } = reject["rejected-control"];
  const numbers = [
    ...(sent === undefined ? [] : [`N(S) ${sent}`]),
    ...(received === undefined ? [] : [`N(R) ${received}`]),
  ];
  const reasons = reject.reasons.map((reason) => reasonWords.get(reason) ?? reason);
  const rejected = [type, ...numbers].join(" ");
  return `${rejected}; ${reasons.length === 0 ? "no reason is given" : joinWords(reasons)}`;
}
