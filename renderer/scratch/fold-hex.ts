/** Hex that comes as one endless line, as dumps and clipboards have it, in rows that an editor can handle. */

/**
 * In characters. An APDU has at most 65,535 bytes, 131,070 digits, and ends with its line: what is
 * longer is a stream, which goes on over the ends of lines.
 */
export const longestLine = 262_144;
const digitsOfRow = 64;

/** The text with 32 bytes in each row of its endless lines of hex; null where it has none. */
export function foldHex(text: string): string | null {
  if (text.length <= longestLine) return null;
  const lines = text.split("\n");
  const folded = lines.map((line) => (isEndlessHex(line) ? rowsOf(line) : line));
  return folded.every((line, place) => line === lines[place]) ? null : folded.join("\n");
}

function isEndlessHex(line: string): boolean {
  return line.length > longestLine && /^[0-9A-Fa-f \t\r]*$/.test(line);
}

/** Blanks stay where they are, but not at the ends of rows. */
function rowsOf(line: string): string {
  const rows: string[] = [];
  let start = 0;
  let digits = 0;
  for (let at = 0; at < line.length; at++) {
    if (isBlank(line.charCodeAt(at))) continue;
    digits += 1;
    if (digits < digitsOfRow) continue;
    rows.push(line.slice(start, at + 1).trim());
    start = at + 1;
    digits = 0;
  }
  const rest = line.slice(start).trim();
  return [...rows, ...(rest === "" ? [] : [rest])].join("\n");
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}
