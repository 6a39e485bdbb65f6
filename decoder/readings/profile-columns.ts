/** The columns of a profile's buffer, as it was asked for. Class 7, selective access by range or entry. */
import type { AttributeValue, Selection } from "./attribute-values.js";
import type { MeterObjects } from "./meter-objects.js";
import { type ObjectDefinition, readObjectDefinitions } from "./object-definitions.js";

/**
 * What each value of a row belongs to; undefined where that is not certain: the capture objects were
 * not shown, or the request was not.
 */
export function columnsOf(
  { logicalName, selection }: AttributeValue,
  objects: MeterObjects,
  frame: number,
  orLater = false,
  given?: GivenColumns,
): readonly ObjectDefinition[] | undefined {
  const shown = objects.columns(logicalName, frame, orLater);
  return selectColumns(shown ?? given?.get(logicalName.join(".")), selection);
}

/** What the user says that the columns of profiles are, by their logical names as dotted numbers. */
export type GivenColumns = ReadonlyMap<string, readonly ObjectDefinition[]>;

function selectColumns(
  objects: readonly ObjectDefinition[] | undefined,
  selection: Selection,
): readonly ObjectDefinition[] | undefined {
  if (selection === "unknown") return undefined;
  if (selection === undefined) return objects?.length === 0 ? undefined : objects;
  const { "access-selector": selector, "access-parameters": parameters } = selection;
  if (parameters.type !== "structure") return undefined;
  const [, , third, fourth] = parameters.value;
  // range_descriptor: the fourth element lists the columns, none for all of them.
  if (selector === 1 && fourth !== undefined) {
    const selected = readObjectDefinitions(fourth);
    return selected?.length === 0 ? objects : selected;
  }
  // entry_descriptor: from_selected_value and to_selected_value count from 1; 0 is the last one.
  if (selector === 2 && third?.type === "long-unsigned" && fourth?.type === "long-unsigned") {
    const end = fourth.value === 0 ? objects?.length : fourth.value;
    return objects?.slice(Math.max(third.value, 1) - 1, end);
  }
  return undefined;
}
