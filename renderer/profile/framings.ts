/** Framings that bytes without packets can be said to have; `auto`: found by their content. */
export const framings = ["auto", "hdlc", "wrapper", "llc", "llc-61334", "mbus", "apdu", "p1"];

/** As a choice of one. */
export function framingName(framing: string): string {
  return framing === "auto" ? "found by their content" : framing;
}
