/** What the versions of a class have in common, and what is different. */
import { findAttribute } from "../cosem/find-class.js";
import type { ClassAttribute, ClassMethod, InterfaceClass } from "../cosem/interface-class.js";
import type { ItemKind } from "./class-names.js";

/** An attribute or a method as some versions have it. */
export interface VersionedItem {
  readonly item: ClassAttribute | ClassMethod;
  /** Ascending. */
  readonly versions: readonly number[];
}

/** How the item is in each version, alike versions together, the newest first. */
export function versionsOf(
  { id, versions }: InterfaceClass,
  kind: ItemKind,
  number: number,
): VersionedItem[] {
  const alike = new Map<string, { item: ClassAttribute | ClassMethod; versions: number[] }>();
  for (const [version, { attributes, methods }] of Object.entries(versions)) {
    const logicalName = number === 1 ? findAttribute(id, 1) : undefined;
    const item = kind === "method" ? methods[number] : (logicalName ?? attributes[number]);
    if (item === undefined) continue;
    const key = JSON.stringify(item);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { item, versions: [Number(version)] });
    else known.versions.push(Number(version));
  }
  return [...alike.values()].sort((a, b) => (b.versions.at(-1) ?? 0) - (a.versions.at(-1) ?? 0));
}

/** The numbers of all attributes or methods that any version has, ascending. */
export function numbersOf({ versions }: InterfaceClass, kind: ItemKind): number[] {
  const numbers = new Set(kind === "attribute" ? [1] : []);
  for (const { attributes, methods } of Object.values(versions)) {
    for (const number of Object.keys(kind === "attribute" ? attributes : methods)) {
      numbers.add(Number(number));
    }
  }
  return [...numbers].sort((a, b) => a - b);
}

/** `0`, `0 and 1`, `0 to 2`, `0, 2`. */
export function versionText(versions: readonly number[]): string {
  const [first = 0] = versions;
  const last = versions.at(-1) ?? first;
  if (versions.length === 1) return String(first);
  if (last - first !== versions.length - 1) return versions.join(", ");
  return `${first} ${versions.length === 2 ? "and" : "to"} ${last}`;
}
