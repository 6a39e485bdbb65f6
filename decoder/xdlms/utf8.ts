/** A text that was read from UTF-8. */
export interface Utf8Text {
  readonly text: string;
  /** How many places were no UTF-8; each is one U+FFFD in the text. */
  readonly faults: number;
}

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. Never throws;
 * a faulty sequence becomes one U+FFFD, and the byte that broke it is read afresh.
 */
export function decodeUtf8(bytes: Uint8Array): Utf8Text {
  let text = "";
  let faults = 0;
  let at = 0;
  while (at < bytes.length) {
    const size = sequenceLength(bytes, at);
    if (size > 0) {
      text += String.fromCodePoint(codePoint(bytes, at, size));
      at += size;
    } else {
      text += "\ufffd";
      faults += 1;
      at -= size;
    }
  }
  return { text, faults };
}

/** Bytes of the sequence at `at`; where it is faulty, minus the number of bytes to skip. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i];
    if (next === undefined || (next & 0xc0) !== 0x80) return -i;
    if (i === 1 && !secondByteFits(lead, next)) return -1;
  }
  return size;
}

/** Rules out overlong forms, surrogates and what is beyond U+10FFFF. */
function secondByteFits(lead: number, second: number): boolean {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0;
    case 0xed:
      return second < 0xa0;
    case 0xf0:
      return second >= 0x90;
    case 0xf4:
      return second < 0x90;
    default:
      return true;
  }
}

function codePoint(bytes: Uint8Array, at: number, size: number): number {
  const lead = bytes[at] ?? 0;
  let point = size === 1 ? lead : lead & (0x7f >> size);
  for (let i = 1; i < size; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return point;
}
