/** A reading in words: the name of its object, the scaled value, its unit. */

import { toHex } from "../core/bytes.js";
import { formatQuantity, scaleExactly } from "../cosem/engineering.js";
import { findAttribute } from "../cosem/find-class.js";
import type { ObisName } from "../cosem/obis/obis-name.js";
import { findUnit } from "../cosem/units.js";
import type { Data } from "../xdlms/data.js";
import { readDateTime } from "../xdlms/moment.js";
import { interpretOctetString } from "../xdlms/octet-string.js";
import type { ScalerUnit } from "./meter-objects.js";
import { isScaled } from "./meter-objects.js";
import type { Reading } from "./reading.js";
import { readHexText } from "./telegram-readings.js";
import { isBitSet, wordOfValue } from "./value-words.js";

/** Who knows the names of objects. */
export interface ObjectNames {
  find(logicalName: Uint8Array, classId?: number): ObisName;
  /** What an event of a log is; the log is named by its profile, or the object of its event code. */
  findEvent(log: Uint8Array, event: number): { readonly text: string } | undefined;
  /** The bits of a register of alarms, errors or states. */
  findBits(object: Uint8Array): ReadonlyMap<number, string> | undefined;
}

export interface DescribedReading extends Reading {
  readonly object: ObisName;
  /** The attribute's name in its class: `value`; undefined where it has none that is known. */
  readonly attributeName: string | undefined;
  /** As it was sent: a number, digits beyond 2^53, characters, hex of bytes. */
  readonly raw: string | number | boolean | null;
  /** Power of ten; undefined where the value is not scaled. */
  readonly scaler: number | undefined;
  /** `Wh`; undefined where nothing is known of it. */
  readonly unit: string | undefined;
  /** Who says what the number counts in. */
  readonly scale: "message" | "trace" | "habit" | "dictionary" | undefined;
  /** raw times 10 to the power of the scaler, exactly, or what raw means. */
  readonly value: string | number | boolean | null;
  /** For people: `123.456 kWh`, `connected`. */
  readonly text: string;
}

/** `Active energy import (+A) total`; other attributes than the value by their names. */
export function nameOfReading(reading: DescribedReading): string {
  const { object, attribute, attributeName, row, classId } = reading;
  if (row !== undefined && classId === 7) return `${object.name}, column ${row.column}`;
  if (attribute !== 2) return `${object.name}, ${attributeName ?? `attribute ${attribute}`}`;
  // Before what narrows it down: `Active energy import (+A) total, L1`.
  return object.isTotal === true ? object.name.replace(/(?=,|$)/, " total") : object.name;
}

/** Names a reading, and scales it as exactly as its digits are. */
export function describeReading(reading: Reading, names: ObjectNames): DescribedReading {
  const { classId, logicalName, attribute, data } = reading;
  const object = names.find(logicalName, classId);
  const definition = classId === undefined ? undefined : findAttribute(classId, attribute);
  const known = { object, attributeName: definition?.name };
  const raw = rawOf(data);
  const name = definition === undefined ? undefined : wordOfValue(data, definition.rule);
  if (name !== undefined) return { ...reading, ...known, ...noScale, raw, value: name, text: name };
  if (reading.scalerUnit === undefined) {
    const text = meaningOfCode(reading, names);
    if (text !== undefined) return { ...reading, ...known, ...noScale, raw, value: raw, text };
  }
  const scaled = readNumber(reading, object);
  if (scaled !== undefined) return { ...reading, ...known, ...scaled };
  const value = meaningOf(data) ?? raw;
  return {
    ...reading,
    ...known,
    ...noScale,
    raw,
    value,
    text: value === null ? "" : String(value),
  };
}

/** `9 (Billing reset)`, `3 (Clock invalid, Replace battery)`: what a pack knows of events, alarms and states. */
function meaningOfCode(
  { logicalName, data, attribute, row }: Reading,
  names: ObjectNames,
): string | undefined {
  if (attribute !== 2 || (typeof data.value !== "number" && data.type !== "bit-string")) {
    return undefined;
  }
  const log = eventLogOf(logicalName, row);
  if (log !== undefined && typeof data.value === "number") {
    const event = names.findEvent(log, data.value);
    return event === undefined ? undefined : `${data.value} (${event.text})`;
  }
  const bits =
    logicalName[2] === 97 || logicalName[2] === 96 ? names.findBits(logicalName) : undefined;
  if (bits === undefined) return undefined;
  const set = [...bits].filter(([bit]) => isBitSet(data, bit)).map(([, text]) => text);
  return set.length === 0 ? undefined : `${data.value} (${set.join(", ")})`;
}

/** The log that a number is an event of; undefined where it is none. */
function eventLogOf(logicalName: Uint8Array, row: Reading["row"]): Uint8Array | undefined {
  if (logicalName[2] === 96 && logicalName[3] === 11) return logicalName;
  // Without its capture objects, a log has the time first and then the event.
  const isLog = logicalName[2] === 99 && logicalName[3] === 98 && row?.column === 2;
  return isLog ? logicalName : undefined;
}

const noScale = { scaler: undefined, unit: undefined, scale: undefined } as const;

type Scaled = Pick<DescribedReading, "raw" | "scaler" | "unit" | "scale" | "value" | "text">;

/** The value as a number in its unit; undefined where it is none. */
function readNumber(reading: Reading, object: ObisName): Scaled | undefined {
  const { data, scaledBy } = reading;
  if (data.type === "visible-string") return readTelegramNumber(reading);
  if (data.type === "enum" || (typeof data.value !== "number" && typeof data.value !== "bigint")) {
    return undefined;
  }
  const scalerUnit = reading.scalerUnit ?? assumedScale(reading, object);
  const raw = toJsonNumber(String(data.value));
  if (scalerUnit === undefined) return { ...noScale, raw, value: raw, text: String(data.value) };
  const { scaler, unit } = scalerUnit;
  const digits = scaleExactly(data.value, scaler);
  return {
    raw,
    scaler,
    unit: symbolOf(unit),
    scale: scaledBy ?? "dictionary",
    value: toJsonNumber(digits),
    text: formatQuantity(data.value, scaler, unit),
  };
}

/** Scaler and unit that the object usually has: an assumption. */
function assumedScale(
  { classId, attribute }: Reading,
  { unit, scaler }: ObisName,
): ScalerUnit | undefined {
  const isCounted = classId === undefined || isScaled(classId, attribute);
  // Without the scaler the unit would only seem to be known: it may be Wh or kWh.
  if (!isCounted || unit === undefined || scaler === undefined) return undefined;
  return { scaler, unit };
}

/** `000123.456` of a telegram that has the unit beside it. */
function readTelegramNumber({ data, unitText }: Reading): Scaled | undefined {
  const text = String(data.value);
  if (unitText === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const digits = text.replace(/^(-?)0+(?=\d)/, "$1");
  const unit = unitText === "m3" ? "m³" : unitText;
  return {
    raw: text,
    scaler: 0,
    unit,
    scale: "message",
    value: toJsonNumber(digits),
    text: `${digits} ${unit}`,
  };
}

function symbolOf(unit: number): string | undefined {
  if (unit === 255) return undefined;
  return findUnit(unit)?.symbol ?? `unit ${unit}`;
}

/** A number where it is exact, else its digits; a word for what is no finite number. */
function toJsonNumber(digits: string): number | string {
  const number = Number(digits);
  if (!Number.isFinite(number)) return digits;
  const significant = digits.replace(/^-?0*\.?0*/, "").replace(".", "");
  return significant.length <= 15 || Number.isSafeInteger(number) ? number : digits;
}

function rawOf(data: Data): string | number | boolean | null {
  if (data.value instanceof Uint8Array) return toHex(data.value);
  if (typeof data.value === "bigint") return toJsonNumber(String(data.value));
  if (typeof data.value === "object") return null;
  return data.value;
}

/** What a value means that is no quantity; undefined where it means itself. */
function meaningOf(data: Data): string | undefined {
  if (data.type === "visible-string") return readHexText(data.value);
  if (data.type !== "octet-string") return undefined;
  const time = readDateTime(data);
  if (time !== undefined) return time;
  const meaning = interpretOctetString(data.value);
  if (meaning === undefined) return undefined;
  return "text" in meaning ? meaning.text : "obis" in meaning ? meaning.obis : meaning["date-time"];
}
