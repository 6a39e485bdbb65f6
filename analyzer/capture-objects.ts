/** The objects of the meters of a capture: what they list, and all that was named or told. */
import type { CaptureSource } from "../captures/open.js";
import { objectsOf } from "../decoder/conversation/names/object-names.js";
import {
  describeReading,
  type Frame,
  type ObjectNames,
  readingsOf,
  standardNames,
} from "../decoder/index.js";
import { valuesOf } from "../decoder/readings/attribute-values.js";
import { type ListedObject, readListedObjects } from "../decoder/readings/listed-objects.js";
import { type DecodeCaptureOptions, decodeCapture } from "./decode-capture.js";
import { MeterNames } from "./meter-names.js";

/** One object of a meter. */
export interface MeterObject {
  readonly conversation: number | null;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  readonly classId: number | undefined;
  /** Undefined where no list of objects was seen. */
  readonly version: number | undefined;
  /** The meter lists it. */
  readonly isListed: boolean;
  /** Access rights in words: `2 read, 3 read and write; method 1`; empty where they are not known. */
  readonly access: string;
  /** The last value of each attribute that was told, by its number. */
  readonly values: ReadonlyMap<number, ObjectValue>;
  /** Frames that name it. */
  readonly frames: number;
}

export interface ObjectValue {
  /** For people: `123.456 kWh`. */
  readonly text: string;
  /** On the meter's clock, where known. */
  readonly time: string | undefined;
  readonly frame: number;
}

/** A meter of a capture, and its objects in the order of their names. */
export interface MeterModel {
  readonly meter: string;
  readonly objects: readonly MeterObject[];
}

type Draft = { -readonly [Key in keyof MeterObject]: MeterObject[Key] } & {
  values: Map<number, ObjectValue>;
};

/** Reads a capture to its end. Throws `CaptureOpenError`. */
export async function readCaptureObjects(
  source: CaptureSource,
  options: DecodeCaptureOptions & { readonly names?: ObjectNames } = {},
): Promise<readonly MeterModel[]> {
  const names = options.names ?? standardNames();
  const meters = new MeterNames();
  const drafts = new Map<number, Map<string, Draft>>();
  for await (const frames of decodeCapture(source, options)) {
    for (const frame of frames) observe(frame, meters, names, drafts);
  }
  const byMeter = new Map<string, Map<string, Draft>>();
  for (const [conversation, objects] of drafts) {
    const meter = meters.of(conversation);
    const known = byMeter.get(meter);
    if (known === undefined) byMeter.set(meter, objects);
    else for (const [key, object] of objects) mergeInto(known, key, object);
  }
  return Array.from(byMeter, ([meter, objects]) => ({
    meter,
    objects: [...objects.values()].sort((a, b) => compareNames(a.logicalName, b.logicalName)),
  }));
}

function observe(
  frame: Frame,
  meters: MeterNames,
  names: ObjectNames,
  drafts: Map<number, Map<string, Draft>>,
): void {
  const { apdu, known, answers, number, conversation } = frame;
  const readings = readingsOf(frame);
  meters.observe(frame, readings);
  if (apdu === undefined && readings.length === 0) return;
  let objects = drafts.get(conversation ?? -1);
  if (objects === undefined) {
    objects = new Map();
    drafts.set(conversation ?? -1, objects);
  }
  for (const { classId, logicalName } of apdu === undefined
    ? []
    : objectsOf(apdu, known.shortNames)) {
    if (logicalName !== undefined) draftOf(objects, conversation, classId, logicalName).frames += 1;
  }
  for (const value of apdu === undefined ? [] : valuesOf(apdu, answers, known.shortNames)) {
    for (const listed of readListedObjects(value)) list(objects, conversation, listed);
  }
  for (const reading of readings) {
    const draft = draftOf(objects, conversation, reading.classId, reading.logicalName);
    if (answers === undefined) draft.frames += 1;
    const { text } = describeReading(reading, names);
    draft.values.set(reading.attribute, { text, time: reading.time, frame: number });
  }
}

function list(
  objects: Map<string, Draft>,
  conversation: number | null,
  listed: ListedObject,
): void {
  const draft = draftOf(objects, conversation, listed.classId, listed.logicalName);
  draft.isListed = true;
  draft.version = listed.version;
  if (listed.access !== "") draft.access = listed.access;
}

/** The object of that name; a class that becomes known later is that of the same object. */
function draftOf(
  objects: Map<string, Draft>,
  conversation: number | null,
  classId: number | undefined,
  logicalName: Uint8Array,
): Draft {
  const name = logicalName.join(".");
  const key = `${classId ?? ""} ${name}`;
  const known = objects.get(key) ?? objects.get(` ${name}`);
  if (known !== undefined) {
    if (known.classId === undefined && classId !== undefined) {
      objects.delete(` ${name}`);
      objects.set(key, known);
      known.classId = classId;
    }
    return known;
  }
  if (classId === undefined) {
    for (const [other, draft] of objects) if (other.endsWith(` ${name}`)) return draft;
  }
  const draft: Draft = {
    conversation,
    logicalName: Uint8Array.from(logicalName),
    classId,
    version: undefined,
    isListed: false,
    access: "",
    values: new Map(),
    frames: 0,
  };
  objects.set(key, draft);
  return draft;
}

function mergeInto(objects: Map<string, Draft>, key: string, other: Draft): void {
  const known = objects.get(key);
  if (known === undefined) {
    objects.set(key, other);
    return;
  }
  known.frames += other.frames;
  known.version ??= other.version;
  known.isListed ||= other.isListed;
  known.access ||= other.access;
  for (const [attribute, value] of other.values) {
    const before = known.values.get(attribute);
    if (before === undefined || before.frame < value.frame) known.values.set(attribute, value);
  }
}

function compareNames(one: Uint8Array, other: Uint8Array): number {
  for (let i = 0; i < 6; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
