/**
 * What a trace shows of the objects of one meter, that later values cannot be understood without:
 * scalers and units, what the columns of profiles are, and the templates of compact data.
 *
 * Everything is kept with the frame that taught it and nothing is forgotten, so that the answer for a
 * frame is the same whenever it is asked: the columns of a profile may be changed in mid-trace.
 */
import { equalBytes } from "../core/bytes.js";
import type { Data } from "../xdlms/data.js";
import { numberOfName } from "../xdlms/logical-name.js";
import type { AttributeValue } from "./attribute-values.js";
import { type ObjectDefinition, readObjectDefinitions } from "./object-definitions.js";

/** What a number counts in: 10 to the power of `scaler` of the unit with that code. */
export interface ScalerUnit {
  readonly scaler: number;
  readonly unit: number;
}

/** A fact about an object, and the number of the frame that taught it. */
export interface Taught<Fact> {
  readonly fact: Fact;
  readonly frame: number;
}

/** What a profile or compact data capture: undefined where it was written over and not read since. */
type Columns = readonly ObjectDefinition[] | undefined;

/** The number of scaler_unit in the classes of registers; their values stand before it. */
const scalerAttribute: Readonly<Partial<Record<number, number>>> = { 3: 3, 4: 3, 5: 4 };

/** Facts of one kind, by the number of the logical name; of each object in the order of the trace. */
class Facts<Fact> {
  readonly #taught = new Map<number, Taught<Fact>[]>();
  readonly #isSame: (one: Fact, other: Fact) => boolean;

  constructor(isSame: (one: Fact, other: Fact) => boolean) {
    this.#isSame = isSame;
  }

  add(name: number, fact: Fact, frame: number): void {
    const taught = this.#taught.get(name);
    if (taught === undefined) {
      this.#taught.set(name, [{ fact, frame }]);
      return;
    }
    const last = taught.at(-1);
    if (last === undefined || !this.#isSame(last.fact, fact)) taught.push({ fact, frame });
  }

  /** The last one that was taught up to that frame; with `orLater`, else the first one. */
  find(logicalName: Uint8Array, frame: number, orLater: boolean): Taught<Fact> | undefined {
    const taught = this.#taught.get(numberOfName(logicalName));
    if (taught === undefined) return undefined;
    for (let i = taught.length - 1; i >= 0; i--) {
      const each = taught[i];
      if (each !== undefined && each.frame <= frame) return each;
    }
    return orLater ? taught[0] : undefined;
  }
}

/** The objects of one meter, as the frames of a conversation have shown them so far. */
export class MeterObjects {
  readonly #scalers = new Facts<ScalerUnit>(
    (one, other) => one.scaler === other.scaler && one.unit === other.unit,
  );
  readonly #columns = new Facts<Columns>(isSameList);
  readonly #periods = new Facts<number | undefined>((one, other) => one === other);
  readonly #entries = new Facts<number | undefined>((one, other) => one === other);
  readonly #templates = new Facts<Uint8Array | undefined>((one, other) =>
    one === undefined || other === undefined ? one === other : equalBytes(one, other),
  );
  readonly #templateIds = new Facts<number | undefined>((one, other) => one === other);

  /** Takes note of a value that the frame has brought. */
  learn(
    { classId, logicalName, attribute, data, selection, written }: AttributeValue,
    frame: number,
  ) {
    if (classId === 7) {
      if (attribute !== 3 && attribute !== 4 && attribute !== 8) return;
      // Whether the meter takes what the client writes is not known here: it is not known any more.
      const known = !written && selection === undefined;
      const name = numberOfName(logicalName);
      const number = known && data.type === "double-long-unsigned" ? data.value : undefined;
      if (attribute === 3)
        this.#columns.add(name, known ? copyDefinitions(data) : undefined, frame);
      else if (attribute === 4) this.#periods.add(name, number, frame);
      else this.#entries.add(name, number, frame);
    } else if (classId === 62) {
      const known = !written && selection === undefined;
      this.#learnCompactData(numberOfName(logicalName), attribute, known ? data : undefined, frame);
    } else if (isScalerUnit(classId, attribute)) {
      this.learnScaler(logicalName, data, frame);
    }
  }

  /** capture_objects, template_id and template_description; no data where they are not known any more. */
  #learnCompactData(name: number, attribute: number, data: Data | undefined, frame: number): void {
    if (attribute === 3) {
      this.#columns.add(name, data === undefined ? undefined : copyDefinitions(data), frame);
      // The meter makes another template of what is written here.
      if (data === undefined) this.#forgetTemplate(name, frame);
    } else if (attribute === 4) {
      this.#templateIds.add(name, data?.type === "unsigned" ? data.value : undefined, frame);
    } else if (attribute === 5) {
      const bytes = data?.type === "octet-string" ? Uint8Array.from(data.value) : undefined;
      this.#templates.add(name, bytes, frame);
    }
  }

  #forgetTemplate(name: number, frame: number): void {
    this.#templates.add(name, undefined, frame);
    this.#templateIds.add(name, undefined, frame);
  }

  /** Takes note of a scaler_unit; profiles may bring those of others in a column. */
  learnScaler(logicalName: Uint8Array, data: Data, frame: number): void {
    const scalerUnit = readScalerUnit(data);
    if (scalerUnit !== undefined) this.#scalers.add(numberOfName(logicalName), scalerUnit, frame);
  }

  // What was shown up to a frame; with `orLater`, else what is shown first.

  /** Scaler and unit of a register. */
  scalerUnit(
    logicalName: Uint8Array,
    frame: number,
    orLater = false,
  ): Taught<ScalerUnit> | undefined {
    return this.#scalers.find(logicalName, frame, orLater);
  }

  /** The capture objects of a profile or of compact data; undefined where they are not known, or not any more. */
  columns(
    logicalName: Uint8Array,
    frame: number,
    orLater = false,
  ): readonly ObjectDefinition[] | undefined {
    return this.#columns.find(logicalName, frame, orLater)?.fact;
  }

  /** capture_period in seconds, 0 where captures are not periodic. */
  period(logicalName: Uint8Array, frame: number, orLater = false): number | undefined {
    return this.#periods.find(logicalName, frame, orLater)?.fact;
  }

  /** template_description of compact data, undefined as `columns`. */
  template(logicalName: Uint8Array, frame: number, orLater = false): Uint8Array | undefined {
    return this.#templates.find(logicalName, frame, orLater)?.fact;
  }

  /** template_id of compact data, undefined as `columns`. */
  templateId(logicalName: Uint8Array, frame: number, orLater = false): number | undefined {
    return this.#templateIds.find(logicalName, frame, orLater)?.fact;
  }

  /** profile_entries. */
  entries(logicalName: Uint8Array, frame: number): number | undefined {
    return this.#entries.find(logicalName, frame, false)?.fact;
  }
}

/** Scaler and unit of a structure of the two; undefined for anything else. */
export function readScalerUnit(data: Data | undefined): ScalerUnit | undefined {
  if (data?.type !== "structure" || data.value.length !== 2) return undefined;
  const [scaler, unit] = data.value;
  if (scaler?.type !== "integer" || unit?.type !== "enum") return undefined;
  return { scaler: scaler.value, unit: unit.value };
}

/** Whether the attribute is the scaler_unit of a register. */
export function isScalerUnit(classId: number | undefined, attribute: number): boolean {
  return classId !== undefined && attribute === scalerAttribute[classId];
}

/** Whether the attribute is a value that counts in scaler_unit. */
export function isScaled(classId: number | undefined, attribute: number): boolean {
  const scaler = classId === undefined ? undefined : scalerAttribute[classId];
  return scaler !== undefined && attribute > 1 && attribute < scaler;
}

/** Copies: a view would keep the whole piece of the capture in memory that it is of. */
function copyDefinitions(data: Data): readonly ObjectDefinition[] | undefined {
  const definitions = readObjectDefinitions(data);
  return definitions?.map((each) => ({ ...each, logicalName: Uint8Array.from(each.logicalName) }));
}

/** Whether the same list was read again: nothing new is kept then. */
function isSameList(one: Columns, other: Columns): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((each, i) => isSameObject(each, other[i]));
}

function isSameObject(one: ObjectDefinition, other: ObjectDefinition | undefined): boolean {
  return (
    other !== undefined &&
    one.classId === other.classId &&
    one.attribute === other.attribute &&
    one.dataIndex === other.dataIndex &&
    equalBytes(one.logicalName, other.logicalName)
  );
}
