/** Codes with groups left open: `0-n:24.2.1*255`, `1-0:1.8.1-4*255`. */

/** What each of the six groups may be, both ends included. */
export interface ObisPattern {
  readonly least: readonly number[];
  readonly most: readonly number[];
}

export const expectedPattern =
  "a code such as 1-0:1.8.0*255 or 1.0.1.8.0.255 is expected, with n or a range such as 1-4 for a group that varies";

const group = String.raw`(\d{1,3}(?:-\d{1,3})?|[nx])`;
// A range of A would read like the A-B of the form itself.
const written = new RegExp(
  String.raw`^(\d{1,3}|[nx])-${group}:${group}\.${group}\.${group}(?:\*${group})?$`,
);
const dotted = new RegExp(`^${Array.from({ length: 6 }, () => group).join(String.raw`\.`)}$`);

/** A pattern as people write it, F being 255 where it is left out; undefined where it is none. */
export function parseObisPattern(text: string): ObisPattern | undefined {
  const match = written.exec(text) ?? dotted.exec(text);
  if (match === null) return undefined;
  const least: number[] = [];
  const most: number[] = [];
  for (const part of match.slice(1)) {
    const [from, to] = readGroup(part ?? "255");
    if (from > to || to > 255) return undefined;
    least.push(from);
    most.push(to);
  }
  return { least, most };
}

/** Whether the pattern is that of a code of 6 bytes. */
export function matchesPattern(pattern: ObisPattern, code: Uint8Array): boolean {
  if (code.length !== 6) return false;
  return code.every(
    (value, i) => value >= (pattern.least[i] ?? 0) && value <= (pattern.most[i] ?? 255),
  );
}

/** How many codes fit: 1 where no group varies, 2^48 where all do. */
export function breadthOf(pattern: ObisPattern): number {
  return pattern.least.reduce(
    (breadth, from, i) => breadth * ((pattern.most[i] ?? from) - from + 1),
    1,
  );
}

/** The same text for the same pattern, however it was written. */
export function patternKey({ least, most }: ObisPattern): string {
  return least.map((from, i) => `${from}-${most[i]}`).join(".");
}

function readGroup(text: string): [number, number] {
  if (text === "n" || text === "x") return [0, 255];
  const [from, to] = text.split("-").map(Number);
  return [from ?? 0, to ?? from ?? 0];
}
