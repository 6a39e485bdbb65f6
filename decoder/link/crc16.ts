/** CRC-16/X-25: the FCS and the HCS of HDLC (polynomial x^16 + x^12 + x^5 + 1, bits reflected). */

const table = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder & 1) === 1 ? (remainder >> 1) ^ 0x8408 : remainder >> 1;
  }
  table[byte] = remainder;
}

/**
 * The check sequence over `bytes` `start` to `end`, as a number; on the line its low byte comes
 * first. The caller has checked the bounds.
 */
export function crc16X25(bytes: Uint8Array, start: number, end: number): number {
  let remainder = 0xffff;
  for (let i = start; i < end; i++) {
    remainder = (remainder >> 8) ^ (table[(remainder ^ (bytes[i] as number)) & 0xff] as number);
  }
  return remainder ^ 0xffff;
}

/** Whether the two bytes at `end` are the check sequence over `start` to `end`. */
export function hasCrc16X25(bytes: Uint8Array, start: number, end: number): boolean {
  const low = bytes[end];
  const high = bytes[end + 1];
  if (low === undefined || high === undefined) return false;
  return crc16X25(bytes, start, end) === (low | (high << 8));
}
