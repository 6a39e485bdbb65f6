/** Whether a value is what the class says of its attribute. */
import type { Member, ValueRule } from "../../cosem/value-rule.js";
import type { Data } from "../../xdlms/data.js";

/** Where a value breaks its rule, in words. */
export interface Mismatch {
  /** Numbers of elements, from 1, from the outermost in: empty for the value itself. */
  readonly path: readonly number[];
  readonly came: string;
  readonly allowed: string;
}

/** Lengths of the octet-strings that stand for them. */
const momentLengths = { "date-time": 12, date: 5, time: 4 } as const;

/**
 * The first place where the value breaks the rule; undefined where it keeps to it. `null-data` and
 * `dont-care` break none, and a moment that is not set may be an empty octet-string.
 */
export function findMismatch(data: Data, rule: ValueRule): Mismatch | undefined {
  if (data.type === "null-data" || data.type === "dont-care") return undefined;
  switch (rule.kind) {
    case "anything":
      return undefined;
    case "types":
      return rule.types.includes(data.type) && hasLength(data, rule.length)
        ? undefined
        : mismatch(data, rule);
    // A number without a name may be one of a later edition.
    case "enum":
    case "bits":
      return rule.types.includes(data.type) ? undefined : mismatch(data, rule);
    case "unit":
      return data.type === "enum" ? undefined : mismatch(data, rule);
    case "date-time":
    case "date":
    case "time":
      return isMoment(data, rule.kind) ? undefined : mismatch(data, rule);
    case "array":
      if (data.type !== "array" && data.type !== "compact-array") return mismatch(data, rule);
      return findInElements(data.value, rule.element);
    case "structure": {
      const { members, open } = rule;
      if (data.type !== "structure") return mismatch(data, rule);
      const { length } = data.value;
      if (length < members.length || (length > members.length && !open)) {
        return mismatch(data, rule);
      }
      return findInMembers(data.value, members);
    }
    case "choice":
      return rule.of.some((one) => findMismatch(data, one) === undefined)
        ? undefined
        : mismatch(data, rule);
  }
}

/** Adds to `found` the bytes of every octet-string in the value that the rule says to be a date-time. */
export function collectDateTimes(
  data: Data,
  rule: ValueRule | undefined,
  found: Uint8Array[],
): void {
  if (rule?.kind === "date-time") {
    if (data.type === "octet-string" && data.value.length === 12) found.push(data.value);
  } else if (rule?.kind === "array") {
    if (data.type !== "array" && data.type !== "compact-array") return;
    for (const element of data.value) collectDateTimes(element, rule.element, found);
  } else if (rule?.kind === "structure" && data.type === "structure") {
    let number = 0;
    for (const member of data.value) {
      collectDateTimes(member, rule.members[number]?.rule, found);
      number += 1;
    }
  }
}

function findInElements(elements: readonly Data[], rule: ValueRule): Mismatch | undefined {
  let number = 0;
  for (const element of elements) {
    number += 1;
    const found = findMismatch(element, rule);
    if (found !== undefined) return { ...found, path: [number, ...found.path] };
  }
  return undefined;
}

function findInMembers(
  elements: readonly Data[],
  members: readonly Member[],
): Mismatch | undefined {
  let number = 0;
  for (const element of elements) {
    const rule = members[number]?.rule;
    number += 1;
    const found = rule === undefined ? undefined : findMismatch(element, rule);
    if (found !== undefined) return { ...found, path: [number, ...found.path] };
  }
  return undefined;
}

function mismatch(data: Data, rule: ValueRule): Mismatch {
  return { path: [], came: describeData(data), allowed: describeRule(rule) };
}

function hasLength(data: Data, length: number | undefined): boolean {
  return length === undefined || data.type !== "octet-string" || data.value.length === length;
}

function isMoment(data: Data, kind: keyof typeof momentLengths): boolean {
  if (data.type !== "octet-string") return data.type === kind;
  return data.value.length === momentLengths[kind] || data.value.length === 0;
}

function describeData(data: Data): string {
  switch (data.type) {
    case "octet-string":
      return `octet-string of ${count(data.value.length, "byte")}`;
    case "structure":
    case "array":
    case "compact-array":
      return `${data.type} of ${count(data.value.length, "element")}`;
    default:
      return data.type;
  }
}

const simpleKinds: ReadonlySet<ValueRule["kind"]> = new Set(["types", "enum", "bits", "unit"]);

function describeRule(rule: ValueRule): string {
  switch (rule.kind) {
    case "anything":
      return "any type";
    case "enum":
    case "bits":
      return rule.types.join(", ");
    case "unit":
      return "enum";
    case "types":
      return rule.length === undefined
        ? rule.types.join(", ")
        : `octet-string of ${count(rule.length, "byte")}`;
    case "date-time":
    case "date":
    case "time":
      return `octet-string of ${momentLengths[rule.kind]} bytes or ${rule.kind}`;
    case "array":
      return "array";
    case "structure": {
      const many = `${rule.open ? "at least " : ""}${count(rule.members.length, "element")}`;
      const simple = rule.members.every(({ rule: { kind } }) => simpleKinds.has(kind));
      return simple
        ? `structure of ${rule.members.map((member) => describeRule(member.rule)).join(", ")}`
        : `structure of ${many}`;
    }
    case "choice":
      return rule.of.map(describeRule).join(", or ");
  }
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
