import { isScaled, type MeterObjects } from "./meter-objects.js";
import type { Reading } from "./reading.js";

/**
 * The reading with the scaler that the trace has shown by now, before the frame or after it. As it is
 * where it has one, where it is no number that counts in one, and where none was shown.
 */
export function scaledBy(
  reading: Reading,
  objects: MeterObjects | undefined,
  frame: number,
): Reading {
  const { classId, logicalName, attribute } = reading;
  if (reading.scaledBy !== undefined || objects === undefined) return reading;
  if (classId !== undefined && !isScaled(classId, attribute)) return reading;
  const scalerUnit = objects.scalerUnit(logicalName, frame, true)?.fact;
  return scalerUnit === undefined ? reading : { ...reading, scalerUnit, scaledBy: "trace" };
}
