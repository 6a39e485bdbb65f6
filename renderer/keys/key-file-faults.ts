/** What is wrong with a key file, and where. Values are never quoted: they are secrets. */
import {
  bytesOf,
  type KeyFileMember,
  type KeySetView,
  keyFileMembers,
  keySides,
  type SecuritySuite,
  securitySuites,
} from "../../analyzer/protocol/index.js";
import { findKept, keptPattern } from "./kept-keys.js";
import {
  type PlacedMember,
  type PlacedObject,
  type PlacedValue,
  readPlacedJson,
  type Span,
} from "./placed-json.js";

/** A warning does not keep the file from being taken. */
export interface KeyFileFault extends Span {
  readonly severity: "error" | "warning";
  readonly message: string;
}

type Tell = (at: Span, message: string, severity?: KeyFileFault["severity"]) => void;

/**
 * Everything that is wrong, by its place in the text. `sets`: the keys that are there, which words may
 * stand for. Where no fault is an error, the analyzer takes the file.
 */
export function findKeyFileFaults(
  text: string,
  sets: readonly KeySetView[],
): readonly KeyFileFault[] {
  if (text.trim() === "") {
    return [{ start: 0, end: text.length, severity: "error", message: "The key file is empty." }];
  }
  const { value, faults: textFaults } = readPlacedJson(text);
  const faults: KeyFileFault[] = textFaults.map((fault) => ({ ...fault, severity: "error" }));
  const tell: Tell = ({ start, end }, message, severity = "error") => {
    faults.push({ start, end, severity, message });
  };
  if (value !== undefined) checkFile(value, sets, tell);
  return faults.sort((a, b) => a.start - b.start);
}

/** The key sets of a file as far as they can be seen in it. */
export function setsIn(file: PlacedValue | undefined): readonly PlacedObject[] {
  const keySets = file === undefined ? undefined : memberOf(file, "keySets")?.value;
  if (keySets?.kind !== "array") return [];
  return keySets.items.filter((item) => item.kind === "object");
}

export function memberOf(value: PlacedValue, name: string): PlacedMember | undefined {
  if (value.kind !== "object") return undefined;
  return value.members.find((member) => member.name === name);
}

/** What a set says of its suite; undefined where it says nothing that can be. */
export function suiteOf(set: PlacedObject): SecuritySuite | undefined {
  const given = memberOf(set, "securitySuite")?.value;
  if (given?.kind !== "word") return undefined;
  return securitySuites.find(({ suite }) => suite === given.value)?.suite;
}

function checkFile(file: PlacedValue, sets: readonly KeySetView[], tell: Tell): void {
  if (file.kind !== "object") {
    tell(startOf(file), 'A key file is { "keySets": [ … ] }.');
    return;
  }
  checkNames(file, ["keySets"], tell);
  const keySets = memberOf(file, "keySets");
  if (keySets === undefined) {
    tell(startOf(file), 'The "keySets" are missing.');
  } else if (keySets.value !== undefined && keySets.value.kind !== "array") {
    tell(keySets.value, "The key sets stand in brackets: [ … ].");
  } else if (keySets.value?.kind === "array") {
    for (const item of keySets.value.items) {
      if (item.kind === "object") checkSet(item, sets, tell);
      else tell(item, "A key set stands in braces: { … }.");
    }
    checkTitles(setsIn(file), tell);
  }
}

function checkSet(set: PlacedObject, sets: readonly KeySetView[], tell: Tell): void {
  const names = keyFileMembers.map(({ name }) => name);
  checkNames(set, names, tell);
  const suite = suiteOf(set);
  for (const member of keyFileMembers) {
    const value = memberOf(set, member.name)?.value;
    if (value === undefined) continue;
    if (member.form === "public-keys" || member.form === "private-keys") {
      checkPair(member, value, suite, sets, tell);
    } else {
      checkValue(member, member.name, value, suite, sets, tell);
    }
  }
  const hasKey = keyFileMembers.some(({ name, isKey }) => isKey && memberOf(set, name));
  if (!hasKey) tell(startOf(set), "This set has no key.");
}

function checkPair(
  member: KeyFileMember,
  value: PlacedValue,
  suite: SecuritySuite | undefined,
  sets: readonly KeySetView[],
  tell: Tell,
): void {
  if (value.kind !== "object") {
    tell(value, 'Keys of the two sides stand in braces: { "client": …, "server": … }.');
    return;
  }
  checkNames(value, keySides, tell);
  if (value.members.length === 0) tell(value, "The key of the client or of the server is missing.");
  for (const side of keySides) {
    const key = memberOf(value, side)?.value;
    if (key !== undefined) checkValue(member, `${member.name}.${side}`, key, suite, sets, tell);
  }
}

function checkValue(
  member: KeyFileMember,
  role: string,
  value: PlacedValue,
  suite: SecuritySuite | undefined,
  sets: readonly KeySetView[],
  tell: Tell,
): void {
  if (member.form === "suite") {
    const isOne = securitySuites.some((known) => isWord(value, known.suite));
    if (!isOne) tell(value, "The security suite is 0, 1 or 2, without quotes.");
    return;
  }
  if (value.kind !== "string") {
    tell(
      value,
      member.form === "text" ? "A text in quotes is expected." : "Hex in quotes is expected.",
    );
    return;
  }
  if (member.isSecret && keptPattern.test(value.text)) {
    if (findKept(value.text, role, sets) === undefined) {
      tell(value, `There is no ${role} that this word could stand for.`);
    }
    return;
  }
  if (member.form === "text") {
    if (value.text === "") tell(value, "The text is empty.");
    return;
  }
  checkHex(value, bytesOf(member.form, suite), tell);
}

function checkHex(
  value: Extract<PlacedValue, { kind: "string" }>,
  lengths: readonly number[] | undefined,
  tell: Tell,
): void {
  const { text } = value;
  const strange = /[^0-9a-fA-F\s:]/u.exec(text);
  if (strange !== null) {
    // Behind an escape the places of the text are not those of the file.
    const isPlain = value.end - value.start === text.length + 2;
    const start = value.start + 1 + strange.index;
    tell(isPlain ? { start, end: start + strange[0].length } : value, "This is no hex digit.");
    return;
  }
  const digits = text.replace(/[\s:]/g, "").length;
  const needed = lengths === undefined ? "" : ` ${lengths.join(" or ")} bytes are needed.`;
  if (digits === 0) tell(value, `The value is empty.${needed}`);
  else if (digits % 2 === 1) {
    tell(value, `Half a byte is missing or too many: there are ${digits} hex digits.${needed}`);
  } else if (lengths !== undefined && !lengths.includes(digits / 2)) {
    const bytes = digits === 2 ? "1 byte" : `${digits / 2} bytes`;
    tell(value, `This has ${bytes};${needed}`);
  }
}

/** Two sets of one meter are allowed, and seldom meant. */
function checkTitles(sets: readonly PlacedObject[], tell: Tell): void {
  const seen = new Set<string>();
  for (const set of sets) {
    const title = memberOf(set, "systemTitle")?.value;
    if (title?.kind !== "string") continue;
    const plain = title.text.replace(/[\s:]/g, "").toLowerCase();
    if (plain !== "" && seen.has(plain)) {
      tell(
        title,
        "Another set above is for the same meter; the keys of both are tried.",
        "warning",
      );
    }
    seen.add(plain);
  }
}

function checkNames(value: PlacedObject, known: readonly string[], tell: Tell): void {
  for (const { name, nameAt } of value.members) {
    if (known.includes(name)) continue;
    const meant = known.find((other) => isMeant(name, other));
    tell(nameAt, meant === undefined ? "There is no such name here." : `Do you mean "${meant}"?`);
  }
}

/** By its letters, or by the abbreviation: `GUEK`, `authentication_key`. */
function isMeant(written: string, known: string): boolean {
  const letters = written.toLowerCase().replace(/[^a-z]/g, "");
  if (letters === known.toLowerCase()) return true;
  const title = keyFileMembers.find(({ name }) => name === known)?.title ?? "";
  const short = /\((.+)\)/.exec(title)?.[1]?.toLowerCase().split(", ") ?? [];
  return short.includes(letters);
}

function isWord(value: PlacedValue, expected: number): boolean {
  return value.kind === "word" && value.value === expected;
}

/** The bracket: a whole set that is underlined says nothing. */
function startOf({ start }: Span): Span {
  return { start, end: start + 1 };
}
