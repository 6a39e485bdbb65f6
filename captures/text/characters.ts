/** What single characters of a line are. */

const nibbles = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  nibbles[digit.charCodeAt(0)] = value;
  nibbles[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Value of the hex digit at `at`, -1 where there is none. */
export function nibbleAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (nibbles[code] ?? -1) : -1;
}

/** Whether the character is part of a word: a letter, a digit, `_`. */
export function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) {
    return (
      (code >= 0x30 && code <= 0x39) ||
      ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
      code === 0x5f
    );
  }
  return code > 0xbf && !(code >= 0x2000 && code < 0x3040) && code !== 0xfeff;
}

/** A blank, a tab or a no-break space. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09 || code === 0xa0;
}

/** First place from `at` on that is not blank. */
export function skipBlanks(text: string, at: number): number {
  let end = at;
  while (isBlankAt(text, end)) end += 1;
  return end;
}
