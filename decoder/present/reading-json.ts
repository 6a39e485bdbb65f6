/** Readings in the form of the public contract. */
import {
  type DescribedReading,
  describeReading,
  type ObjectNames,
} from "../readings/described-reading.js";
import type { Reading } from "../readings/reading.js";
import type { Json } from "./frame-json.js";

/** One value of a known object. */
export interface ReadingJson {
  /** Left out where the message names logical names alone. */
  readonly "class-id"?: number;
  /** Six dotted numbers. */
  readonly obis: string;
  readonly "attribute-id": number;
  readonly name: string;
  readonly raw: number | string | boolean | null;
  readonly scaler?: number;
  readonly unit?: string;
  /** Scaled; digits where a JSON number would not be exact; words of an enumeration. */
  readonly value: number | string | boolean | null;
  /** What a code or the bits of a state mean: `9 (Power down)`. */
  readonly text?: string;
  /** On the meter's clock. */
  readonly time: string | null;
  /** Who says what the number counts in; `habit` and `dictionary` are assumptions. */
  readonly "scaled-by"?: "message" | "trace" | "habit" | "dictionary";
  /** The maker's habit that says what the value is of: the message does not. */
  readonly habit?: string;
  /** Of a value that stands in a profile's buffer. */
  readonly profile?: string;
  readonly row?: number;
  readonly column?: number;
  /** The time was not sent: it follows from the row before and the capture period. */
  readonly "time-reckoned"?: true;
  /** The value of the profile's status column in the same row. */
  readonly status?: Json;
}

export function presentReading(reading: Reading, names: ObjectNames): ReadingJson {
  return toJson(describeReading(reading, names));
}

function toJson(reading: DescribedReading): ReadingJson {
  const { classId, logicalName, attribute, object, raw, scaler, unit, value, time, row } = reading;
  return {
    ...(classId === undefined ? {} : { "class-id": classId }),
    obis: logicalName.join("."),
    "attribute-id": attribute,
    name: object.name,
    raw,
    ...(scaler === undefined ? {} : { scaler }),
    ...(unit === undefined ? {} : { unit }),
    value,
    ...(isCode(reading) ? { text: reading.text } : {}),
    time: time ?? null,
    ...(reading.scale === undefined ? {} : { "scaled-by": reading.scale }),
    ...(reading.habit === undefined ? {} : { habit: reading.habit }),
    ...(row === undefined ? {} : presentRow(row)),
  };
}

/** Whether the words say more than value and unit. */
function isCode({ value, text, scale }: DescribedReading): boolean {
  return scale === undefined && typeof value === "number" && text !== String(value);
}

function presentRow(row: NonNullable<Reading["row"]>): Partial<ReadingJson> {
  const { profile, number, column, isTimeReckoned, status } = row;
  const state = status?.value;
  return {
    profile: profile.join("."),
    row: number,
    column,
    ...(isTimeReckoned ? { "time-reckoned": true as const } : {}),
    ...(typeof state === "number" || typeof state === "string" ? { status: state } : {}),
  };
}
