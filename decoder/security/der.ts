/** Distinguished encoding rules (ITU-T X.690), as far as certificates need them. */

/** One value: its tag byte and what stands in it. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const derTags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * The values that `bytes` consist of, one behind the other. Undefined where they are not exactly
 * that: bytes left over, a length that is indefinite, not the shortest or beyond the end, or a tag of
 * more than one byte.
 */
export function readDer(bytes: Uint8Array): readonly DerValue[] | undefined {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const length = readLength(bytes, at + 1);
    if ((tag & 0x1f) === 0x1f || length === undefined) return undefined;
    const end = length.start + length.value;
    if (end > bytes.length) return undefined;
    values.push({ tag, content: bytes.subarray(length.start, end) });
    at = end;
  }
  return values;
}

/** The values inside of one that holds others; undefined also where it has another tag. */
export function insideOf(
  value: DerValue | undefined,
  tag: number,
): readonly DerValue[] | undefined {
  return value?.tag === tag ? readDer(value.content) : undefined;
}

/** The bytes of a bit string whose last byte is used up; undefined where it is no such string. */
export function bytesOfBitString(value: DerValue | undefined): Uint8Array | undefined {
  if (value?.tag !== derTags.bitString || value.content[0] !== 0) return undefined;
  return value.content.subarray(1);
}

function readLength(bytes: Uint8Array, at: number) {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, start: at + 1 };
  const size = first & 0x7f;
  // 3 bytes of length are 16 MB, more than any certificate.
  if (size === 0 || size > 3 || at + size >= bytes.length) return undefined;
  let value = 0;
  for (let i = at + 1; i <= at + size; i++) value = value * 256 + (bytes[i] ?? 0);
  const shortest = size === 1 ? value >= 0x80 : value >= 256 ** (size - 1);
  return shortest ? { value, start: at + 1 + size } : undefined;
}
