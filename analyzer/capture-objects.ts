/** The objects of the meters of a capture: what they list, and all that was named or told. */
import { detach } from "../decoder/conversation/detach.js";
import { objectsOf } from "../decoder/conversation/names/object-names.js";
import {
  describeReading,
  type Frame,
  type MeterObjects,
  type ObjectNames,
  type Reading,
  readingsOf,
  standardNames,
} from "../decoder/index.js";
import { valuesOf } from "../decoder/readings/attribute-values.js";
import { type ListedObject, readListedObjects } from "../decoder/readings/listed-objects.js";
import { scaledBy } from "../decoder/readings/scaled-reading.js";
import type { ReadCaptureReadingsOptions } from "./capture-readings.js";
import { decodeCapture } from "./decode-capture.js";
import { MeterNames } from "./meter-names.js";
import type { CaptureInput } from "./read-merged.js";

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

/** The last reading of an attribute: what it counts in may be shown later. */
interface Told {
  readonly reading: Reading;
  readonly frame: number;
  readonly learnt: MeterObjects | undefined;
}

type Draft = { -readonly [Key in Exclude<keyof MeterObject, "values">]: MeterObject[Key] } & {
  readonly told: Map<number, Told>;
  /** A frame that counts has named, told or listed it. */
  isShown: boolean;
};

/** Objects by class and logical name. */
type Drafts = Map<string, Draft>;

/**
 * Reads a capture to its end. Of frames that do not count nothing is told but what lists of objects say
 * of those that others name. Throws `CaptureOpenError`.
 */
export async function readCaptureObjects(
  input: CaptureInput,
  options: ReadCaptureReadingsOptions = {},
): Promise<readonly MeterModel[]> {
  const names = options.names ?? standardNames();
  const meters = new MeterNames();
  const drafts = new Map<number, Drafts>();
  for await (const frames of decodeCapture(input, options)) {
    for (const frame of frames) observe(frame, options, meters, drafts);
  }
  const byMeter = new Map<string, Drafts>();
  for (const [conversation, objects] of drafts) {
    const meter = meters.of(conversation);
    const known = byMeter.get(meter);
    if (known === undefined) byMeter.set(meter, objects);
    else for (const object of objects.values()) mergeInto(known, object);
  }
  return Array.from(byMeter, ([meter, objects]) => ({
    meter,
    objects: [...objects.values()]
      .filter(({ isShown }) => isShown)
      .sort((a, b) => compareNames(a.logicalName, b.logicalName))
      .map((draft) => finish(draft, names)),
  }));
}

function observe(
  frame: Frame,
  { columns, isWanted }: ReadCaptureReadingsOptions,
  meters: MeterNames,
  drafts: Map<number, Drafts>,
): void {
  const { apdu, known, answers, number, conversation } = frame;
  const readings = readingsOf(frame, columns === undefined ? {} : { columns });
  meters.observe(frame, readings);
  if (apdu === undefined && readings.length === 0) return;
  const counts = isWanted?.(frame) !== false;
  let objects = drafts.get(conversation ?? -1);
  if (objects === undefined) {
    objects = new Map();
    drafts.set(conversation ?? -1, objects);
  }
  /** What the frame names, once each; an answer names nothing. */
  const named = new Set<Draft>();
  for (const { classId, logicalName } of apdu === undefined || !counts
    ? []
    : objectsOf(apdu, known.shortNames)) {
    if (logicalName !== undefined) named.add(draftOf(objects, conversation, classId, logicalName));
  }
  for (const value of apdu === undefined ? [] : valuesOf(apdu, answers, known.shortNames)) {
    for (const listed of readListedObjects(value)) list(objects, conversation, listed, counts);
  }
  for (const reading of counts ? readings : []) {
    const draft = draftOf(objects, conversation, reading.classId, reading.logicalName);
    if (answers === undefined) named.add(draft);
    const told = { reading: detach(reading), frame: number, learnt: frame.objects };
    draft.told.set(reading.attribute, told);
    draft.isShown = true;
  }
  for (const draft of named) {
    draft.frames += 1;
    draft.isShown = true;
  }
}

function finish({ told, isShown: _, ...object }: Draft, names: ObjectNames): MeterObject {
  const values = new Map<number, ObjectValue>();
  for (const [attribute, { reading, frame, learnt }] of told) {
    const { text } = describeReading(scaledBy(reading, learnt, frame), names);
    values.set(attribute, { text, time: reading.time, frame });
  }
  return { ...object, values };
}

function list(
  objects: Drafts,
  conversation: number | null,
  listed: ListedObject,
  counts: boolean,
): void {
  const draft = draftOf(objects, conversation, listed.classId, listed.logicalName);
  draft.isListed = true;
  draft.isShown ||= counts;
  draft.version = listed.version;
  if (listed.access !== "") draft.access = listed.access;
}

/** The object of that name; a class that becomes known later is that of the same object. */
function draftOf(
  objects: Drafts,
  conversation: number | null,
  classId: number | undefined,
  logicalName: Uint8Array,
): Draft {
  const known = findDraft(objects, classId, logicalName);
  if (known !== undefined) return known;
  const draft: Draft = {
    conversation,
    logicalName: Uint8Array.from(logicalName),
    classId,
    version: undefined,
    isListed: false,
    access: "",
    told: new Map(),
    isShown: false,
    frames: 0,
  };
  objects.set(keyOf(classId, logicalName), draft);
  return draft;
}

function findDraft(
  objects: Drafts,
  classId: number | undefined,
  logicalName: Uint8Array,
): Draft | undefined {
  const key = keyOf(classId, logicalName);
  const withoutClass = keyOf(undefined, logicalName);
  const known = objects.get(key) ?? objects.get(withoutClass);
  if (known !== undefined) {
    if (known.classId === undefined && classId !== undefined) {
      objects.delete(withoutClass);
      objects.set(key, known);
      known.classId = classId;
    }
    return known;
  }
  if (classId !== undefined) return undefined;
  for (const [other, draft] of objects) if (other.endsWith(withoutClass)) return draft;
  return undefined;
}

/** ` 1.0.1.8.0.255` where the class is not known. */
function keyOf(classId: number | undefined, logicalName: Uint8Array): string {
  return `${classId ?? ""} ${logicalName.join(".")}`;
}

function mergeInto(objects: Drafts, other: Draft): void {
  const known = findDraft(objects, other.classId, other.logicalName);
  if (known === undefined) {
    objects.set(keyOf(other.classId, other.logicalName), other);
    return;
  }
  known.frames += other.frames;
  known.version ??= other.version;
  known.isListed ||= other.isListed;
  known.isShown ||= other.isShown;
  known.access ||= other.access;
  for (const [attribute, told] of other.told) {
    const before = known.told.get(attribute);
    if (before === undefined || before.frame < told.frame) known.told.set(attribute, told);
  }
}

function compareNames(one: Uint8Array, other: Uint8Array): number {
  for (let i = 0; i < 6; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
