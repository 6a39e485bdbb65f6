/** So much may be control characters: a serial log may hold a few odd ones. */
const CONTROL_SHARE = 0.02;
/** So much may be bytes above 127 that are not UTF-8. */
const LATIN1_SHARE = 0.15;

/**
 * Whether a file that begins with `head` is text: UTF-8, with or without a byte order mark, UTF-16
 * with one, or Latin-1. Zero bytes and many control characters mean that it is not. Whether there
 * is any hex in it is not asked. False for no bytes at all.
 */
export function looksLikeText(head: Uint8Array): boolean {
  const [a, b, c] = head;
  if (head.length === 0) return false;
  if (a === 0xff && b === 0xfe) return looksLikeUtf16(head, 0);
  if (a === 0xfe && b === 0xff) return looksLikeUtf16(head, 1);
  const start = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  let controls = 0;
  let high = 0;
  for (let at = start; at < head.length; at += 1) {
    const byte = head[at] ?? 0;
    if (byte === 0) return false;
    if (byte < 0x20 || byte === 0x7f) controls += isTextControl(byte) ? 0 : 1;
    else if (byte >= 0x80) high += 1;
  }
  const length = head.length - start;
  if (controls > length * CONTROL_SHARE) return false;
  if (high === 0 || isUtf8(head.subarray(start))) return true;
  return high <= length * LATIN1_SHARE;
}

/** Tab, line feed, form feed, carriage return, backspace, escape (colours). */
function isTextControl(byte: number): boolean {
  return (byte >= 0x08 && byte <= 0x0d && byte !== 0x0b) || byte === 0x1b;
}

/** A log is mostly Latin, whose upper bytes are zero. */
function looksLikeUtf16(head: Uint8Array, low: 0 | 1): boolean {
  let units = 0;
  let latin = 0;
  for (let at = 2; at + 1 < head.length; at += 2) {
    const lower = head[at + low] ?? 0;
    units += 1;
    if (head[at + 1 - low] !== 0) continue;
    if (lower >= 0x20 || isTextControl(lower)) latin += 1;
  }
  return latin >= units * 0.6;
}

/** Valid UTF-8, but for a character that is cut off at the end. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder("utf-8").decode(bytes, { stream: true });
  return !text.includes("\ufffd");
}
