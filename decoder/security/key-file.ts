/** The key file of the contract, and the command-line options that stand for one key set. */
import { fromHex } from "../core/bytes.js";
import { JsonMembers, JsonTextError, type JsonValue, parseJsonText } from "./json-text.js";
import type { KeySet } from "./key-set.js";
import { systemTitleLength } from "./system-title.js";

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
type Suite = 0 | 1 | 2;

/** Where a value stands, for messages: `key set 1 (meter 1), authenticationKey`. */
type Place = string;

const aesKeys = [
  "globalUnicastEncryptionKey",
  "globalBroadcastEncryptionKey",
  "authenticationKey",
  "dedicatedKey",
  "masterKey",
] as const;

/** Fields that make a set worth having: each is a key or a secret. */
const secrets = [
  ...aesKeys,
  "hlsSecret",
  "llsPassword",
  "signingPublicKeys",
  "agreementPrivateKeys",
] as const;

const known: readonly string[] = [
  "name",
  "systemTitle",
  "securitySuite",
  "clientSystemTitle",
  ...secrets,
];

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
    if (hex !== undefined) set[name] = asBytes(hex, `--${option}`, aesLengths(undefined));
  }
  const secret = options["hls-secret"];
  if (secret !== undefined) set.hlsSecret = asSecret(secret, "--hls-secret");
  const title = options["system-title"];
  if (title !== undefined) set.systemTitle = asBytes(title, "--system-title", [systemTitleLength]);
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
  for (const [key, member] of members) readMember(set, key, member, `${place}, ${key}`, suite);
  if (!secrets.some((key) => set[key] !== undefined)) {
    throw new KeyFileError(`${place} has no key`);
  }
  return set;
}

function readMember(
  set: Draft,
  key: string,
  value: JsonValue,
  place: Place,
  suite: Suite | undefined,
): void {
  const aesKey = aesKeys.find((other) => other === key);
  if (aesKey !== undefined) set[aesKey] = asBytes(value, place, aesLengths(suite));
  switch (key) {
    case "systemTitle":
    case "clientSystemTitle":
      set[key] = asBytes(value, place, [systemTitleLength]);
      break;
    case "hlsSecret":
      set[key] = asSecret(value, place);
      break;
    case "llsPassword":
      set[key] = asText(value, place);
      break;
    case "signingPublicKeys":
      set[key] = readPair(value, place, curveLengths(suite, 2));
      break;
    case "agreementPrivateKeys":
      set[key] = readPair(value, place, curveLengths(suite, 1));
      break;
  }
}

function readPair(value: JsonValue, place: Place, lengths: readonly number[]) {
  const members = asObject(value, place, ["client", "server"]);
  const client = members.get("client");
  const server = members.get("server");
  if (client === undefined && server === undefined) throw new KeyFileError(`${place} is empty`);
  return {
    ...(client === undefined ? {} : { client: asBytes(client, `${place}.client`, lengths) }),
    ...(server === undefined ? {} : { server: asBytes(server, `${place}.server`, lengths) }),
  };
}

function readSuite(members: JsonMembers, place: Place): Suite | undefined {
  const suite = members.get("securitySuite");
  if (suite === undefined || suite === 0 || suite === 1 || suite === 2) return suite;
  throw new KeyFileError(`${place} must be 0, 1 or 2`);
}

/** AES-128 in the suites 0 and 1, AES-256 in suite 2; either where the set does not say. */
function aesLengths(suite: Suite | undefined): readonly number[] {
  if (suite === undefined) return [16, 32];
  return suite === 2 ? [32] : [16];
}

/** Numbers of 32 bytes on P-256, of 48 on P-384 (suite 2); `numbers` of them make the key. */
function curveLengths(suite: Suite | undefined, numbers: number): readonly number[] {
  if (suite === undefined) return [32 * numbers, 48 * numbers];
  return suite === 2 ? [48 * numbers] : [32 * numbers];
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

function asBytes(value: JsonValue, place: Place, lengths: readonly number[]): Uint8Array {
  const bytes = asHex(value, place);
  if (lengths.includes(bytes.length)) return bytes;
  throw new KeyFileError(`${place} has ${bytes.length} bytes, ${lengths.join(" or ")} are needed`);
}

/** Blanks and colons between the digits are taken as people write them. */
function asHex(value: JsonValue, place: Place): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value.replace(/[\s:]/g, "")) : undefined;
  if (bytes === undefined) throw new KeyFileError(`${place} is not hex`);
  return bytes;
}
