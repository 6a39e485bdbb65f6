/**
 * The code of a unit by its symbol.
 *
 * To be replaced by `listUnits()` of ../units.ts once that table is there, where the first unit with
 * the symbol is meant (m³ stands for 13 and 14): these are the symbols that packs and users' files
 * need most. IEC 62056-6-2, Register, enumerated values for physical
 * units.
 */
const symbols: ReadonlyMap<string, number> = new Map([
  ["mo", 2],
  ["d", 4],
  ["h", 5],
  ["min", 6],
  ["s", 7],
  ["°", 8],
  ["°C", 9],
  ["m³", 13],
  ["m3", 13],
  ["m³/h", 15],
  ["m3/h", 15],
  ["l", 19],
  ["kg", 20],
  ["Pa", 23],
  ["bar", 24],
  ["J", 25],
  ["W", 27],
  ["VA", 28],
  ["var", 29],
  ["Wh", 30],
  ["VAh", 31],
  ["varh", 32],
  ["A", 33],
  ["V", 35],
  ["Hz", 44],
  ["K", 52],
  ["%", 56],
  ["Ah", 57],
  ["dBm", 70],
  ["dBµV", 71],
  ["dB", 72],
]);

/** Codes that the table of the standard gives a meaning; the rest is reserved. */
function isUnitCode(code: number): boolean {
  const isMetric = (code >= 1 && code <= 57) || (code >= 60 && code <= 72);
  const isImperial = code >= 128 && code <= 174;
  return isMetric || isImperial || code >= 253;
}

/** The code that a number or a symbol stands for; undefined where there is no such unit. */
export function readUnitCode(text: string): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return symbols.get(text);
  const code = Number(text);
  return code <= 255 && isUnitCode(code) ? code : undefined;
}
