/** Units, by code, symbol or name. */
import { listUnits, type Unit } from "../cosem/units.js";
import { type Explanation, facts } from "./explanation.js";
import { nameKey } from "./name-key.js";

const standard = "IEC 62056-6-2, Register, enumerated values for physical units";
const blueBook = "DLMS UA 1000-1, Blue Book";

/** What a prefix of a symbol says that a scaler says on the wire. */
const prefixes: ReadonlyMap<string, number> = new Map([
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["m", -3],
]);

/** `unit 30`, `Wh`, `kWh`, `watt-hour`. */
export function explainUnit(topic: string): Explanation[] {
  const [, digits] = /^unit (\d{1,3})$/i.exec(topic) ?? [];
  if (digits !== undefined) return describe(({ code }) => code === Number(digits));
  const text = topic.replace(/^unit /i, "");
  const key = nameKey(text);
  if (key === "") return [];
  // A is ampere, a is year: only what no symbol spells is compared without case.
  const spelled = describe(({ symbol }) => symbol === text);
  if (spelled.length > 0) return spelled;
  const alike = describe(({ symbol, name }) => nameKey(symbol) === key || nameKey(name) === key);
  return alike.length > 0 ? alike : explainPrefixed(text);
}

export function topicOfUnit({ code }: Unit): string {
  return `unit ${code}`;
}

/** `Wh (watt-hour, active energy)`. */
export function describeUnit({ symbol, name, quantity }: Unit): string {
  return symbol === "" ? `${name} (${quantity})` : `${symbol} (${name}, ${quantity})`;
}

function explainPrefixed(text: string): Explanation[] {
  const [prefix = "", ...rest] = text;
  const power = prefixes.get(prefix);
  if (power === undefined) return [];
  const symbol = rest.join("");
  return describe((unit) => unit.symbol === symbol).map((explanation) => ({
    ...explanation,
    facts: [...explanation.facts, { label: "scaler", text: `${power} for ${text}` }],
  }));
}

function describe(isMeant: (unit: Unit) => boolean): Explanation[] {
  return listUnits()
    .filter(isMeant)
    .map((unit) => ({
      kind: "unit",
      topic: topicOfUnit(unit),
      title: unit.name,
      meaning: undefined,
      facts: facts({
        code: unit.code,
        symbol: unit.symbol === "" ? undefined : unit.symbol,
        quantity: unit.quantity,
        source: unit.code >= 128 && unit.code < 254 ? blueBook : standard,
      }),
      values: [],
      related: [],
    }));
}
