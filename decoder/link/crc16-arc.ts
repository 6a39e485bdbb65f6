/** The CRC of P1 telegrams: CRC-16/ARC, x^16 + x^15 + x^2 + 1, bits reversed, no preset. */

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});

/** Adds one byte to a CRC that began as 0. */
export function updateCrc16(crc: number, byte: number): number {
  return (crc >> 8) ^ (table[(crc ^ byte) & 0xff] as number);
}
