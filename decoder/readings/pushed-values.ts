/**
 * The values of a push. Its body may be anything: what belongs to what is told by the body itself, in
 * one of the shapes that meters use, or by a maker's habit.
 */
import type { Data } from "../xdlms/data.js";
import { isPlausibleLogicalName } from "../xdlms/logical-name.js";
import type { AttributeValue } from "./attribute-values.js";
import { readScalerUnit } from "./meter-objects.js";

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
 * The values of a push whose body says what they are. Three shapes are met, at any depth: the
 * push_object_list and behind it a value for each of its entries; an attribute descriptor or a logical
 * name with its value next to it, and scaler and unit where they follow; lists of such pairs. None
 * where the body is anything else: then only the meter's setup tells what it is.
 */
export function pushedValues(body: Data): AttributeValue[] {
  const values: AttributeValue[] = [];
  collect(elementsOf(body), values);
  return values;
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

function collect(elements: readonly Data[], values: AttributeValue[]): void {
  const list = elements[0] === undefined ? undefined : readObjectDefinitions(elements[0]);
  if (list !== undefined && list.length > 1 && list.length === elements.length) {
    for (const [i, definition] of list.entries()) addValue(definition, elements[i], values);
    return;
  }
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i] as Data;
    const value = elements[i + 1];
    const object = value === undefined ? undefined : readObject(element);
    if (object === undefined) {
      collect(elementsOf(element), values);
      continue;
    }
    const scalerUnit = readScalerUnit(elements[i + 2]);
    addValue({ ...object, scalerUnit }, value, values);
    i += scalerUnit === undefined ? 1 : 2;
  }
}

type Named = Omit<ObjectDefinition, "classId"> & Pick<AttributeValue, "classId" | "scalerUnit">;

/** An attribute descriptor, or a logical name alone: that means the value of the object. */
function readObject(data: Data): Named | undefined {
  if (data.type === "structure") {
    return data.value.length === 3 ? readDefinition(data.value) : undefined;
  }
  if (data.type !== "octet-string" || !isPlausibleLogicalName(data.value)) return undefined;
  return { classId: undefined, logicalName: data.value, attribute: valueAttribute, dataIndex: 0 };
}

/** The value of Data, of registers, and the time of clocks. */
const valueAttribute = 2;

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

function addValue(named: Named, data: Data | undefined, values: AttributeValue[]): void {
  const { classId, logicalName, attribute, dataIndex, scalerUnit } = named;
  if (data === undefined || dataIndex !== 0 || attribute < 0) return;
  if (attribute === 0) {
    // Every attribute, from the logical name on.
    for (const [i, each] of elementsOf(data).entries()) {
      addValue({ ...named, attribute: i + 1 }, each, values);
    }
    return;
  }
  const value = { classId, logicalName, attribute, data, selection: undefined, written: false };
  values.push(scalerUnit === undefined ? value : { ...value, scalerUnit });
}

function elementsOf(data: Data): readonly Data[] {
  return data.type === "structure" || data.type === "array" || data.type === "compact-array"
    ? data.value
    : [];
}
