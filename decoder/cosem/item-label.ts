/** Attributes and methods as texts name them: `1-0:1.8.0*255 attribute 2 (Register.value)`. */
import { KnownPlaces } from "../core/known-places.js";
import { formatLogicalName, numberOfName } from "../xdlms/logical-name.js";
import { findAttribute, findClass, findMethod } from "./find-class.js";

type ItemKind = "attribute" | "method";

/** Every frame names an attribute, and few are named. */
const labels = new KnownPlaces<string>(1024);

/**
 * An attribute or a method of an object by its number and by its name in the class; of a class or a
 * number that is not known, the numbers: `1-0:1.8.0*255 class 8192 attribute 2`.
 */
export function labelItem(
  logicalName: Uint8Array,
  classId: number,
  kind: ItemKind,
  id: number,
): string {
  const name = numberOfName(logicalName);
  const item = (classId * 2 + (kind === "method" ? 1 : 0)) * 256 + (id & 0xff);
  const known = labels.find(name, item);
  if (known !== undefined) return known;
  return labels.keep(
    name,
    item,
    `${formatLogicalName(logicalName)} ${nameItem(classId, kind, id)}`,
  );
}

/** The same without the object: `attribute 2 (Register.value)`, `class 8192 attribute 2`. */
export function nameItem(classId: number, kind: ItemKind, id: number): string {
  const name = findClass(classId)?.name;
  const item = kind === "method" ? findMethod(classId, id) : findAttribute(classId, id);
  if (name === undefined || item === undefined) return `class ${classId} ${kind} ${id}`;
  return `${kind} ${id} (${name}.${item.name})`;
}
