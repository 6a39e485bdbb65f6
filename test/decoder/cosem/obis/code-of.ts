/** The six bytes of a code as people write it: `1-0:1.8.0*255`. */
export function codeOf(text: string): Uint8Array {
  return Uint8Array.from(text.split(/[-:.*]/).map(Number));
}
