/** The key file of the contract, and the command-line options that stand for one key set. */
import { fromHex } from "../core/bytes.js";
import { JsonMembers, JsonTextError, type JsonValue, parseJsonText } from "./json-text.js";
import {
  bytesOf,
  type KeyForm,
  keyFileMembers,
  keySides,
  type SecuritySuite,
  securitySuites,
} from "./key-file-format.js";
import type { KeySet } from "./key-set.js";

/** Keys that cannot be used, and why. The message names sets and fields, never their values. */
export class KeyFileError extends Error {}

/** The options for one meter's keys; each is hex. */
export interface KeyOptions {
  readonly guek?: string | undefined;
  readonly gbek?: string | undefined;
  readonly gak?: string | undefined;
  readonly dedicated?: string | undefined;
  readonly kek?: string | undefined;
  readonly "system-title"?: string | undefined;
  readonly "hls-secret"?: string | undefined;
}

type Draft = { -readonly [Key in keyof KeySet]: KeySet[Key] };
/** Where a value stands, for messages: `key set 1 (meter 1), authenticationKey`. */
type Place = string;

const known = keyFileMembers.map(({ name }) => name);

/**
 * The key sets of a key file. Throws `KeyFileError` where the text is not JSON (with line and
 * column), a name is not one of the contract, or a value has a wrong form or length.
 */
export function parseKeyFile(text: string): KeySet[] {
  const file = asObject(parse(text), "the key file", ["keySets"]);
  const sets = file.get("keySets");
  if (!Array.isArray(sets)) throw new KeyFileError("the key file: keySets must be an array");
  return sets.map((set, index) => readKeySet(set, `key set ${index + 1}`));
}

/**
 * The key set that command-line options give, empty where there are none. Throws `KeyFileError`,
 * which names the option.
 */
export function keySetFromOptions(options: KeyOptions): KeySet {
  const set: Draft = {};
  const aes = [
    ["globalUnicastEncryptionKey", "guek"],
    ["globalBroadcastEncryptionKey", "gbek"],
    ["authenticationKey", "gak"],
    ["dedicatedKey", "dedicated"],
    ["masterKey", "kek"],
  ] as const;
  for (const [name, option] of aes) {
    const hex = options[option];
    if (hex !== undefined) set[name] = asBytes(hex, `--${option}`, "symmetric-key");
  }
  const secret = options["hls-secret"];
  if (secret !== undefined) set.hlsSecret = asSecret(secret, "--hls-secret");
  const title = options["system-title"];
  if (title !== undefined) set.systemTitle = asBytes(title, "--system-title", "system-title");
  return set;
}

function parse(text: string): JsonValue {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new KeyFileError(`the key file is not JSON: ${error.message}`);
  }
}

function readKeySet(value: JsonValue, number: Place): KeySet {
  if (!(value instanceof JsonMembers)) throw new KeyFileError(`${number} must be an object`);
  const set: Draft = {};
  const name = value.get("name");
  if (name !== undefined) set.name = asText(name, `${number}, name`);
  const place = set.name === undefined ? number : `${number} (${set.name})`;
  const members = asObject(value, place, known);
  const suite = readSuite(members, `${place}, securitySuite`);
  if (suite !== undefined) set.securitySuite = suite;
  for (const member of keyFileMembers) {
    const given = members.get(member.name);
    if (given !== undefined) readMember(set, member, given, `${place}, ${member.name}`, suite);
  }
  if (!keyFileMembers.some(({ isKey, name }) => isKey && set[name] !== undefined)) {
    throw new KeyFileError(`${place} has no key`);
  }
  return set;
}

function readMember(
  set: Draft,
  member: (typeof keyFileMembers)[number],
  value: JsonValue,
  place: Place,
  suite: SecuritySuite | undefined,
): void {
  switch (member.form) {
    case "text":
      set[member.name] = asText(value, place);
      break;
    case "secret":
      set[member.name] = asSecret(value, place);
      break;
    case "system-title":
    case "symmetric-key":
      set[member.name] = asBytes(value, place, member.form, suite);
      break;
    case "public-keys":
    case "private-keys":
      set[member.name] = readPair(value, place, member.form, suite);
      break;
    case "suite": // Read before the others, which depend on it.
      break;
  }
}

function readPair(
  value: JsonValue,
  place: Place,
  form: KeyForm,
  suite: SecuritySuite | undefined,
): { client?: Uint8Array; server?: Uint8Array } {
  const members = asObject(value, place, keySides);
  const pair: { client?: Uint8Array; server?: Uint8Array } = {};
  for (const side of keySides) {
    const key = members.get(side);
    if (key !== undefined) pair[side] = asBytes(key, `${place}.${side}`, form, suite);
  }
  if (members.size === 0) throw new KeyFileError(`${place} is empty`);
  return pair;
}

function readSuite(members: JsonMembers, place: Place): SecuritySuite | undefined {
  const given = members.get("securitySuite");
  if (given === undefined) return undefined;
  const found = securitySuites.find(({ suite }) => suite === given);
  if (found === undefined) throw new KeyFileError(`${place} must be 0, 1 or 2`);
  return found.suite;
}

function asObject(value: JsonValue, place: Place, names: readonly string[]): JsonMembers {
  if (!(value instanceof JsonMembers)) throw new KeyFileError(`${place} must be an object`);
  for (const name of value.keys()) {
    // A key may have slipped into the place of a name: only what looks like a name is repeated.
    const shown = /^[A-Za-z_-]{1,40}$/.test(name) ? ` ${name}` : "";
    if (!names.includes(name)) {
      throw new KeyFileError(`${place}: the name${shown} is not one of ${names.join(", ")}`);
    }
  }
  return value;
}

function asText(value: JsonValue, place: Place): string {
  if (typeof value === "string" && value !== "") return value;
  throw new KeyFileError(`${place} must be a text`);
}

function asSecret(value: JsonValue, place: Place): Uint8Array {
  const bytes = asHex(value, place);
  if (bytes.length === 0) throw new KeyFileError(`${place} is empty`);
  return bytes;
}

function asBytes(
  value: JsonValue,
  place: Place,
  form: KeyForm,
  suite?: SecuritySuite | undefined,
): Uint8Array {
  const bytes = asHex(value, place);
  const lengths = bytesOf(form, suite) ?? [bytes.length];
  if (lengths.includes(bytes.length)) return bytes;
  throw new KeyFileError(`${place} has ${bytes.length} bytes, ${lengths.join(" or ")} are needed`);
}

/** Blanks and colons between the digits are taken as people write them. */
function asHex(value: JsonValue, place: Place): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value.replace(/[\s:]/g, "")) : undefined;
  if (bytes === undefined) throw new KeyFileError(`${place} is not hex`);
  return bytes;
}
