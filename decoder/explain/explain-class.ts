/** Interface classes with their attributes and methods. */
import type { InterfaceClass } from "../cosem/interface-class.js";
import {
  type ItemKind,
  type ItemOfClass,
  itemsNamed,
  listClasses,
  readClass,
  readItems,
} from "./class-names.js";
import { numbersOf, type VersionedItem, versionsOf, versionText } from "./class-versions.js";
import { type ExplainedValue, type Explanation, facts } from "./explanation.js";
import { nameKey } from "./name-key.js";
import { ruleLines, typeText } from "./rule-text.js";

const source = "IEC 62056-6-2, COSEM interface classes; later ones: DLMS UA 1000-1, Blue Book";

/** `class 7`, `7`, `Profile generic`. */
export function explainClass(topic: string): Explanation[] {
  const found = readClass(topic);
  return found === undefined ? [] : [describeClass(found)];
}

/** `class 7 attribute 3`, `7/3`, `7.3`, `Profile generic.capture_objects`, `class 70 method 1`. */
export function explainItemOfClass(topic: string): Explanation[] {
  for (const { index } of topic.matchAll(/[ ./]/g)) {
    const owner = readClass(topic.slice(0, index).trim());
    const explanations = owner === undefined ? [] : explainItems(owner, topic.slice(index + 1));
    if (explanations.length > 0) return explanations;
  }
  return [];
}

/** What is called so in that class. */
export function explainItems(owner: InterfaceClass, name: string): Explanation[] {
  return readItems(owner, name).flatMap((item) => explainItem(owner, item, name));
}

/** `capture_objects`: the one attribute or method of that name, or the list of them. */
export function explainItemName(topic: string): Explanation[] {
  const key = nameKey(topic);
  if (key === "logical name") return [describeLogicalName()];
  const items = itemsNamed(key);
  const [first, ...more] = items;
  if (first === undefined) return [];
  if (more.length === 0) {
    return listClasses()
      .filter(({ id }) => id === first.classId)
      .flatMap((owner) => explainItem(owner, first, topic));
  }
  const owners = new Map(listClasses().map((owner) => [owner.id, owner]));
  const values = items.flatMap((item) => {
    const owner = owners.get(item.classId);
    return owner === undefined ? [] : [listedItem(owner, item)];
  });
  return [
    {
      kind: first.kind,
      topic: itemName(owners.get(first.classId), first, key),
      title: `${itemName(owners.get(first.classId), first, key)} of ${items.length} classes`,
      meaning: undefined,
      facts: [],
      values,
      related: items.map(topicOfItem),
    },
  ];
}

export function topicOfClass(id: number): string {
  return `class ${id}`;
}

/** `3 Register`. */
export function titleOfClass(id: number): string {
  const found = readClass(String(id));
  return found === undefined ? String(id) : `${id} ${found.name}`;
}

/** A class with its attributes and methods, by version. */
export function describeClass(owner: InterfaceClass): Explanation {
  const { id, name, meaning, versions } = owner;
  return {
    kind: "class",
    topic: topicOfClass(id),
    title: name,
    meaning,
    facts: facts({
      class: id,
      versions: versionText(Object.keys(versions).map(Number)),
      source,
    }),
    values: [...listItems(owner, "attribute"), ...listItems(owner, "method")],
    related: (["attribute", "method"] as const).flatMap((kind) =>
      numbersOf(owner, kind).map((number) => topicOfItem({ classId: id, kind, number })),
    ),
  };
}

function listItems(owner: InterfaceClass, kind: ItemKind): ExplainedValue[] {
  return numbersOf(owner, kind).flatMap((number) =>
    versionsOf(owner, kind, number).map((versioned) => ({
      value: `${kind} ${number}${versionSuffix(owner, versioned)}`,
      text: describeItem(versioned),
    })),
  );
}

/** Says which versions have it so, unless all do. */
function versionSuffix({ versions: all }: InterfaceClass, { versions }: VersionedItem): string {
  if (versions.length === Object.keys(all).length) return "";
  return `, version${versions.length === 1 ? "" : "s"} ${versionText(versions)}`;
}

function describeItem({ item }: VersionedItem): string {
  const kind = "kind" in item ? `, ${item.kind}` : "";
  const meaning = item.meaning === undefined ? "" : `. ${item.meaning}`;
  return `${item.name}${kind}: ${typeText(item.rule)}${meaning}`;
}

/** One explanation for each way in which versions have it. */
function explainItem(owner: InterfaceClass, item: ItemOfClass, name: string): Explanation[] {
  const all = versionsOf(owner, item.kind, item.number);
  // Where an older version has another name for it, that version is meant.
  const named = all.filter((each) => nameKey(each.item.name) === nameKey(name));
  return (named.length > 0 ? named : all).map((each) => ({
    kind: item.kind,
    topic: topicOfItem(item),
    title: `${each.item.name} of ${owner.name}`,
    meaning: each.item.meaning,
    facts: facts({
      class: `${owner.id} ${owner.name}`,
      [item.kind]: item.number,
      versions: versionText(each.versions),
      kind: "kind" in each.item ? describeKind(each.item.kind) : undefined,
      [item.kind === "method" ? "parameter" : "type"]: typeText(each.item.rule),
      source,
    }),
    values: ruleLines(each.item.rule),
    related: [
      topicOfClass(owner.id),
      ...(itemsNamed(nameKey(each.item.name)).length > 1 ? [each.item.name] : []),
    ],
  }));
}

function describeKind(kind: "static" | "dynamic"): string {
  return kind === "static" ? "static: it is set up" : "dynamic: it changes by itself";
}

function describeLogicalName(): Explanation {
  return {
    kind: "attribute",
    topic: "logical_name",
    title: "logical_name",
    meaning: "Attribute 1 of every class: identifies the object",
    facts: facts({ attribute: 1, type: "octet-string of 6 bytes (a logical name)", source }),
    values: [],
    related: ["cosem.obis"],
  };
}

function topicOfItem({ classId, kind, number }: ItemOfClass): string {
  return `class ${classId} ${kind} ${number}`;
}

function listedItem(owner: InterfaceClass, item: ItemOfClass): ExplainedValue {
  const [newest] = versionsOf(owner, item.kind, item.number);
  const type = newest === undefined ? "" : `: ${typeText(newest.item.rule)}`;
  return { value: topicOfItem(item), text: `${owner.name}${type}` };
}

/** The name as the standard spells it. */
function itemName(owner: InterfaceClass | undefined, item: ItemOfClass, key: string): string {
  const versions = owner === undefined ? [] : versionsOf(owner, item.kind, item.number);
  return versions.map((each) => each.item.name).find((name) => nameKey(name) === key) ?? key;
}
