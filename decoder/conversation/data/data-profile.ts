/** Rules of profile buffers, against what the trace has shown of the profile. Class 7. */
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { AttributeValue, Selection } from "../../readings/attribute-values.js";
import { type ObjectDefinition, readObjectDefinitions } from "../../readings/pushed-values.js";
import type { Data } from "../../xdlms/data.js";
import { formatLogicalName } from "../../xdlms/logical-name.js";
import type { FindingSink } from "../observed-frame.js";
import { readMoment, toUtcSeconds } from "./data-moment.js";

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

/** What the trace has shown of one profile. */
interface Profile {
  readonly captureObjects?: readonly ObjectDefinition[] | undefined;
  /** Seconds; 0 where captures are not periodic. */
  readonly capturePeriod?: number | undefined;
  readonly entries?: number | undefined;
}

/** A column of a buffer: what it holds, and its values from the first row on. */
export interface Column {
  readonly object: ObjectDefinition;
  readonly values: readonly Data[];
}

const buffer = 2;
const daylightSaving = 0x80;

export class ProfileRules {
  /** By logical name, as people write it. */
  readonly #profiles = new Map<string, Profile>();

  /**
   * Takes note of a value of class 7; rows are judged. Returns the columns of a buffer whose capture
   * objects are known; none otherwise.
   */
  observe(value: AttributeValue, sink: FindingSink): readonly Column[] {
    const name = formatLogicalName(value.logicalName);
    const profile = this.#profiles.get(name) ?? {};
    if (value.attribute !== buffer) {
      this.#profiles.set(name, learn(profile, value));
      return [];
    }
    const { data } = value;
    if (value.written || (data.type !== "array" && data.type !== "compact-array")) return [];
    const rows = data.value.flatMap((row) => (row.type === "structure" ? [row.value] : []));
    if (rows.length !== data.value.length) return [];
    if (profile.entries !== undefined && rows.length > profile.entries) {
      const detail = `${name} has ${rows.length} rows and holds ${profile.entries}`;
      sink.report(D["profile-entries"], detail, "apdu");
    }
    const objects = selectColumns(profile.captureObjects, value.selection);
    const width = objects?.length ?? rows[0]?.length ?? 0;
    const odd = rows.findIndex((row) => row.length !== width);
    if (odd >= 0) {
      if (objects !== undefined) reportWidth(name, odd, rows[odd]?.length ?? 0, width, sink);
      return [];
    }
    reportChangedType(name, rows, sink);
    const columns = (objects ?? []).map((object, i) => ({
      object,
      values: rows.flatMap((row) => row[i] ?? []),
    }));
    reportPeriod(name, columns, profile.capturePeriod, sink);
    return columns;
  }
}

function learn(profile: Profile, { attribute, data, selection, written }: AttributeValue): Profile {
  // Whether the meter takes what the client writes is not known here: it is not known any more.
  const known = !written && selection === undefined;
  const number = known && data.type === "double-long-unsigned" ? data.value : undefined;
  switch (attribute) {
    case 3:
      return { ...profile, captureObjects: known ? copyDefinitions(data) : undefined };
    case 4:
      return { ...profile, capturePeriod: number };
    case 8:
      return { ...profile, entries: number };
    default:
      return profile;
  }
}

/** Copies: a view would keep the whole piece of the capture in memory that it is of. */
function copyDefinitions(data: Data): readonly ObjectDefinition[] | undefined {
  const definitions = readObjectDefinitions(data);
  return definitions?.map((each) => ({ ...each, logicalName: Uint8Array.from(each.logicalName) }));
}

/** The capture objects of the columns that were asked for; undefined where that is not certain. */
function selectColumns(
  objects: readonly ObjectDefinition[] | undefined,
  selection: Selection,
): readonly ObjectDefinition[] | undefined {
  if (objects === undefined || objects.length === 0 || selection === "unknown") return undefined;
  if (selection === undefined) return objects;
  const { "access-selector": selector, "access-parameters": parameters } = selection;
  if (parameters.type !== "structure") return undefined;
  const [, , third, fourth] = parameters.value;
  // range_descriptor: the fourth element lists the columns, none for all of them.
  if (selector === 1 && fourth !== undefined) {
    const selected = readObjectDefinitions(fourth);
    return selected?.length === 0 ? objects : selected;
  }
  // entry_descriptor: from_selected_value and to_selected_value count from 1; 0 is the last one.
  if (selector === 2 && third?.type === "long-unsigned" && fourth?.type === "long-unsigned") {
    const end = fourth.value === 0 ? objects.length : fourth.value;
    return objects.slice(Math.max(third.value, 1) - 1, end);
  }
  return undefined;
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

/** Whether the column holds the time of the clock: class 8, attribute 2. */
function isClockTime({ classId, attribute, dataIndex }: ObjectDefinition): boolean {
  return classId === 8 && attribute === 2 && dataIndex === 0;
}
