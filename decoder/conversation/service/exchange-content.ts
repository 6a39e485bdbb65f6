/** What a message says, in one number: to know it when it comes again, without keeping it. */
import type { ObservedFrame } from "../observed-frame.js";
import { isReadToItsEnd } from "./exchange-apdu.js";

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

/** Two lanes of FNV-1a with different factors, 32 and 21 bits of them, with the length. */
function printOf(bytes: Uint8Array, start: number, end: number): number {
  let high = 0x811c9dc5;
  let low = 0x811c9dc5 ^ (end - start);
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    high = Math.imul(high ^ byte, 0x01000193);
    low = Math.imul(low ^ byte, 0x5bd1e995);
  }
  return (high >>> 0) * 0x200000 + (low >>> 11);
}
