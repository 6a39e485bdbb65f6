/** Classes, attributes and methods as people name them. */
import { findClass, listClassIds } from "../cosem/find-class.js";
import type { InterfaceClass } from "../cosem/interface-class.js";
import { nameKey } from "./name-key.js";

export type ItemKind = "attribute" | "method";

/** An attribute or a method of a class, of any version. */
export interface ItemOfClass {
  readonly classId: number;
  readonly kind: ItemKind;
  readonly number: number;
}

let byName: ReadonlyMap<string, InterfaceClass> | undefined;

/** `class 7`, `7`, `Profile generic`, `profile-generic`. */
export function readClass(text: string): InterfaceClass | undefined {
  const [, digits] = /^(?:class )?\s*(\d{1,5})$/i.exec(text) ?? [];
  if (digits !== undefined) return findClass(Number(digits));
  byName ??= new Map(listClasses().map((each) => [nameKey(each.name), each]));
  return byName.get(nameKey(text)) ?? byName.get(nameKey(text.replace(/^class /i, "")));
}

export function listClasses(): InterfaceClass[] {
  return listClassIds().flatMap((id) => findClass(id) ?? []);
}

/** The items of a class that are called so: `attribute 3`, `3`, `method 1`, `capture_objects`. */
export function readItems({ id }: InterfaceClass, text: string): ItemOfClass[] {
  const [, kind, name = ""] = /^(?:(attribute|method) )?(.+)$/i.exec(text.trim()) ?? [];
  const only = kind?.toLowerCase();
  if (/^\d{1,3}$/.test(name)) {
    const numbered = only === "method" ? "method" : "attribute";
    return [{ classId: id, kind: numbered, number: Number(name) }];
  }
  return itemsNamed(nameKey(name)).filter(
    (item) => item.classId === id && (only === undefined || item.kind === only),
  );
}

let itemsByName: ReadonlyMap<string, readonly ItemOfClass[]> | undefined;

/** All items with that name in any version; the logical name is not among them. */
export function itemsNamed(key: string): readonly ItemOfClass[] {
  return namedItems().get(key) ?? [];
}

/** The standard's names of all attributes and methods, each once. */
export function listItemNames(): string[] {
  const names = new Set<string>();
  for (const { versions } of listClasses()) {
    for (const { attributes, methods } of Object.values(versions)) {
      for (const { name } of [...Object.values(attributes), ...Object.values(methods)]) {
        names.add(name);
      }
    }
  }
  return [...names];
}

function namedItems(): ReadonlyMap<string, readonly ItemOfClass[]> {
  if (itemsByName !== undefined) return itemsByName;
  const found = new Map<string, Map<string, ItemOfClass>>();
  for (const { id, versions } of listClasses()) {
    for (const { attributes, methods } of Object.values(versions)) {
      for (const [kind, items] of [
        ["attribute", attributes],
        ["method", methods],
      ] as const) {
        for (const [number, { name }] of Object.entries(items)) {
          const key = nameKey(name);
          const places = found.get(key) ?? new Map<string, ItemOfClass>();
          places.set(`${id} ${kind} ${number}`, { classId: id, kind, number: Number(number) });
          found.set(key, places);
        }
      }
    }
  }
  itemsByName = new Map([...found].map(([key, places]) => [key, [...places.values()]]));
  return itemsByName;
}
