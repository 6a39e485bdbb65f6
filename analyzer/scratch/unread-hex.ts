/** Rows of hex that nothing was read from: what stands around them speaks against bytes. */
import type { MisspelledHex } from "./misspelled-hex.js";
import type { PlacedText, TextRange } from "./placed-text.js";

/** Four pairs and more; a longer row is found in parts. */
const row =
  /(?<![0-9A-Za-z])(?:(?:0x)?[0-9A-Fa-f]{2}(?:, ?| {1,2})){3,4095}(?:0x)?[0-9A-Fa-f]{2}(?![0-9A-Za-z])/g;

/**
 * Finds rows of pairs, not all of digits nor all of letters, of which no pair is a byte of a frame.
 * At most `limit`, in the order of the text.
 */
export function findUnreadHex(
  placed: PlacedText,
  misspelled: readonly MisspelledHex[],
  limit: number,
): TextRange[] {
  const found: TextRange[] = [];
  let known = 0;
  for (const { 0: pairs, index: start } of placed.text.matchAll(row)) {
    if (found.length >= limit) break;
    const end = start + pairs.length;
    while ((misspelled[known]?.end ?? end) < start) known += 1;
    const isKnown = (misspelled[known]?.start ?? end) < end;
    const bare = pairs.replaceAll("0x", "");
    if (isKnown || !/[A-Fa-f]/.test(bare) || !/\d/.test(bare)) continue;
    if (!hasBytes(placed, start, end)) found.push({ start, end });
  }
  return found;
}

function hasBytes(placed: PlacedText, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (placed.isByteAt(at)) return true;
  return false;
}
