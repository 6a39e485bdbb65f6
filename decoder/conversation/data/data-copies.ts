/**
 * Copies of what outlives its frame: the byte strings in a dissection are views, and each would keep
 * the whole piece of the capture in memory that it is of.
 */
import type { Data } from "../../xdlms/data.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { Selection } from "./data-values.js";

export function copyObject(object: ObjectReference): ObjectReference {
  const { logicalName } = object;
  if (logicalName === undefined) return object;
  return { ...object, logicalName: Uint8Array.from(logicalName) };
}

export function copySelection(selection: Selection): Selection {
  if (selection === undefined || selection === "unknown") return selection;
  const { "access-selector": selector, "access-parameters": parameters } = selection;
  return { "access-selector": selector, "access-parameters": copyData(parameters) };
}

function copyData(data: Data): Data {
  switch (data.type) {
    case "octet-string":
      return { type: data.type, value: Uint8Array.from(data.value) };
    case "array":
    case "structure":
    case "compact-array":
      return { type: data.type, value: data.value.map(copyData) };
    default:
      return data;
  }
}
