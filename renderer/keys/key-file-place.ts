/** What stands at a place of a key file, for completion and for hovering. */
import {
  type KeyFileMember,
  keyFileMembers,
  keySides,
  type SecuritySuite,
} from "../../analyzer/protocol/index.js";
import { memberOf, setsIn, suiteOf } from "./key-file-faults.js";
import {
  type PlacedMember,
  type PlacedObject,
  type PlacedValue,
  readPlacedJson,
  type Span,
} from "./placed-json.js";

/** Where one is in the file. */
export type KeyFilePlace =
  /** A name, or the gap where one could be: `at` is what a name would replace. */
  | {
      readonly is: "name";
      readonly owner: Owner;
      readonly at: Span;
      readonly member: PlacedMember | undefined;
    }
  /** A value, or the gap behind a colon. */
  | {
      readonly is: "value";
      readonly owner: Owner;
      readonly at: Span;
      readonly name: string;
      readonly value: PlacedValue | undefined;
    }
  /** Between key sets. */
  | { readonly is: "set"; readonly at: Span }
  /** Outside of everything, in a file that has nothing yet. */
  | { readonly is: "file"; readonly at: Span };

/** The object that one is in. */
export type Owner =
  | { readonly kind: "file"; readonly object: PlacedObject }
  | {
      readonly kind: "set";
      readonly object: PlacedObject;
      readonly suite: SecuritySuite | undefined;
    }
  | {
      readonly kind: "pair";
      readonly object: PlacedObject;
      readonly suite: SecuritySuite | undefined;
      readonly pairOf: KeyFileMember;
    };

/** What stands at an offset of the text; undefined where nothing of a key file can be. */
export function placeInKeyFile(text: string, offset: number): KeyFilePlace | undefined {
  const { value: file } = readPlacedJson(text);
  if (file === undefined) {
    return text.trim() === "" ? { is: "file", at: { start: offset, end: offset } } : undefined;
  }
  if (file.kind !== "object" || !isIn(file, offset)) return undefined;
  for (const set of setsIn(file)) {
    if (!isIn(set, offset)) continue;
    const suite = suiteOf(set);
    for (const member of keyFileMembers) {
      const pair = memberOf(set, member.name)?.value;
      const isPair = member.form === "public-keys" || member.form === "private-keys";
      if (isPair && pair?.kind === "object" && isIn(pair, offset)) {
        return placeIn({ kind: "pair", object: pair, suite, pairOf: member }, text, offset);
      }
    }
    return placeIn({ kind: "set", object: set, suite }, text, offset);
  }
  const keySets = memberOf(file, "keySets")?.value;
  if (keySets?.kind === "array" && isIn(keySets, offset)) {
    return { is: "set", at: { start: offset, end: offset } };
  }
  return placeIn({ kind: "file", object: file }, text, offset);
}

/** The member of a set that a name or a value belongs to; undefined for `keySets` and what is unknown. */
export function memberAt(owner: Owner, name: string): KeyFileMember | undefined {
  if (owner.kind === "set") return keyFileMembers.find((member) => member.name === name);
  if (owner.kind === "pair" && keySides.some((side) => side === name)) return owner.pairOf;
  return undefined;
}

function placeIn(owner: Owner, text: string, offset: number): KeyFilePlace {
  let last: PlacedMember | undefined;
  for (const member of owner.object.members) {
    const { nameAt, value } = member;
    if (isAround(nameAt, offset)) return { is: "name", owner, at: nameAt, member };
    if (value !== undefined && isAround(value, offset)) {
      return { is: "value", owner, at: value, name: member.name, value };
    }
    if (nameAt.end <= offset) last = member;
  }
  const word = wordAround(text, offset);
  // Behind a colon there is a value to come.
  if (last !== undefined) {
    const gap = text.slice(last.nameAt.end, word.start).trim();
    if (gap === ":") return { is: "value", owner, at: word, name: last.name, value: undefined };
  }
  return { is: "name", owner, at: word, member: undefined };
}

/** Between the brackets, whether or not the closing one is there. */
function isIn(value: PlacedValue, offset: number): boolean {
  if (value.kind !== "object" && value.kind !== "array") return false;
  return offset > value.start && (value.isClosed ? offset < value.end : offset <= value.end);
}

/** In it or at one of its ends. */
function isAround({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}

/** What has been typed without quotes. */
function wordAround(text: string, offset: number): Span {
  const before = /[\w.-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  const behind = /^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0;
  return { start: offset - before, end: offset + behind };
}
