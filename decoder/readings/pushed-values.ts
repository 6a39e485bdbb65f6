/** Pushes that say themselves what they bring: the objects beside the values. */
import type { Data } from "../xdlms/data.js";
import type { AttributeValue } from "./attribute-values.js";

/** An element of a list of capture objects or push objects. */
export interface ObjectDefinition {
  readonly classId: number;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  /** 0 for all attributes of the object. */
  readonly attribute: number;
  /** 0 for the whole attribute, else the element of it. */
  readonly dataIndex: number;
}

/**
 * The values of a push whose body has the push_object_list for its first element and a value for
 * each of its entries, or is a list of pairs of an attribute descriptor and its value. None where
 * the body is anything else: then only the meter's setup tells what it is.
 */
export function pushedValues(body: Data): AttributeValue[] {
  const elements = elementsOf(body) ?? [];
  const list = elements[0] === undefined ? undefined : readObjectDefinitions(elements[0]);
  if (list !== undefined && list.length === elements.length && list.length > 1) {
    return list.flatMap((definition, i) => toValue(definition, elements[i]));
  }
  return elements.flatMap(readPair);
}

/** Class, logical name, attribute and data index of each entry; undefined where that is none. */
export function readObjectDefinitions(data: Data): ObjectDefinition[] | undefined {
  if (data.type !== "array" && data.type !== "compact-array") return undefined;
  const definitions: ObjectDefinition[] = [];
  for (const element of data.value) {
    const definition = element.type === "structure" ? readDefinition(element.value) : undefined;
    if (definition === undefined) return undefined;
    definitions.push(definition);
  }
  return definitions;
}

function readPair(element: Data): AttributeValue[] {
  if (element.type !== "structure" || element.value.length !== 2) return [];
  const [descriptor, value] = element.value;
  if (descriptor?.type !== "structure" || descriptor.value.length !== 3) return [];
  const definition = readDefinition(descriptor.value);
  return definition === undefined ? [] : toValue(definition, value);
}

function readDefinition(members: readonly Data[]): ObjectDefinition | undefined {
  const [classId, logicalName, attribute, dataIndex] = members;
  if (classId?.type !== "long-unsigned" || attribute?.type !== "integer") return undefined;
  if (logicalName?.type !== "octet-string" || logicalName.value.length !== 6) return undefined;
  if (dataIndex !== undefined && dataIndex.type !== "long-unsigned") return undefined;
  return {
    classId: classId.value,
    logicalName: logicalName.value,
    attribute: attribute.value,
    dataIndex: dataIndex?.value ?? 0,
  };
}

function toValue(definition: ObjectDefinition, data: Data | undefined): AttributeValue[] {
  const { classId, logicalName, attribute, dataIndex } = definition;
  if (data === undefined || dataIndex !== 0 || attribute <= 0) return [];
  return [{ classId, logicalName, attribute, data, selection: undefined, written: false }];
}

function elementsOf(data: Data): readonly Data[] | undefined {
  return data.type === "structure" || data.type === "array" || data.type === "compact-array"
    ? data.value
    : undefined;
}
