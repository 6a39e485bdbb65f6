/** What a frame says beside its codes: the names of objects, and values in their units. */
import { objectsOf } from "../conversation/names/object-names.js";
import type { Frame } from "../frame.js";
import { describeReading, nameOfReading, type ObjectNames } from "../readings/described-reading.js";
import { readingsOf } from "../readings/readings-of-frame.js";

/**
 * `Active energy import (+A) total = 123.456 kWh` of what a meter tells; `Active energy import (+A)` of
 * what a client asks for. Undefined where the frame names no object.
 */
export function summarizeMeaning(
  frame: Frame,
  names: ObjectNames,
  readings = readingsOf(frame),
): string | undefined {
  const { apdu, known } = frame;
  const [first] = readings;
  if (first !== undefined) {
    const reading = describeReading(first, names);
    const text = `${nameOfReading(reading)} = ${shorten(reading.text)}`;
    if (readings.length === 1) return text;
    const rows = first.row === undefined ? 0 : new Set(readings.map(({ row }) => row?.number)).size;
    const inRows = rows === 0 ? "" : ` in ${rows} ${rows === 1 ? "row" : "rows"}`;
    return `${readings.length} values${inRows}, first ${text}`;
  }
  if (apdu === undefined) return undefined;
  const objects = objectsOf(apdu, known.shortNames);
  const [object] = objects;
  if (object?.logicalName === undefined) return undefined;
  const { name } = names.find(object.logicalName, object.classId);
  return objects.length === 1 ? name : `${name} and ${objects.length - 1} more`;
}

const longest = 48;

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}
