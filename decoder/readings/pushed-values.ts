/**
 * The values of a push. Its body may be anything: what belongs to what is told by the body itself, in
 * one of the shapes that meters use, or by a maker's habit.
 */

import { findPositionalPush } from "../cosem/packs/positional-push.js";
import type { Data } from "../xdlms/data.js";
import { isPlausibleLogicalName, parseLogicalName } from "../xdlms/logical-name.js";
import type { AttributeValue } from "./attribute-values.js";
import { readScalerUnit } from "./meter-objects.js";
import {
  type ObjectDefinition,
  readDefinition,
  readObjectDefinitions,
} from "./object-definitions.js";

/**
 * The values of a push whose body says what they are. Three shapes are met, at any depth: the
 * push_object_list and behind it a value for each of its entries; an attribute descriptor or a logical
 * name with its value next to it, and scaler and unit where they follow; lists of such pairs.
 * Where the body names nothing, a maker's habit may tell; else only the meter's setup does.
 */
export function pushedValues(body: Data): AttributeValue[] {
  const values: AttributeValue[] = [];
  const elements = elementsOf(body);
  collect(elements, values);
  return values.length > 0 ? values : valuesByHabit(elements);
}

function valuesByHabit(elements: readonly Data[]): AttributeValue[] {
  const habit = findPositionalPush(elements);
  return (habit?.columns ?? []).flatMap((column, i) => {
    const data = elements[i];
    const logicalName = column === undefined ? undefined : parseLogicalName(column.obis);
    if (column === undefined || data === undefined || logicalName === undefined) return [];
    const { classId, attribute, scaler = 0, unit } = column;
    const scalerUnit = unit === undefined ? undefined : { scaler, unit };
    const value = { classId, logicalName, attribute, data, selection: undefined, written: false };
    return [{ ...value, scalerUnit, habit: habit?.label }];
  });
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
