/** What could stand where the caret is. */
import { formatLogicalName, standardNames } from "../../decoder/index.js";
import type { Completion, Completions } from "../protocol/index.js";
import type { FilterField } from "./filter-field.js";
import { findFilterField, listFilterFields } from "./filter-fields.js";
import * as words from "./tokens.js";

const shownAtOnce = 60;

const operatorsOf: Readonly<Record<FilterField["type"], readonly string[]>> = {
  number: ["==", "!=", "<", "<=", ">", ">=", "in"],
  duration: [">", ">=", "<", "<=", "=="],
  time: [">=", "<=", ">", "<", "=="],
  severity: [">=", "==", "!="],
  boolean: ["==", "!="],
  string: ["==", "!=", "contains", "matches", "in"],
  bytes: ["==", "!=", "contains", "in"],
  code: ["==", "!=", "in"],
  any: ["==", "!=", "<", "<=", ">", ">=", "contains", "matches", "in"],
  group: [],
};

const meanings: Readonly<Record<string, string>> = {
  "==": "one of its values is equal",
  "!=": "it is there, and none of its values is equal",
  contains: "a part of it is equal, whatever the case",
  matches: "a regular expression fits",
  in: "one of several: in {1, 2, 5..7}",
};

/** OBIS codes that most captures have. */
const commonCodes = [
  [0, 0, 1, 0, 0, 255],
  [1, 0, 1, 8, 0, 255],
  [1, 0, 2, 8, 0, 255],
  [1, 0, 1, 7, 0, 255],
  [1, 0, 32, 7, 0, 255],
  [1, 0, 31, 7, 0, 255],
  [1, 0, 99, 1, 0, 255],
  [0, 0, 42, 0, 0, 255],
  [0, 0, 96, 1, 0, 255],
  [0, 0, 96, 3, 10, 255],
  [0, 0, 40, 0, 0, 255],
  [0, 0, 25, 9, 0, 255],
  [0, 0, 43, 1, 0, 255],
] as const;

/** Fields, operators and values that fit at the caret, the likeliest first. */
export function completeFilter(text: string, caret: number): Completions {
  const { tokens, fault } = words.splitWords(text.slice(0, caret));
  if (fault !== undefined && text[fault.start] === '"') {
    const typed = text.slice(fault.start + 1, caret);
    return { start: fault.start, end: caret, items: itemsFor(tokens, typed) };
  }
  const last = tokens.at(-1);
  const isInWord = last !== undefined && last.startOffset + last.image.length === caret;
  const current = isInWord && last.tokenType === words.Word ? last : undefined;
  const before = current === undefined ? tokens : tokens.slice(0, -1);
  const start = current?.startOffset ?? caret;
  // What stands behind the caret in the same word goes with it.
  const end =
    caret +
    (current === undefined
      ? 0
      : (/^[^\s()[\]{}!<>=&|,"]*/.exec(text.slice(caret))?.[0].length ?? 0));
  const typed = current?.image ?? "";
  return { start, end, items: itemsFor(before, typed) };
}

type Tokens = ReturnType<typeof words.splitWords>["tokens"];

function itemsFor(before: Tokens, typed: string): Completion[] {
  const type = before.at(-1)?.tokenType;
  if (type === words.Comparison || type === words.ComparisonWord) {
    return valuesOf(findFilterField(before.at(-2)?.image ?? ""), typed);
  }
  if (type === words.OpenBrace || type === words.Comma) {
    const opened = before.findLastIndex(({ tokenType }) => tokenType === words.OpenBrace);
    return valuesOf(findFilterField(before[opened - 2]?.image ?? ""), typed);
  }
  const isComplete =
    type === words.Word ||
    type === words.Text ||
    type === words.CloseParenthesis ||
    type === words.CloseBrace ||
    type === words.CloseBracket;
  if (!isComplete) return fieldsFor(typed);
  const isAfterValue =
    before.length >= 2 && before.at(-2)?.tokenType !== undefined && isOperator(before);
  const field = isAfterValue ? undefined : findFilterField(before.at(-1)?.image ?? "");
  const operators = field === undefined ? [] : operatorsOf[field.type];
  return [...operators.map(operatorItem), ...["&&", "||"].map(operatorItem)].filter(({ text }) =>
    text.startsWith(typed),
  );
}

function isOperator(tokens: Tokens): boolean {
  const type = tokens.at(-2)?.tokenType;
  return type === words.Comparison || type === words.ComparisonWord;
}

function operatorItem(text: string): Completion {
  return { text, kind: "operator", detail: "", meaning: meanings[text] ?? "" };
}

function fieldsFor(typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const ranked: [rank: number, field: FilterField][] = [];
  for (const field of listFilterFields()) {
    const rank = rankOf(field, wanted);
    if (rank !== undefined) ranked.push([rank, field]);
  }
  return ranked
    .sort(([a], [b]) => a - b)
    .slice(0, shownAtOnce)
    .map(([, { id, type, name, meaning }]) => ({
      text: id,
      kind: "field",
      detail: type,
      meaning: meaning ?? name,
    }));
}

/** By its beginning, by the beginning of a part, by what is in it, by its label. */
function rankOf({ id, name }: FilterField, wanted: string): number | undefined {
  if (wanted === "") return id.includes(".") ? 1 : 0;
  if (id === wanted) return 0;
  if (id.startsWith(wanted)) return 1 + (id.split(".").length - 1) / 10;
  if (id.includes(`.${wanted}`)) return 2;
  if (id.includes(wanted)) return 3;
  return name.toLowerCase().includes(wanted) ? 4 : undefined;
}

function valuesOf(field: FilterField | undefined, typed: string): Completion[] {
  if (field === undefined) return [];
  return possibleValues(field)
    .filter(({ text, meaning }) => {
      const wanted = typed.toLowerCase();
      return text.toLowerCase().includes(wanted) || meaning.toLowerCase().includes(wanted);
    })
    .slice(0, shownAtOnce);
}

function possibleValues({ type, words: known, values }: FilterField): Completion[] {
  const item = (text: string, meaning = ""): Completion => ({
    text,
    kind: "value",
    detail: "",
    meaning,
  });
  switch (type) {
    case "severity":
      return (known ?? []).map((word) => item(word));
    case "boolean":
      return [item("true"), item("false")];
    case "duration":
      return [item("100ms"), item("1s"), item("10s")];
    case "code": {
      const names = standardNames();
      return commonCodes.map((code) => {
        const bytes = Uint8Array.from(code);
        return item(formatLogicalName(bytes), names.find(bytes).name);
      });
    }
    case "number":
      return Object.entries(values ?? {}).map(([number, word]) => item(number, word));
    default:
      return (known ?? Object.values(values ?? {})).map((word) => item(JSON.stringify(word)));
  }
}
