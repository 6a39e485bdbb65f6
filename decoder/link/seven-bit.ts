/** Characters of 7 data bits and even parity, as a receiver that is set to 8N1 sees them. */

/** Whether bits 0 to 7 hold an even number of ones. */
export function hasEvenParity(byte: number): boolean {
  let ones = byte;
  ones ^= ones >> 4;
  ones ^= ones >> 2;
  ones ^= ones >> 1;
  return (ones & 1) === 0;
}

/** A printable character, CR, LF or a tab. */
export function isTextByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a || byte === 0x09;
}
