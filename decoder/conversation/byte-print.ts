/** Prints of byte strings: enough to know them again when they themselves are not kept. */

/**
 * 53 bits over the bytes from `start` to `end`, four at a time in two chains. `before` is the print
 * of what stood before them, so that several byte strings come to one print.
 */
export function printOf(
  bytes: Uint8Array,
  start = 0,
  end: number = bytes.length,
  before = 0,
): number {
  let low = (0x811c_9dc5 ^ before) | 0;
  let high = (end - start) ^ (before / 2 ** 32);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word =
      (bytes[i] ?? 0) |
      ((bytes[i + 1] ?? 0) << 8) |
      ((bytes[i + 2] ?? 0) << 16) |
      ((bytes[i + 3] ?? 0) << 24);
    low = Math.imul(low ^ word, 0x85eb_ca6b);
    low ^= low >>> 15;
    high = Math.imul(high ^ word, 0x5bd1_e995);
    high ^= high >>> 13;
  }
  for (; i < end; i++) {
    const byte = bytes[i] ?? 0;
    low = Math.imul(low ^ byte, 0x0100_0193);
    high = Math.imul(high ^ byte, 0x5bd1_e995) ^ (high >>> 15);
  }
  return ((high >>> 0) % 2 ** 21) * 2 ** 32 + (low >>> 0);
}
