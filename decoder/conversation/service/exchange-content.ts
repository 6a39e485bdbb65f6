/** What a message says, in one number: to know it when it comes again, without keeping it. */
import { printOf } from "../byte-print.js";
import type { ObservedFrame } from "../observed-frame.js";
import { isReadToItsEnd } from "../whole-apdu.js";

/**
 * A print of what a frame says, a safe integer. The link may number its frames anew, so that the
 * bytes of the innermost APDU count; of what was not read, those of the frame.
 */
export function printOfContent({ apdu, content, bytes, framing }: ObservedFrame): number {
  if (content !== undefined && apdu !== undefined && isReadToItsEnd(apdu)) {
    return printOf(content.bytes, content.start, content.end);
  }
  if (framing !== "hdlc") return printOf(bytes, 0, bytes.length);
  // Frames that follow each other may share a flag.
  let start = 0;
  let end = bytes.length;
  while (start < end && bytes[start] === flag) start++;
  while (end > start && bytes[end - 1] === flag) end--;
  return printOf(bytes, start, end);
}

const flag = 0x7e;
