/**
 * Names for the values in a field tree: what an element is called in its class, what its number means,
 * which object a logical name stands for.
 *
 * Strategy: the tree is made while the bytes are read, and who an answer belongs to is known only
 * afterwards. So the values of the APDU and the nodes of the tree are walked side by side, in the
 * order in which both were made, and the nodes get a remark.
 */
import type { ObjectReference } from "../conversation/names/object-reference.js";
import type { Field } from "../core/fields.js";
import type { SpanNode } from "../core/recorder.js";
import { findAttribute, findClass, findMethod } from "../cosem/find-class.js";
import { standardNames } from "../cosem/standard-names.js";
import { findUnit } from "../cosem/units.js";
import type { ValueForm, ValueRule } from "../cosem/value-rule.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import { type Data, isData } from "../xdlms/data.js";
import { dataFields } from "../xdlms/data-fields.js";
import { formatLogicalName } from "../xdlms/logical-name.js";
import { readDateTime } from "../xdlms/moment.js";
import type { AttributeValue } from "./attribute-values.js";
import type { MeterObjects } from "./meter-objects.js";
import { columnsOf } from "./profile-columns.js";
import { isBitSet, wordOfValue } from "./value-words.js";

/** What is known of the values of an APDU. */
export interface KnownValues {
  readonly apdu: Apdu;
  readonly values: readonly AttributeValue[];
  /** What the APDU invokes or answers, for the parameters of methods. */
  readonly objects: readonly ObjectReference[];
  readonly learnt: MeterObjects | undefined;
  /** Number of the frame. */
  readonly frame: number;
}

/** Writes remarks on the nodes of values whose attribute is known. Does nothing where the two differ. */
export function nameValues(tree: readonly SpanNode[], known: KnownValues): void {
  // Most requests bring no value.
  if (known.values.length === 0 && !known.apdu.name.startsWith(namedAction)) return;
  const nodes = new Map<Data, SpanNode>();
  const roots: SpanNode[] = [];
  const datas: Data[] = [];
  findDataRoots(tree, roots);
  findData(known.apdu, datas);
  if (roots.length !== datas.length) return;
  for (const [i, root] of roots.entries()) pair(datas[i] as Data, root, nodes);
  for (const value of known.values) nameValue(value, nodes, known);
  nameParameters(datas, nodes, known);
}

/** Writes the names of classes, objects, attributes and methods on the descriptors that name them. */
export function nameDescriptors(tree: readonly SpanNode[]): void {
  for (const { field, children } of tree) {
    if (children === undefined) continue;
    if (descriptorIds.has(field.id)) nameDescriptor(children);
    else nameDescriptors(children);
  }
}

const descriptorIds: ReadonlySet<string> = new Set([
  "cosem.attribute-descriptor",
  "cosem.method-descriptor",
  "data.untagged-descriptor",
]);

function nameDescriptor(parts: readonly SpanNode[]): void {
  const [classNode, nameNode, itemNode] = parts;
  if (typeof classNode?.value !== "number" || !(nameNode?.value instanceof Uint8Array)) return;
  const classId = classNode.value;
  const className = findClass(classId)?.name;
  if (className !== undefined) addNote(classNode, className);
  addNote(nameNode, standardNames().find(nameNode.value, classId).name);
  if (typeof itemNode?.value !== "number") return;
  const isMethod = itemNode.field.id === "cosem.method";
  const item = isMethod
    ? findMethod(classId, itemNode.value)
    : findAttribute(classId, itemNode.value);
  if (item !== undefined) addNote(itemNode, item.name);
}

function nameValue(value: AttributeValue, nodes: Nodes, known: KnownValues): void {
  const { classId, logicalName, attribute, data } = value;
  if (classId === undefined) return;
  const definition = findAttribute(classId, attribute);
  const columns =
    classId === 7 && attribute === 2 && known.learnt !== undefined
      ? columnsOf(value, known.learnt, known.frame)
      : undefined;
  const node = nodes.get(data);
  const object = standardNames().find(logicalName, classId).name;
  const title = definition === undefined ? `attribute ${attribute}` : definition.name;
  if (node !== undefined) addNote(node, `${title} of ${object}`);
  if (columns !== undefined) nameRows(data, columns, nodes);
  else if (definition !== undefined) nameElement(data, definition.rule, undefined, nodes);
}

/** The ACTION whose parameter is named. */
const namedAction = "action-request-normal";

type Nodes = ReadonlyMap<Data, SpanNode>;

/** The parameter of a method: the first value of an ACTION that names one. */
function nameParameters(
  datas: readonly Data[],
  nodes: Nodes,
  { apdu, objects }: KnownValues,
): void {
  if (!apdu.name.startsWith(namedAction)) return;
  const [object] = objects;
  const [parameter] = datas;
  if (object?.kind !== "method" || object.classId === undefined || object.id === undefined) return;
  const method = findMethod(object.classId, object.id);
  if (parameter === undefined || method === undefined) return;
  const node = nodes.get(parameter);
  if (node !== undefined) addNote(node, `parameter of ${method.name}`);
  nameElement(parameter, method.rule, undefined, nodes);
}

function nameRows(
  data: Data,
  columns: NonNullable<ReturnType<typeof columnsOf>>,
  nodes: Nodes,
): void {
  if (data.type !== "array" && data.type !== "compact-array") return;
  for (const row of data.value) {
    if (row.type !== "structure" || row.value.length !== columns.length) continue;
    for (const [i, column] of columns.entries()) {
      const value = row.value[i];
      const node = value === undefined ? undefined : nodes.get(value);
      if (node === undefined || value === undefined) continue;
      const { classId, logicalName, attribute } = column;
      const object = standardNames().find(logicalName, classId).name;
      addNote(node, object);
      const rule = findAttribute(classId, attribute)?.rule;
      if (rule !== undefined) nameElement(value, rule, undefined, nodes);
    }
  }
}

/** Writes the element's name and meaning on its node, and goes on into its own elements. */
function nameElement(data: Data, rule: ValueRule, name: string | undefined, nodes: Nodes): void {
  const node = nodes.get(data);
  if (node !== undefined) {
    if (name !== undefined) addNote(node, name);
    const meaning = meaningOf(data, rule);
    if (meaning !== undefined) addNote(node, meaning);
  }
  const shape = shapeFor(data, rule);
  if (shape?.kind === "array" && hasElements(data)) {
    for (const element of data.value) nameElement(element, shape.element, undefined, nodes);
  } else if (shape?.kind === "structure" && data.type === "structure") {
    for (const [i, member] of shape.members.entries()) {
      const element = data.value[i];
      if (element !== undefined) nameElement(element, member.rule, member.name, nodes);
    }
  }
}

/** The rule, or the alternative of it, that has the form of the value; undefined where none has. */
function shapeFor(data: Data, rule: ValueRule): ValueRule | undefined {
  switch (rule.kind) {
    case "choice":
      for (const one of rule.of) {
        const shape = shapeFor(data, one);
        if (shape !== undefined) return shape;
      }
      return undefined;
    case "array":
      return hasElements(data) && data.type !== "structure" ? rule : undefined;
    case "structure": {
      if (data.type !== "structure") return undefined;
      // Of one with another number of members, nothing says which is which.
      const { length } = data.value;
      const { members, open } = rule;
      return members.length === length || (open && members.length <= length) ? rule : undefined;
    }
    default:
      return undefined;
  }
}

function hasElements(data: Data): data is Extract<Data, { value: readonly Data[] }> {
  return data.type === "array" || data.type === "compact-array" || data.type === "structure";
}

/** What the value says, where its type does not; undefined where nothing is to be added. */
export function meaningOf(data: Data, rule: ValueRule): string | undefined {
  switch (rule.kind) {
    case "choice":
      for (const one of rule.of) {
        const meaning = meaningOf(data, one);
        if (meaning !== undefined) return meaning;
      }
      return undefined;
    case "enum":
      return wordOfValue(data, rule);
    case "unit": {
      if (data.type !== "enum") return undefined;
      const unit = findUnit(data.value);
      return unit === undefined ? undefined : unit.symbol || unit.name;
    }
    case "bits":
      return rule.types.includes(data.type) ? namesOfBits(data, rule.bits) : undefined;
    case "types":
      if (rule.form === undefined || !rule.types.includes(data.type)) return undefined;
      return inForm(data, rule.form);
    case "date-time":
      // A logical name or a text may have the form of one only where the rule says so.
      return data.type === "octet-string" ? readDateTime(data) : undefined;
    default:
      return undefined;
  }
}

/** The names of the bits that are set. */
function namesOfBits(data: Data, bits: Readonly<Record<number, string>>): string | undefined {
  const numbers = Object.keys(bits).map(Number);
  const names = numbers.flatMap((bit) => (isBitSet(data, bit) ? (bits[bit] ?? []) : []));
  return names.length === 0 ? undefined : names.join(", ");
}

function inForm(data: Data, form: ValueForm): string | undefined {
  if (form === "class-id") {
    return data.type === "long-unsigned" ? findClass(data.value)?.name : undefined;
  }
  if (form === "ipv4-address" && typeof data.value === "number") {
    const { value } = data;
    return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");
  }
  if (form === "hex" && typeof data.value === "number") return `0x${data.value.toString(16)}`;
  if (data.type !== "octet-string") return undefined;
  const bytes = data.value;
  if (form === "logical-name" && bytes.length === 6) {
    return `${formatLogicalName(bytes)} ${standardNames().find(bytes).name}`;
  }
  if (form === "mac-address" && bytes.length > 0) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(":");
  }
  return undefined;
}

/** A remark is added to what the node says already; the same one is not said twice. */
function addNote(node: SpanNode, note: string): void {
  if (node.note === undefined) node.note = note;
  else if (!node.note.includes(note)) node.note = `${node.note}, ${note}`;
}

/** Fields of values, without those of their tags and counts. */
const valueFields: ReadonlySet<Field> = new Set(
  Object.values(dataFields).filter(
    (field) => field !== dataFields.type && field !== dataFields.count,
  ),
);

/** The outermost nodes that are values, in the order of the tree. */
function findDataRoots(tree: readonly SpanNode[], roots: SpanNode[]): void {
  for (const node of tree) {
    if (valueFields.has(node.field)) roots.push(node);
    else if (node.children !== undefined) findDataRoots(node.children, roots);
  }
}

/** The outermost values in an APDU, in the order in which they were read. */
function findData(value: unknown, found: Data[]): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  if (isData(value)) found.push(value);
  else for (const part of Object.values(value)) findData(part, found);
}

/** Notes which node is that of which value; stops where the two have different elements. */
function pair(data: Data, node: SpanNode, nodes: Map<Data, SpanNode>): void {
  // Values without contents are one and the same wherever they stand.
  if (data.value !== null) nodes.set(data, node);
  if (!hasElements(data)) return;
  const elements: SpanNode[] = [];
  for (const child of node.children ?? []) if (valueFields.has(child.field)) elements.push(child);
  if (elements.length !== data.value.length) return;
  for (let i = 0; i < elements.length; i++) {
    pair(data.value[i] as Data, elements[i] as SpanNode, nodes);
  }
}
