/** Values that a push names itself: logical name, value, and scaler and unit where they follow. */
import { type DataJson, elementsOf } from "./data-json.js";
import { toIso } from "./translator-xml.js";

export interface ObisValue {
  readonly value: DataJson;
  /** Absent where the message does not say them: they stand in the object, or in a dictionary. */
  readonly scalerUnit?: { readonly scaler: number; readonly unit: number } | undefined;
}

/**
 * The values in `data` by logical name. Meters send them as a structure of each, as one list of all
 * or behind attribute descriptors; in all of these the value stands next behind its name.
 */
export function readObisValues(data: DataJson): Map<string, ObisValue> {
  const found = new Map<string, ObisValue>();
  collect(data, found);
  return found;
}

function collect(data: DataJson, found: Map<string, ObisValue>): void {
  const elements = elementsOf(data);
  for (let i = 0; i < elements.length; i++) {
    const [name, value, follower] = elements.slice(i, i + 3);
    const obis = readName(name);
    if (obis !== undefined && value !== undefined) {
      const scalerUnit = readScalerUnit(follower);
      found.set(obis, { value, scalerUnit });
      i += scalerUnit === undefined ? 1 : 2;
    } else if (name !== undefined) collect(name, found);
  }
}

/** A logical name, bare or in a structure of class, name and attribute. */
function readName(data: DataJson | undefined): string | undefined {
  if (data === undefined) return undefined;
  const [classId, name, attribute, ...others] = elementsOf(data);
  const described =
    classId?.type === "long-unsigned" && attribute?.type === "integer" && others.length === 0;
  const obis = (described ? name : data)?.["obis"];
  return typeof obis === "string" ? obis : undefined;
}

function readScalerUnit(data: DataJson | undefined): ObisValue["scalerUnit"] {
  if (data === undefined) return undefined;
  const [scaler, unit, ...others] = elementsOf(data);
  if (scaler?.type !== "integer" || unit?.type !== "enum" || others.length > 0) return undefined;
  return { scaler: Number(scaler.value), unit: Number(unit.value) };
}

/** The value as a number in its unit, free of the noise of binary fractions. */
export function toNumber({ value, scalerUnit }: ObisValue): number {
  return Number((Number(value.value) * 10 ** (scalerUnit?.scaler ?? 0)).toFixed(6));
}

/** Whether the value is what a source publishes: a number, a text or a date. */
export function isPublishedAs(found: ObisValue, published: unknown): boolean {
  const { value } = found;
  if (typeof published === "number") return toNumber(found) === published;
  if (typeof published !== "string") return false;
  if (value["date-time"] !== undefined) return value["date-time"] === toIso(published);
  return published === textOf(value);
}

function textOf({ type, value }: DataJson): string {
  return type === "octet-string"
    ? Buffer.from(String(value), "hex").toString("latin1")
    : String(value);
}
