/**
 * The registry of fields. `defineFields` is the only place where a field gets its filter name, its
 * label and its meaning; trees, filters, columns, exports and the reference page all read it here.
 */

export type FieldType = "uint" | "int" | "float" | "bytes" | "string" | "boolean" | "group";

/** Words for the numbers of an enumeration. */
export type ValueTable = Readonly<Record<number, string>>;

export interface FieldSpecification {
  /** The label, in the standard's words. */
  readonly name: string;
  /** What a value of this field is; `group` for nodes that only hold others. Default `uint`. */
  readonly type?: FieldType;
  /** Names of the values. */
  readonly values?: ValueTable;
  /** How a number is written for people. Default `dec`. */
  readonly base?: "dec" | "hex";
  /** The bits of the parent's number that this field is; the value is shifted down to bit 0. */
  readonly mask?: number;
  /** What it means, in a sentence. */
  readonly meaning?: string;
  /** The clause, or the standard and its section title, that defines it. */
  readonly clause?: string;
}

/** A specification that was registered. */
export interface Field {
  readonly name: string;
  /** The public name, for filters and JSON: `hdlc.fcs`. */
  readonly id: string;
  readonly type: FieldType;
  readonly values: ValueTable | undefined;
  readonly base: FieldSpecification["base"] | undefined;
  readonly mask: number | undefined;
  readonly meaning: string | undefined;
  readonly clause: string | undefined;
  /** How far a masked value is shifted down. */
  readonly shift: number;
  /** Its place in the order of registration: for tables beside the fields. */
  readonly index: number;
}

const registry = new Map<string, Field>();

/** `frameCheckSequence` becomes `frame-check-sequence`; dots stay. */
function toKebabCase(key: string): string {
  return key.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/**
 * Registers the fields of one format under `prefix`; the key `fcs` under `hdlc` is `hdlc.fcs`, the
 * key `"control.type"` is `hdlc.control.type`. The empty key is the format itself (`hdlc`).
 * Throws where a name is taken: two fields of one name would make filters ambiguous.
 */
export function defineFields<Key extends string>(
  prefix: string,
  specifications: Record<Key, FieldSpecification>,
): Readonly<Record<Key, Field>> {
  const fields: [Key, Field][] = [];
  for (const key of Object.keys(specifications) as Key[]) {
    const specification = specifications[key];
    const id = key === "" ? prefix : `${prefix}.${toKebabCase(key)}`;
    if (registry.has(id)) throw new Error(`field ${id} is defined twice`);
    const { name, type = "uint", values, base, mask, meaning, clause } = specification;
    const bits = mask ?? 0;
    // Every field with every member: the engine reads objects of one shape faster than of many.
    const field: Field = {
      name,
      id,
      type,
      values,
      base,
      mask,
      meaning,
      clause,
      shift: bits === 0 ? 0 : 31 - Math.clz32(bits & -bits),
      index: registry.size,
    };
    registry.set(id, field);
    fields.push([key, field]);
  }
  // Made at once: an object that many members are put into one by one becomes a hash table, and every
  // look-up of a field a search.
  return Object.fromEntries(fields) as Record<Key, Field>;
}

/** Every registered field, sorted by name. */
export function listFields(): Field[] {
  return [...registry.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The field of that public name, if there is one. */
export function findField(id: string): Field | undefined {
  return registry.get(id);
}
