/** A value rule in words: its type in one line, and what is in it, line by line. */
import { simpleTypes, type ValueForm, type ValueRule } from "../cosem/value-rule.js";
import type { ExplainedValue } from "./explanation.js";

const formWords: Readonly<Record<ValueForm, string>> = {
  "logical-name": "a logical name",
  text: "characters",
  "system-title": "a system title",
  "ipv4-address": "an IPv4 address",
  "ipv6-address": "an IPv6 address",
  "mac-address": "a MAC address",
  "class-id": "a class",
  hex: "in hex",
};

/** `array of structure of class_id, logical_name, attribute_index, data_index`. */
export function typeText(rule: ValueRule): string {
  switch (rule.kind) {
    case "anything":
      return "any type";
    case "types": {
      if (simpleTypes.every((type) => rule.types.includes(type))) return "any simple type";
      const length = rule.length === undefined ? "" : ` of ${rule.length} bytes`;
      const form = rule.form === undefined ? "" : ` (${formWords[rule.form]})`;
      return `${rule.types.join(" or ")}${length}${form}`;
    }
    case "enum":
      return rule.types.join(" or ");
    case "bits":
      return `${rule.types.join(" or ")} of bits`;
    case "unit":
      return "enum (a unit)";
    case "array":
      return `array of ${typeText(rule.element)}`;
    case "structure": {
      const names = rule.members.map(({ name }) => name).join(", ");
      return `structure of ${names}${rule.open ? " and what later versions add" : ""}`;
    }
    case "choice":
      return rule.of.map(typeText).join(", or ");
    default:
      return rule.kind;
  }
}

/**
 * Members with their types, values and bits with their names; what is in a member follows it, deeper
 * by one.
 */
export function ruleLines(rule: ValueRule, depth = 0): ExplainedValue[] {
  switch (rule.kind) {
    case "enum":
      return Object.entries(rule.values).map(([value, text]) => line(value, text, depth));
    case "bits":
      return Object.entries(rule.bits).map(([bit, text]) => line(`bit ${bit}`, text, depth));
    case "array":
      return ruleLines(rule.element, depth);
    case "structure":
      return rule.members.flatMap((member) => [
        line(member.name, typeText(member.rule), depth),
        ...ruleLines(member.rule, depth + 1),
      ]);
    case "choice":
      return choiceLines(rule.of, depth);
    default:
      return [];
  }
}

/** Where several alternatives have something in them, each stands below a line of its own. */
function choiceLines(of: readonly ValueRule[], depth: number): ExplainedValue[] {
  const compound = of.filter((one) => ruleLines(one).length > 0);
  if (compound.length < 2) return compound.flatMap((one) => ruleLines(one, depth));
  return compound.flatMap((one, i) => [
    line(i === 0 ? "either" : "or", typeText(one), depth),
    ...ruleLines(one, depth + 1),
  ]);
}

function line(value: string, text: string, depth: number): ExplainedValue {
  return depth === 0 ? { value, text } : { value, text, depth };
}
