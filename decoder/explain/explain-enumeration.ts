/** Values and bits that have names, by those names. */
import { listDiagnostics } from "../core/diagnostics.js";
import { type NamedValue, valuesNamed } from "./enumerations.js";
import { type Explanation, facts } from "./explanation.js";
import { nameKey } from "./name-key.js";

/** `scope-of-access-violated`, `high-level-security-gmac`: an explanation for each number it stands for. */
export function explainEnumeration(topic: string): Explanation[] {
  return valuesNamed(topic).map(describeValue);
}

function describeValue(value: NamedValue): Explanation {
  const { name, number, isBit, places } = value;
  const clauses = places.map(({ clause }) => clause).filter((clause) => clause !== undefined);
  const what = isBit ? "bit" : "value";
  return {
    kind: "enumeration",
    topic: name,
    title: name,
    meaning: `${isBit ? "Bit" : "Value"} ${number} of ${joinWords(places.map(({ title }) => title))}`,
    facts: facts({
      [what]: number,
      clause: clauses.length === 0 ? undefined : [...new Set(clauses)].join("; "),
    }),
    values: [],
    related: [...new Set([...places.map(({ topic }) => topic), ...diagnosticsOf(value)])],
  };
}

/** Which diagnostics report the values of which tables, with the value's name at their end. */
const reports = [
  ["service.refused", /-result$/],
  ["service.exception", /^xdlms\.exception-response\./],
  ["service.error", /^xdlms\.service-error$/],
] as const;

/** Those that report it: `service.refused-object-undefined`. */
function diagnosticsOf({ name, places }: NamedValue): string[] {
  const word = nameKey(name).replaceAll(" ", "-");
  const codes = reports
    .filter(([, table]) => places.some(({ topic }) => table.test(topic)))
    .map(([prefix]) => `${prefix}-${word}`);
  return listDiagnostics()
    .map(({ code }) => code)
    .filter((code) => codes.includes(code));
}

function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
