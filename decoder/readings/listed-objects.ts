/** The objects that an association lists: object_list of Association LN (15) and SN (12). */
import { readLogicalName } from "../conversation/names/object-list.js";
import { equalBytes } from "../core/bytes.js";
import { attributeAccessBits, methodAccessBits } from "../cosem/classes/associations.js";
import type { Data } from "../xdlms/data.js";
import type { AttributeValue } from "./attribute-values.js";

export interface ListedObject {
  readonly classId: number;
  readonly version: number;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  /** Access rights in words: `2 read, 3 read and write; method 1`; empty where the list has none. */
  readonly access: string;
}

/** Empty for every other value, and for a list that the request has only asked a part of. */
export function readListedObjects(value: AttributeValue): ListedObject[] {
  const { classId, attribute, data, logicalName } = value;
  if (attribute !== 2 || (data.type !== "array" && data.type !== "compact-array")) return [];
  if (classId !== 12 && classId !== 15) return [];
  const entries = data.value.flatMap((element) => readElement(element, classId));
  const describe = hasBits(entries, logicalName) ? wordOfBits : wordOfMode;
  return entries.map(({ rights, ...object }) => {
    return { ...object, access: rights === undefined ? "" : describeRights(rights, describe) };
  });
}

interface Entry extends Omit<ListedObject, "access"> {
  readonly rights: Data | undefined;
}

function readElement(element: Data, list: 12 | 15): Entry[] {
  if (element.type !== "structure" || element.value.length !== 4) return [];
  // Association SN has the base name before the others, Association LN the access rights behind.
  const [classId, version, name, rights] =
    list === 15 ? element.value : [...element.value.slice(1), undefined];
  if (classId?.type !== "long-unsigned" || version?.type !== "unsigned") return [];
  const logicalName = name === undefined ? undefined : readLogicalName(name);
  if (logicalName === undefined) return [];
  return [{ classId: classId.value, version: version.value, logicalName, rights }];
}

/**
 * Whether access_mode has bits: since version 3 of Association LN. The list says the version of its own
 * association; one that is asked for as the current one may be listed by its own name alone.
 */
function hasBits(entries: readonly Entry[], association: Uint8Array): boolean {
  const associations = entries.filter(({ classId }) => classId === 15);
  const own =
    associations.find(({ logicalName }) => equalBytes(logicalName, association)) ?? associations[0];
  return own !== undefined && own.version >= 3;
}

type WordOf = (mode: Data, kind: "attribute" | "method") => string | undefined;

/** access_rights: attribute_access and method_access. */
function describeRights(rights: Data, wordOf: WordOf): string {
  if (rights.type !== "structure" || rights.value.length !== 2) return "";
  const [attributes, methods] = rights.value;
  const parts = [
    describeItems(attributes, "", (mode) => wordOf(mode, "attribute")),
    describeItems(methods, "method ", (mode) => wordOf(mode, "method")),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

type Modes = Readonly<Partial<Record<number, string>>>;

/** Of lists without bits: access_mode of Association LN up to version 2. IEC 62056-6-2, Association LN. */
const attributeModes: Modes = {
  1: "read",
  2: "write",
  3: "read and write",
  4: "authenticated read",
  5: "authenticated write",
  6: "authenticated read and write",
};
const methodModes: Modes = { 1: "", 2: "authenticated" };

function describeItems(
  items: Data | undefined,
  prefix: string,
  wordOf: (mode: Data) => string | undefined,
): string {
  if (items?.type !== "array" && items?.type !== "compact-array") return "";
  const described = items.value.flatMap((item) => {
    if (item.type !== "structure") return [];
    const [id, mode] = item.value;
    if (id?.type !== "integer" || mode === undefined) return [];
    const word = wordOf(mode);
    return word === undefined ? [] : [`${prefix}${id.value} ${word}`.trimEnd()];
  });
  return described.join(", ");
}

/** Undefined where there is no access; a mode without a word keeps its number. */
function wordOfMode(mode: Data, kind: "attribute" | "method"): string | undefined {
  if (mode.type === "boolean") return mode.value ? "" : undefined;
  if (mode.type !== "enum" || mode.value === 0) return undefined;
  const modes = kind === "attribute" ? attributeModes : methodModes;
  return modes[mode.value] ?? `mode ${mode.value}`;
}

/** `read and write (authenticated request, encrypted response)`. */
function wordOfBits(mode: Data, kind: "attribute" | "method"): string | undefined {
  if (mode.type !== "enum") return undefined;
  const bits = kind === "attribute" ? attributeAccessBits : methodAccessBits;
  const names = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) =>
    (mode.value >>> bit) % 2 === 1 ? (bits[bit] ?? `bit ${bit}`) : [],
  );
  const access = names.filter((name) => name.endsWith("access"));
  // What the messages must be protected by says nothing where there is no access.
  if (access.length === 0) return undefined;
  const protection = names.filter((name) => !name.endsWith("access"));
  const word = access.map((name) => name.replace(/-?access$/, "")).join(" and ");
  return protection.length === 0 ? word : `${word} (${protection.join(", ")})`.trimStart();
}
