/** Attributes and methods as texts name them: `attribute 2 (Register.value)`. */
import { findAttribute, findClass, findMethod } from "./find-class.js";

/** Texts that were made: every frame names an attribute, and few are named. */
const labels = new Map<number, string>();

/**
 * An attribute or a method by its number and by its name in the class; of a class or a number that is
 * not known, the numbers: `class 8192 attribute 2`.
 */
export function labelItem(classId: number, kind: "attribute" | "method", id: number): string {
  // Numbers are bytes with a sign.
  const key = (classId * 2 + (kind === "method" ? 1 : 0)) * 512 + id + 256;
  let label = labels.get(key);
  if (label === undefined) {
    label = createLabel(classId, kind, id);
    // Whatever numbers a capture holds, a hostile one, too.
    if (labels.size < mostLabels) labels.set(key, label);
  }
  return label;
}

const mostLabels = 8192;

function createLabel(classId: number, kind: "attribute" | "method", id: number): string {
  const name = findClass(classId)?.name;
  const item = kind === "method" ? findMethod(classId, id) : findAttribute(classId, id);
  if (name === undefined || item === undefined) return `class ${classId} ${kind} ${id}`;
  return `${kind} ${id} (${name}.${item.name})`;
}
