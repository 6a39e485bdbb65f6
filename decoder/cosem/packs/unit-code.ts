/** The code of a unit by its symbol, as packs and users' files have it. */
import { findUnit, listUnits } from "../units.js";

/** Symbols by their codes; of two codes with one symbol the first, which is that of the plain unit. */
let codes: Map<string, number> | undefined;

/** The code that a number or a symbol stands for; undefined where there is no such unit. */
export function readUnitCode(text: string): number | undefined {
  if (/^\d{1,3}$/.test(text)) {
    const code = Number(text);
    return findUnit(code) === undefined ? undefined : code;
  }
  codes ??= createCodes();
  return codes.get(text) ?? codes.get(text.replace(/m([23])/g, (_, power) => `m${powers[power]}`));
}

const powers: Readonly<Record<string, string>> = { 2: "²", 3: "³" };

function createCodes(): Map<string, number> {
  const created = new Map<string, number>();
  for (const { symbol, code } of listUnits()) {
    if (symbol !== "" && !created.has(symbol)) created.set(symbol, code);
  }
  return created;
}
