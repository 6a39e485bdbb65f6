/** What can be put at a place of a key file. */
import {
  bytesOf,
  type KeyFileMember,
  type KeySetView,
  keyFileMembers,
  keySides,
  securitySuites,
} from "../../analyzer/protocol/index.js";
import { keptKeys } from "./kept-keys.js";
import { type KeyFilePlace, memberAt, type Owner, placeInKeyFile } from "./key-file-place.js";
import type { Span } from "./placed-json.js";

export interface KeyFileCompletion {
  /** What is put in: a text, or Monaco's snippet with `$1` and so on where the caret goes. */
  readonly snippet: string;
  readonly label: string;
  /** What the letters that are typed are looked for in. */
  readonly words: string;
  readonly kind: "name" | "value" | "set";
  readonly detail: string;
  readonly meaning: string;
  /** What is to come has completions of its own. */
  readonly goesOn: boolean;
}

/** A system title that may be meant, and where it is from. */
export interface KnownTitle {
  readonly title: string;
  readonly from: string;
}

/** What the window knows besides the text. */
export interface KeyFileSurroundings {
  readonly sets: readonly KeySetView[];
  readonly titles: readonly KnownTitle[];
}

type ValuePlace = Extract<KeyFilePlace, { is: "value" }>;

/** What can stand at the offset, and which characters it takes the place of. */
export function completeKeyFile(
  text: string,
  offset: number,
  surroundings: KeyFileSurroundings,
): { readonly at: Span; readonly items: readonly KeyFileCompletion[] } {
  const place = placeInKeyFile(text, offset);
  if (place === undefined) return { at: { start: offset, end: offset }, items: [] };
  if (place.is === "value") return valuesAt(place, text, surroundings);
  return { at: place.at, items: itemsAt(place, text) };
}

function itemsAt(
  place: Exclude<KeyFilePlace, ValuePlace>,
  text: string,
): readonly KeyFileCompletion[] {
  switch (place.is) {
    case "file":
      return [wholeFile];
    case "set":
      return [newSet(text, place.at)];
    case "name":
      return namesIn(place.owner, text, place.at, place.member !== undefined).filter(
        ({ label }) => !place.owner.object.members.some(({ name }) => name === label),
      );
  }
}

function namesIn(
  owner: Owner,
  text: string,
  at: Span,
  isThere: boolean,
): readonly KeyFileCompletion[] {
  const behind = text.slice(at.end).trimStart();
  const hasValue = isThere && behind.startsWith(":");
  // A member behind it wants a comma between.
  const comma = behind.startsWith('"') ? "," : "";
  const write = (name: string, value: string) =>
    hasValue ? `"${name}"` : `"${name}": ${value}${comma}`;
  const item = (name: string, value: string, more: Partial<KeyFileCompletion>) => ({
    snippet: write(name, value),
    label: name,
    words: `"${name}`,
    kind: "name" as const,
    detail: "",
    meaning: "",
    goesOn: false,
    ...more,
  });
  if (owner.kind === "file") {
    return [item("keySets", "[\n  $0\n]", { meaning: "A set for each meter.", goesOn: true })];
  }
  if (owner.kind === "pair") {
    return keySides.map((side) =>
      item(side, '"$0"', { detail: lengthText(owner.pairOf, owner), meaning: `Of the ${side}.` }),
    );
  }
  return keyFileMembers.map((member) =>
    item(member.name, valueSnippet(member), {
      words: `"${member.name} ${member.title}`,
      detail: member.title,
      meaning: [member.meaning, lengthText(member, owner)].filter((one) => one !== "").join(" "),
      goesOn: !hasValue,
    }),
  );
}

function valueSnippet({ form }: KeyFileMember): string {
  if (form === "suite") return "$0";
  if (form === "public-keys" || form === "private-keys") return "{ $0 }";
  return '"$0"';
}

/** Of a text in quotes only what is in them is replaced. */
function valuesAt(
  { owner, name, at, value }: ValuePlace,
  text: string,
  surroundings: KeyFileSurroundings,
): { readonly at: Span; readonly items: readonly KeyFileCompletion[] } {
  const items = valuesFor(owner, name, surroundings);
  const isSuite = memberAt(owner, name)?.form === "suite";
  if (isSuite || value?.kind !== "string") {
    const quote = isSuite ? "" : '"';
    return { at, items: items.map((item) => ({ ...item, snippet: quote + item.snippet + quote })) };
  }
  const isClosed = at.end - at.start > 1 && text[at.end - 1] === '"';
  const closing = isClosed ? "" : '"';
  return {
    at: { start: at.start + 1, end: isClosed ? at.end - 1 : at.end },
    items: items.map((item) => ({ ...item, snippet: item.snippet + closing })),
  };
}

function valuesFor(
  owner: Owner,
  name: string,
  { sets, titles }: KeyFileSurroundings,
): readonly KeyFileCompletion[] {
  const member = memberAt(owner, name);
  if (member === undefined) return [];
  if (member.form === "suite") {
    return securitySuites.map(({ suite, meaning }) => valueItem(`${suite}`, meaning, ""));
  }
  if (member.form === "system-title") {
    return titles.map(({ title, from }) => valueItem(title, from, ""));
  }
  if (!member.isSecret || (owner.kind === "set" && member.form === "private-keys")) return [];
  const role = owner.kind === "pair" ? `${member.name}.${name}` : member.name;
  return keptKeys(role, sets).map(({ word, set, fingerprint }) =>
    valueItem(word, `of ${set.name}`, fingerprint === null ? "" : `Fingerprint ${fingerprint}.`),
  );
}

function valueItem(text: string, detail: string, meaning: string): KeyFileCompletion {
  return {
    snippet: text,
    label: text,
    words: text,
    kind: "value",
    detail,
    meaning,
    goesOn: false,
  };
}

/** `16 bytes in hex.` */
export function lengthText(member: KeyFileMember, owner: Owner): string {
  const suite = owner.kind === "file" ? undefined : owner.suite;
  const lengths = bytesOf(member.form, suite);
  return lengths === undefined ? "" : `${lengths.join(" or ")} bytes in hex.`;
}

const setLines = [
  '  "name": "$1",',
  '  "systemTitle": "$2",',
  '  "globalUnicastEncryptionKey": "$3",',
  '  "authenticationKey": "$0"',
];

/** With the commas that its neighbours want. */
function newSet(text: string, { start, end }: Span): KeyFileCompletion {
  const before = text.slice(0, start).trimEnd().endsWith("}") ? ", " : "";
  const behind = text.slice(end).trimStart().startsWith("{") ? "," : "";
  return { ...emptySet, snippet: `${before}${emptySet.snippet}${behind}` };
}

const emptySet: KeyFileCompletion = {
  snippet: ["{", ...setLines, "}"].join("\n"),
  label: "key set",
  words: "{ key set",
  kind: "set",
  detail: "name, system title, GUEK, GAK",
  meaning: "The keys of a meter.",
  goesOn: false,
};

const wholeFile: KeyFileCompletion = {
  ...emptySet,
  snippet: [
    "{",
    '  "keySets": [',
    ...["{", ...setLines, "}"].map((line) => `    ${line}`),
    "  ]",
    "}",
  ].join("\n"),
  label: "key file",
  words: "{ key file",
};
