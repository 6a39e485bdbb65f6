/** The elements of a list of COSEM objects as Association SN gives it. IEC 62056-6-2, Association SN. */
import type { ShortNameObject } from "../../core/context.js";
import type { Data } from "../../xdlms/data.js";

/**
 * The objects in the value of `object_list`, or in what `getlist_by_classid` and
 * `getobj_by_logicalname` return: an array of structures, or one structure, of base_name, class_id,
 * version and logical_name. Empty for every other value. `frame` is the one that brought it.
 */
export function readObjectList(value: Data, frame: number): readonly ShortNameObject[] {
  if (value.type === "structure") {
    const object = readElement(value, frame);
    return object === undefined ? [] : [object];
  }
  if (value.type !== "array" && value.type !== "compact-array") return [];
  const objects: ShortNameObject[] = [];
  for (const element of value.value) {
    const object = readElement(element, frame);
    if (object === undefined) return [];
    objects.push(object);
  }
  return objects;
}

function readElement(element: Data, frame: number): ShortNameObject | undefined {
  if (element.type !== "structure" || element.value.length !== 4) return undefined;
  const [base, classId, version, name] = element.value;
  if (base?.type !== "long" && base?.type !== "long-unsigned") return undefined;
  if (classId?.type !== "long-unsigned" || version?.type !== "unsigned") return undefined;
  const logicalName = name === undefined ? undefined : readLogicalName(name);
  if (logicalName === undefined) return undefined;
  return {
    // A short name is unsigned, and base_name of the signed type long.
    baseName: base.value & 0xffff,
    classId: classId.value,
    version: version.value,
    logicalName,
    frame,
  };
}

/**
 * The value of an attribute 1; undefined where the value cannot be a logical name. A copy: a view
 * would keep the whole piece of the capture in memory that it is of.
 */
export function readLogicalName(value: Data): Uint8Array | undefined {
  return value.type === "octet-string" && value.value.length === 6
    ? Uint8Array.from(value.value)
    : undefined;
}
