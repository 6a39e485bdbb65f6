/** Where a name stands for a value or a bit: the tables of fields and of classes, by name. */
import { listFields, type ValueTable } from "../core/fields.js";
import type { ValueRule } from "../cosem/value-rule.js";
import { acseWords } from "./acse-words.js";
import { listClasses } from "./class-names.js";
import { numbersOf, versionsOf } from "./class-versions.js";
import { nameKey } from "./name-key.js";

/** A table in which a name stands. */
export interface NamePlace {
  /** The topic of the field, attribute or method whose table it is. */
  readonly topic: string;
  /** `Data-Access-Result`, `control_mode of Disconnect control`. */
  readonly title: string;
  readonly clause: string | undefined;
}

/** What a name stands for: one number in one or several tables. */
export interface NamedValue {
  readonly name: string;
  readonly number: number;
  readonly isBit: boolean;
  readonly places: readonly NamePlace[];
}

let index: ReadonlyMap<string, readonly NamedValue[]> | undefined;

/** What has that name, spelled in any way. */
export function valuesNamed(name: string): readonly NamedValue[] {
  index ??= makeIndex();
  return index.get(nameKey(name)) ?? [];
}

export function isNameOfValue(name: string): boolean {
  return valuesNamed(name).length > 0;
}

/** Every name once. */
export function listValueNames(): string[] {
  index ??= makeIndex();
  return [...index.values()].flatMap(([first]) => first?.name ?? []);
}

interface Table {
  readonly place: NamePlace;
  readonly isBit: boolean;
  readonly names: ValueTable;
}

function makeIndex(): ReadonlyMap<string, readonly NamedValue[]> {
  const values = new Map<string, Map<string, NamedValue & { readonly places: NamePlace[] }>>();
  for (const { place, isBit, names } of [...fieldTables(), ...classTables()]) {
    for (const [number, name] of Object.entries(names)) {
      const key = nameKey(name);
      const alike = values.get(key) ?? new Map();
      values.set(key, alike);
      const meaning = `${isBit ? "bit " : ""}${number}`;
      const known = alike.get(meaning);
      if (known === undefined) {
        alike.set(meaning, { name, number: Number(number), isBit, places: [place] });
      } else if (!known.places.some(({ title }: NamePlace) => title === place.title)) {
        known.places.push(place);
      }
    }
  }
  return new Map([...values].map(([key, alike]) => [key, [...alike.values()]]));
}

function* fieldTables(): Iterable<Table> {
  for (const { id, name, values = {}, clause } of listFields()) {
    const place = { topic: id, title: name, clause };
    yield { place, isBit: false, names: values };
    for (const { of, words } of acseWords(id)) {
      const title = of === undefined ? name : `${name}, ${of}`;
      yield { place: { ...place, title }, isBit: false, names: words };
    }
  }
}

function* classTables(): Iterable<Table> {
  for (const owner of listClasses()) {
    for (const kind of ["attribute", "method"] as const) {
      for (const number of numbersOf(owner, kind)) {
        for (const { item } of versionsOf(owner, kind, number)) {
          const place = {
            topic: `class ${owner.id} ${kind} ${number}`,
            title: `${item.name} of ${owner.name}`,
            clause: undefined,
          };
          yield* ruleTables(item.rule, place);
        }
      }
    }
  }
}

/** The tables in a rule; `member` is the innermost member of a structure around it. */
function* ruleTables(rule: ValueRule, item: NamePlace, member = ""): Iterable<Table> {
  const title = member === "" ? item.title : `${member} in ${item.title}`;
  const place = { ...item, title };
  switch (rule.kind) {
    case "enum":
      yield { place, isBit: false, names: rule.values };
      break;
    case "bits":
      yield { place, isBit: true, names: rule.bits };
      break;
    case "array":
      yield* ruleTables(rule.element, item, member);
      break;
    case "choice":
      for (const one of rule.of) yield* ruleTables(one, item, member);
      break;
    case "structure":
      for (const { name, rule: inner } of rule.members) yield* ruleTables(inner, item, name);
      break;
  }
}
