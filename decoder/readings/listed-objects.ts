/** The objects that an association lists: object_list of Association LN (15) and SN (12). */
import { readLogicalName } from "../conversation/names/object-list.js";
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
export function readListedObjects({ classId, attribute, data }: AttributeValue): ListedObject[] {
  if (attribute !== 2 || (data.type !== "array" && data.type !== "compact-array")) return [];
  if (classId !== 12 && classId !== 15) return [];
  const modes = modesOf(data.value);
  return data.value.flatMap((element) => readElement(element, classId, modes));
}

function readElement(element: Data, list: 12 | 15, modes: Modes): ListedObject[] {
  if (element.type !== "structure" || element.value.length !== 4) return [];
  // Association SN has the base name before the others, Association LN the access rights behind.
  const [classId, version, name, rights] =
    list === 15 ? element.value : [...element.value.slice(1), undefined];
  if (classId?.type !== "long-unsigned" || version?.type !== "unsigned") return [];
  const logicalName = name === undefined ? undefined : readLogicalName(name);
  if (logicalName === undefined) return [];
  const access = rights === undefined ? "" : describeRights(rights, modes);
  return [{ classId: classId.value, version: version.value, logicalName, access }];
}

/** What the numbers of access_mode mean; a mode without a word keeps its number. */
interface Modes {
  readonly attribute: (mode: number) => string | undefined;
  readonly method: (mode: number) => string | undefined;
}

/** Association LN up to version 2 numbers the modes. IEC 62056-6-2, Association LN, access_mode. */
const attributeModes: Readonly<Partial<Record<number, string>>> = {
  1: "read",
  2: "write",
  3: "read and write",
  4: "authenticated read",
  5: "authenticated write",
  6: "authenticated read and write",
};
const methodModes: Readonly<Partial<Record<number, string>>> = { 1: "", 2: "authenticated" };
const numberedModes: Modes = {
  attribute: (mode) => attributeModes[mode],
  method: (mode) => methodModes[mode],
};

/** From version 3 on the modes are bits: these say how messages must be protected. */
const protections = [
  [0x04, "authenticated request"],
  [0x08, "encrypted request"],
  [0x10, "digitally signed request"],
  [0x20, "authenticated response"],
  [0x40, "encrypted response"],
  [0x80, "digitally signed response"],
] as const;
const bitModes: Modes = {
  attribute: (mode) => describeBits(mode, attributeModes[mode & 3]),
  method: (mode) => describeBits(mode, (mode & 1) === 1 ? "" : undefined),
};

function describeBits(mode: number, access: string | undefined): string | undefined {
  // Protection without access is none.
  if (access === undefined) return undefined;
  const needed = protections.filter(([bit]) => (mode & bit) !== 0).map(([, word]) => word);
  return needed.length === 0 ? access : `${access} (${needed.join(", ")})`.trimStart();
}

/** By the version of the association, which lists itself; numbers where it does not. */
function modesOf(elements: readonly Data[]): Modes {
  const isBits = elements.some((element) => {
    if (element.type !== "structure") return false;
    const [classId, version] = element.value;
    return classId?.value === 15 && version?.type === "unsigned" && version.value >= 3;
  });
  return isBits ? bitModes : numberedModes;
}

/** access_rights: attribute_access and method_access. */
function describeRights(rights: Data, modes: Modes): string {
  if (rights.type !== "structure" || rights.value.length !== 2) return "";
  const [attributes, methods] = rights.value;
  const parts = [
    describeItems(attributes, "", modes.attribute),
    describeItems(methods, "method ", modes.method),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function describeItems(
  items: Data | undefined,
  prefix: string,
  wordOf: (mode: number) => string | undefined,
): string {
  if (items?.type !== "array") return "";
  const described = items.value.flatMap((item) => {
    if (item.type !== "structure") return [];
    const [id, mode] = item.value;
    if (id?.type !== "integer" || mode === undefined) return [];
    const word = describeMode(mode, wordOf);
    return word === undefined ? [] : [`${prefix}${id.value} ${word}`.trimEnd()];
  });
  return described.join(", ");
}

/** Undefined where there is no access. Methods of Association LN version 0 have a boolean. */
function describeMode(
  mode: Data,
  wordOf: (mode: number) => string | undefined,
): string | undefined {
  if (mode.type === "boolean") return mode.value ? "" : undefined;
  if (mode.type !== "enum" || mode.value === 0) return undefined;
  return wordOf(mode.value) ?? `mode ${mode.value}`;
}
