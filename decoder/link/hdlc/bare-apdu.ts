/** Tells an APDU that stands in a frame without an LLC header from the rest of an earlier one. */

/**
 * Whether `bytes` `start` to `end` are one whole APDU. Only those that prove it: by a length that
 * reaches exactly to the end, or by the date-time and data of a push.
 */
export function isBareApdu(bytes: Uint8Array, start: number, end: number): boolean {
  const tag = bytes[start];
  switch (tag) {
    case 0x60: // AARQ, AARE, RLRQ, RLRE: a BER length
    case 0x61:
    case 0x62:
    case 0x63:
      return end - start >= 4 && reaches(bytes, start + 1, end);
    case 0xdb: // general-glo-ciphering, general-ded-ciphering, behind a system title
    case 0xdc:
      return bytes[start + 1] === 8 && reaches(bytes, start + 10, end);
    case 0xe0: // general-block-transfer, behind block control and two block numbers
      return reaches(bytes, start + 6, end);
    case 0x0f:
      return isDataNotification(bytes, start, end);
    default:
      return false;
  }
}

/** Whether a length field at `at` counts the bytes behind it up to `end` (BER and A-XDR alike). */
function reaches(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at];
  if (first === undefined || at >= end) return false;
  if (first < 0x80) return at + 1 + first === end;
  const size = first & 0x7f;
  if (size < 1 || size > 2 || at + 1 + size > end) return false;
  let length = 0;
  for (let i = at + 1; i <= at + size; i++) length = length * 256 + (bytes[i] as number);
  return at + 1 + size + length === end;
}

/** Tag, Long-Invoke-Id-And-Priority, date-time of 0 or 12 bytes, then an array or a structure. */
function isDataNotification(bytes: Uint8Array, start: number, end: number): boolean {
  const length = bytes[start + 5];
  if (length !== 0 && length !== 12) return false;
  const data = start + 6 + length;
  if (data + 2 > end) return false;
  if (length === 12 && bytes[start + 6] !== 0x07) return false; // years 1792 to 2047
  return bytes[data] === 0x01 || bytes[data] === 0x02;
}
