/** What characters of a text spell, read in every way that bytes are written: no code of ours. */

const escapes: Readonly<Record<string, number>> = {
  n: 10,
  r: 13,
  t: 9,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  "\\": 92,
  "'": 39,
  '"': 34,
};

/** The values that the characters may stand for; none where they are no byte. */
export function spelledBytes(characters: string): number[] {
  const values: number[] = [];
  // Half a byte may stand at the end of a line, its other half at the beginning of the next.
  const hex = /^(?:0x|\\{1,2}x|\\u00)?([0-9a-f]{1,2})h?$/i.exec(characters.replace(/\s+/g, ""));
  if (hex !== null) values.push(Number.parseInt(hex[1] ?? "", 16));
  if (/^-?\d{1,3}$/.test(characters)) values.push(Number(characters) & 0xff);
  const octal = /^\\([0-7]{1,3})$/.exec(characters);
  if (octal !== null) values.push(Number.parseInt(octal[1] ?? "", 8));
  const letter = /^\\(.)$/.exec(characters)?.[1];
  if (letter !== undefined) values.push(escapes[letter] ?? Number.NaN);
  if (characters.length === 1) values.push(characters.charCodeAt(0));
  // What a meter sends as text is the bytes itself.
  if ([...characters].length === 1) values.push(...new TextEncoder().encode(characters));
  return values;
}

/** The bytes of a text that are not where their places say, in words for a person. */
export function wrongPlaces(text: string, bytes: Uint8Array, places: Uint32Array): string[] {
  const wrong: string[] = [];
  if (places.length !== bytes.length * 2)
    return [`${places.length} numbers, ${bytes.length} bytes`];
  for (const [index, byte] of bytes.entries()) {
    const [start = 0, end = 0] = places.subarray(index * 2, index * 2 + 2);
    if (start === 0xffffffff && end === 0xffffffff) continue;
    const characters = text.slice(start, end);
    if (end <= text.length && spelledBytes(characters).includes(byte)) continue;
    wrong.push(`byte ${index} is ${byte}, at ${start} is "${characters}"`);
  }
  return wrong;
}
