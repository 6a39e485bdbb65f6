/** Words for single values: names of an enumeration, bits that are set. */
import type { ValueRule } from "../cosem/value-rule.js";
import type { Data } from "../xdlms/data.js";

/** The word for a number of an enumeration, of whichever alternative knows it. */
export function wordOfValue(data: Data, rule: ValueRule): string | undefined {
  if (rule.kind === "choice") {
    for (const one of rule.of) {
      const word = wordOfValue(data, one);
      if (word !== undefined) return word;
    }
    return undefined;
  }
  if (rule.kind !== "enum" || typeof data.value !== "number") return undefined;
  return rule.types.includes(data.type) ? rule.values[data.value] : undefined;
}

/** Whether a bit is set: in a bit-string, bit 0 is the first; in a number, that of value 1. */
export function isBitSet({ type, value }: Data, bit: number): boolean {
  if (type === "bit-string") return value[bit] === "1";
  return typeof value === "number" && Math.floor(value / 2 ** bit) % 2 === 1;
}
