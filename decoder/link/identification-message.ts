/**
 * The identification message of IEC 62056-21, `/XXXZ...` CR LF: a meter's answer to the request
 * message, and the first line of a P1 telegram. Characters are compared without bit 7, so that a
 * line with parity bits is found as well.
 */
import { hasEvenParity, isTextByte } from "./seven-bit.js";

/** The standard allows 16 characters behind the baud rate; makers write more. */
const longestIdentification = 80;

/**
 * Whether an identification message stands at `at`: its length with the line end, 0 where more
 * bytes are needed to say so, -1 where it cannot be one. LF alone is taken for the line end too,
 * because logs often drop the CR.
 */
export function probeIdentification(bytes: Uint8Array, at: number): number {
  const parity = bytes[at] === 0xaf;
  if (!parity && bytes[at] !== 0x2f) return -1;
  const end = Math.min(bytes.length, at + longestIdentification);
  for (let i = at + 1; i < end; i++) {
    const byte = bytes[i] as number;
    if (parity && !hasEvenParity(byte)) return -1;
    const character = parity ? byte & 0x7f : byte;
    const place = i - at;
    if (place <= 3) {
      if (!isLetter(character)) return -1;
    } else if (character === 0x0a) {
      return place + 1;
    } else if (!isTextByte(character) && character !== 0x02) {
      // A backslash and 2 that went through a program became the character 02.
      return -1;
    }
  }
  return end === bytes.length && end - at < longestIdentification ? 0 : -1;
}

function isLetter(character: number): boolean {
  return (character >= 0x41 && character <= 0x5a) || (character >= 0x61 && character <= 0x7a);
}
