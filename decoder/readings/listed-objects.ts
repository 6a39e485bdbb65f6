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
  return data.value.flatMap((element) => readElement(element, classId));
}

function readElement(element: Data, list: 12 | 15): ListedObject[] {
  if (element.type !== "structure" || element.value.length !== 4) return [];
  // Association SN has the base name before the others, Association LN the access rights behind.
  const [classId, version, name, rights] =
    list === 15 ? element.value : [...element.value.slice(1), undefined];
  if (classId?.type !== "long-unsigned" || version?.type !== "unsigned") return [];
  const logicalName = name === undefined ? undefined : readLogicalName(name);
  if (logicalName === undefined) return [];
  const access = rights === undefined ? "" : describeRights(rights, version.value);
  return [{ classId: classId.value, version: version.value, logicalName, access }];
}

/** access_rights: attribute_access and method_access. */
function describeRights(rights: Data, _version: number): string {
  if (rights.type !== "structure" || rights.value.length !== 2) return "";
  const [attributes, methods] = rights.value;
  const parts = [
    describeItems(attributes, "", attributeModes),
    describeItems(methods, "method ", methodModes),
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

function describeItems(items: Data | undefined, prefix: string, modes: Modes): string {
  if (items?.type !== "array") return "";
  const described = items.value.flatMap((item) => {
    if (item.type !== "structure") return [];
    const [id, mode] = item.value;
    if (id?.type !== "integer" || mode === undefined) return [];
    const word = wordOf(mode, modes);
    return word === undefined ? [] : [`${prefix}${id.value} ${word}`.trimEnd()];
  });
  return described.join(", ");
}

/** Undefined where there is no access; a mode without a word keeps its number. */
function wordOf(mode: Data, modes: Modes): string | undefined {
  if (mode.type === "boolean") return mode.value ? "" : undefined;
  if (mode.type !== "enum" || mode.value === 0) return undefined;
  return modes[mode.value] ?? `mode ${mode.value}`;
}
