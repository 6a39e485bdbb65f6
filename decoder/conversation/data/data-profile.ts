/** Rules of profile buffers, against what the trace has shown of the profile. Class 7. */
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { AttributeValue } from "../../readings/attribute-values.js";
import type { MeterObjects } from "../../readings/meter-objects.js";
import { isClockTime, type ObjectDefinition } from "../../readings/object-definitions.js";
import { columnsOf } from "../../readings/profile-columns.js";
import type { Data } from "../../xdlms/data.js";
import { formatLogicalName } from "../../xdlms/logical-name.js";
import { readMoment, toUtcSeconds } from "../../xdlms/moment.js";
import type { FindingSink } from "../observed-frame.js";

const clause = "IEC 62056-6-2, Profile generic";

const D = defineDiagnostics("data", {
  "profile-columns": {
    severity: "warning",
    group: "protocol",
    message: "A row of the profile has not one value for each capture object",
    clause,
    check:
      "Were the capture objects changed after they were read here, or does the request select columns that the meter does not know of?",
  },
  "profile-column-type": {
    severity: "warning",
    group: "protocol",
    message: "A column of the profile changes its type from one row to another",
    clause,
    check: "Does the meter mix rows of different capture objects in one buffer?",
  },
  "profile-period": {
    severity: "note",
    group: "protocol",
    message: "Neighbouring rows of the profile are not one capture period apart",
    clause,
    check: "Was the meter without power, was its clock set, or are rows missing?",
  },
  "profile-entries": {
    severity: "warning",
    group: "protocol",
    message: "The buffer has more rows than the profile says that it can hold",
    clause,
    check: "Was profile_entries changed after it was read here?",
  },
});

/** A column of a buffer: what it holds, and its values from the first row on. */
export interface Column {
  readonly object: ObjectDefinition;
  readonly values: readonly Data[];
}

const buffer = 2;
const daylightSaving = 0x80;

/**
 * Judges the rows of a buffer. Returns its columns where its capture objects are known; none
 * otherwise, and of every other attribute.
 */
export function judgeBuffer(
  value: AttributeValue,
  objects: MeterObjects,
  frame: number,
  sink: FindingSink,
): readonly Column[] {
  const { data, logicalName, attribute, written } = value;
  if (attribute !== buffer || written) return [];
  if (data.type !== "array" && data.type !== "compact-array") return [];
  const name = formatLogicalName(logicalName);
  const rows = data.value.flatMap((row) => (row.type === "structure" ? [row.value] : []));
  if (rows.length !== data.value.length) return [];
  const entries = objects.entries(logicalName, frame);
  if (entries !== undefined && rows.length > entries) {
    const detail = `${name} has ${rows.length} rows and holds ${entries}`;
    sink.report(D["profile-entries"], detail, "apdu");
  }
  const definitions = columnsOf(value, objects, frame);
  const width = definitions?.length ?? rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) {
    if (definitions !== undefined) reportWidth(name, odd, rows[odd]?.length ?? 0, width, sink);
    return [];
  }
  reportChangedType(name, rows, sink);
  const columns = (definitions ?? []).map((object, i) => ({
    object,
    values: rows.flatMap((row) => row[i] ?? []),
  }));
  reportPeriod(name, columns, objects.period(logicalName, frame), sink);
  return columns;
}

function reportWidth(
  name: string,
  row: number,
  came: number,
  expected: number,
  sink: FindingSink,
): void {
  const detail = `row ${row + 1} of ${name} has ${came} values for ${expected} capture objects`;
  sink.report(D["profile-columns"], detail, "apdu");
}

function reportChangedType(
  name: string,
  rows: readonly (readonly Data[])[],
  sink: FindingSink,
): void {
  const types: (string | undefined)[] = [];
  let number = 0;
  for (const row of rows) {
    number += 1;
    let column = 0;
    for (const { type } of row) {
      column += 1;
      // null-data repeats or continues the value before; deltas count from it.
      if (type === "null-data" || type === "dont-care" || type.startsWith("delta-")) continue;
      const before = types[column] ?? type;
      types[column] = before;
      if (type === before) continue;
      const detail = `column ${column} of ${name} is ${before}, in row ${number} it is ${type}`;
      sink.report(D["profile-column-type"], detail, "apdu");
      return;
    }
  }
}

function reportPeriod(
  name: string,
  columns: readonly Column[],
  period: number | undefined,
  sink: FindingSink,
): void {
  const clock = columns.find(({ object }) => isClockTime(object));
  if (clock === undefined || period === undefined || period === 0) return;
  let odd = 0;
  let first = "";
  for (let i = 1; i < clock.values.length; i++) {
    const seconds = secondsBetween(clock.values[i - 1], clock.values[i]);
    // Where the latest row comes first, time runs backwards.
    if (seconds === undefined || Math.abs(seconds) === period) continue;
    odd += 1;
    if (odd === 1) first = `rows ${i} and ${i + 1} of ${name} are ${Math.abs(seconds)} s apart`;
  }
  if (odd === 0) return;
  const more = odd === 1 ? "" : `; ${odd - 1} more such places`;
  sink.report(D["profile-period"], `${first}, the period is ${period} s${more}`, "apdu");
}

/** Undefined where either is incomplete, or daylight saving began or ended between them. */
function secondsBetween(earlier: Data | undefined, later: Data | undefined): number | undefined {
  const from = earlier === undefined ? undefined : readMoment(earlier);
  const to = later === undefined ? undefined : readMoment(later);
  if (from === undefined || to === undefined) return undefined;
  if (((from.status ?? 0) & daylightSaving) !== ((to.status ?? 0) & daylightSaving)) {
    return undefined;
  }
  const fromUtc = toUtcSeconds(from);
  const toUtc = toUtcSeconds(to);
  if (fromUtc === undefined || toUtc === undefined) return to.localSeconds - from.localSeconds;
  return toUtc - fromUtc;
}
