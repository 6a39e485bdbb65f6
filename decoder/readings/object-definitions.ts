/** Lists of objects as profiles, pushes and selections have them: capture objects, push objects. */
import type { Data } from "../xdlms/data.js";

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

/** The members of one entry; also of an attribute descriptor, which has no data index. */
export function readDefinition(members: readonly Data[]): ObjectDefinition | undefined {
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

/** Whether it is the time of a clock: class 8, attribute 2. */
export function isClockTime({ classId, attribute, dataIndex }: ObjectDefinition): boolean {
  return classId === 8 && attribute === 2 && dataIndex === 0;
}
