/** Every field that a filter can name: those of the registry, and the derived ones. */
import { type Field, findField, listFields } from "../../decoder/core/fields.js";
import { derivedFields } from "./derived-fields.js";
import { layerOfField, possibleLayers } from "./field-layers.js";
import { type FilterField, type FilterType, type SharedColumn, valueless } from "./filter-field.js";

const types: Readonly<Record<Field["type"], FilterType>> = {
  uint: "number",
  int: "number",
  float: "number",
  bytes: "bytes",
  string: "string",
  boolean: "boolean",
  group: "group",
};

const codes: ReadonlySet<string> = new Set(["cosem.obis"]);

let known: ReadonlyMap<string, FilterField> | undefined;

/** The field of that name; also a prefix of several (`acse`), which is there where one of them is. */
export function findFilterField(id: string): FilterField | undefined {
  known ??= new Map(listFilterFields().map((field) => [field.id, field]));
  return known.get(id) ?? prefixField(id);
}

/** Every field that has a name of its own, sorted by name. */
export function listFilterFields(): FilterField[] {
  const fields = new Map<string, FilterField>();
  for (const field of listFields()) fields.set(field.id, fieldOfTree(field));
  for (const derived of derivedFields) {
    const field = findField(derived.id);
    fields.set(derived.id, {
      words: undefined,
      column: undefined,
      isPossible: undefined,
      frame: undefined,
      needsLinks: false,
      ...derived,
      writtenType: field?.type ?? derived.type,
      clause: field?.clause,
      values: field?.values,
      // What the columns or the frame have of it is the same as in the tree, but for requests' names.
      tree: field === undefined || derived.column !== undefined ? [] : [field],
    });
  }
  return [...fields.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function fieldOfTree(field: Field): FilterField {
  const { id, name, type, meaning, clause, values } = field;
  return {
    id,
    type: codes.has(id) ? "code" : types[type],
    writtenType: type,
    name,
    meaning,
    clause,
    values,
    words: undefined,
    tree: [field],
    column: columnOfLayer(id),
    isPossible: possibleLayers(id),
    frame: undefined,
    needsLinks: false,
  };
}

function prefixField(id: string): FilterField | undefined {
  const tree = listFields().filter((field) => field.id.startsWith(`${id}.`));
  if (tree.length === 0) return undefined;
  return {
    id,
    type: "group",
    writtenType: "group",
    name: id,
    meaning: undefined,
    clause: undefined,
    values: undefined,
    words: undefined,
    tree,
    column: undefined,
    isPossible: possibleLayers(id),
    frame: undefined,
    needsLinks: false,
  };
}

const once = [valueless] as const;
const never = [] as const;

/** A format is there where its layer is. */
function columnOfLayer(id: string): SharedColumn | undefined {
  const layer = layerOfField(id);
  if (layer === undefined) return undefined;
  return {
    key: ({ columns }, row) => columns.layers(row),
    values: (layers) => (Array.isArray(layers) && layers.includes(layer) ? once : never),
  };
}
