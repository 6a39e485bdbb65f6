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
      return alternatives(rule.of)
        .map(({ label, rule: one }) => `${label === "" ? "" : `${label} `}${typeText(one)}`)
        .join(", or ");
    default:
      return rule.kind;
  }
}

/**
 * Members with their types, values and bits with their names, each after the path to it:
 * `access_rights.method_access[].access_mode`.
 */
export function ruleLines(rule: ValueRule, path = ""): ExplainedValue[] {
  switch (rule.kind) {
    case "enum":
      return Object.entries(rule.values).map(([number, text]) => ({
        value: path === "" ? number : `${path} = ${number}`,
        text,
      }));
    case "bits":
      return Object.entries(rule.bits).map(([bit, text]) => ({
        value: path === "" ? `bit ${bit}` : `${path}, bit ${bit}`,
        text,
      }));
    case "array":
      return ruleLines(rule.element, path === "" ? "" : `${path}[]`);
    case "structure":
      return rule.members.flatMap((member) => {
        const inner = path === "" ? member.name : `${path}.${member.name}`;
        return [{ value: inner, text: typeText(member.rule) }, ...ruleLines(member.rule, inner)];
      });
    case "choice":
      return alternatives(rule.of).flatMap(({ label, rule: one }) => ruleLines(one, path + label));
    default:
      return [];
  }
}

/** Alternatives that have something in them are numbered where there are several. */
function alternatives(of: readonly ValueRule[]) {
  const compound = of.filter((rule) => ruleLines(rule).length > 0);
  return of.map((rule) => {
    const place = compound.indexOf(rule);
    return { rule, label: compound.length > 1 && place !== -1 ? `#${place + 1}` : "" };
  });
}
