/** Every reading of a capture, in order. */
import {
  type DescribedReading,
  describeReading,
  type Frame,
  type GivenColumns,
  type MeterObjects,
  type ObjectNames,
  type Reading,
  readingsOf,
  standardNames,
  type Timestamp,
} from "../decoder/index.js";
import { type DecodeCaptureOptions, decodeCapture } from "./decode-capture.js";
import { MeterNames } from "./meter-names.js";
import { type CaptureInput, isStored } from "./read-merged.js";

/** One value that a meter has told. */
export interface ReadingRow extends DescribedReading {
  /** Number of its frame. */
  readonly frame: number;
  /** When the frame was captured; `time` is on the meter's clock. */
  readonly seen: Timestamp | null;
  readonly meter: string;
  readonly conversation: number | null;
}

export interface ReadCaptureReadingsOptions extends DecodeCaptureOptions {
  /** Names of objects; default: those of the standard, then the packs'. */
  readonly names?: ObjectNames;
  /** What the columns of profiles are where the trace does not show it. */
  readonly columns?: GivenColumns;
  /**
   * Whether a frame counts; default: every one does. What others teach (scalers, columns, names of
   * meters) is known all the same.
   */
  readonly isWanted?: ((frame: Frame) => boolean) | undefined;
}

/**
 * The readings of a capture, in groups as it is read. A file is read twice: scalers, capture objects
 * and the names of meters count wherever in it they stand. Of a stream only what came before is known.
 * The rows of a profile come in the order of their times. Throws `CaptureOpenError`.
 */
export async function* readCaptureReadings(
  input: CaptureInput,
  options: ReadCaptureReadingsOptions = {},
): AsyncGenerator<readonly ReadingRow[]> {
  const names = options.names ?? standardNames();
  const given = options.columns === undefined ? {} : { columns: options.columns };
  const learnt = isStored(input) ? await learnFrom(input, options) : undefined;
  const meters = learnt?.meters ?? new MeterNames();
  for await (const frames of decodeCapture(input, options)) {
    const rows: ReadingRow[] = [];
    for (const frame of frames) {
      const { number, time, conversation } = frame;
      const isWanted = options.isWanted?.(frame) !== false;
      // Of a stream, frames that do not count still name the meter.
      if (!isWanted && learnt !== undefined) continue;
      const objects = learnt?.objects.get(conversation ?? -1) ?? frame.objects;
      const readings = readingsOf(
        { ...frame, objects },
        { orLater: learnt !== undefined, ...given },
      );
      if (readings.length === 0) continue;
      const meter =
        learnt === undefined ? meters.observe(frame, readings) : meters.of(conversation);
      if (!isWanted) continue;
      for (const reading of sortRows(readings)) {
        const described = describeReading(reading, names);
        rows.push({ ...described, frame: number, seen: time, meter, conversation });
      }
    }
    if (rows.length > 0) yield rows;
  }
}

interface Learnt {
  /** By conversation. */
  readonly objects: ReadonlyMap<number, MeterObjects>;
  readonly meters: MeterNames;
}

/** What a whole file teaches of its meters. */
async function learnFrom(input: CaptureInput, options: DecodeCaptureOptions): Promise<Learnt> {
  const objects = new Map<number, MeterObjects>();
  const meters = new MeterNames();
  // Nobody is told how far this is: the second time is as long.
  const { onProgress: _, ...quiet } = options;
  for await (const frames of decodeCapture(input, { ...quiet, tree: false })) {
    for (const frame of frames) {
      meters.observe(frame, readingsOf(frame));
      if (frame.objects !== undefined) objects.set(frame.conversation ?? -1, frame.objects);
    }
  }
  return { objects, meters };
}

/** The rows of each profile by their times; everything else as the meter sent it. */
function sortRows(readings: readonly Reading[]): readonly Reading[] {
  const sorted: Reading[] = [];
  for (let start = 0; start < readings.length; ) {
    const profile = readings[start]?.row?.profile;
    let end = start + 1;
    // The buffers of one answer may be of the same profile, but never share its bytes.
    if (profile !== undefined) while (readings[end]?.row?.profile === profile) end += 1;
    sorted.push(...sortBuffer(readings.slice(start, end)));
    start = end;
  }
  return sorted;
}

/** By time where all rows have one; a change of deviation within a buffer keeps the meter's order. */
function sortBuffer(readings: readonly Reading[]): readonly Reading[] {
  const zones = new Set(readings.map(({ time }) => time && zone.exec(time)?.[0]));
  if (zones.size !== 1 || zones.has(undefined)) return readings;
  // ISO 8601 of one deviation sorts as text.
  return [...readings].sort((a, b) => compare(a.time ?? "", b.time ?? ""));
}

const zone = /(?:[+-]\d\d:\d\d|\*)$/;

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
