/** The rows of a profile's buffer as readings. Class 7, attribute buffer. */
import { isSecretAttribute } from "../cosem/secrets.js";
import type { Data } from "../xdlms/data.js";
import type { DateTime } from "../xdlms/date-time.js";
import { formatLater, type Moment, readDateTime, readMoment } from "../xdlms/moment.js";
import type { AttributeValue } from "./attribute-values.js";
import { isScaled, type MeterObjects } from "./meter-objects.js";
import { isClockTime, type ObjectDefinition } from "./object-definitions.js";
import { columnsOf, type GivenColumns } from "./profile-columns.js";
import { isSimple, type Reading } from "./reading.js";

/** What is known of a buffer when its rows are read. */
interface Buffer {
  readonly profile: Uint8Array;
  /** Undefined where nothing tells what the columns are. */
  readonly columns: readonly ObjectDefinition[] | undefined;
  /** Place of the clock, and of the status; -1 without one. */
  readonly clock: number;
  readonly status: number;
  /** Seconds from one row to the next, negative where the latest row comes first. */
  readonly step: number | undefined;
}

/** When a row was captured. */
interface RowTime {
  readonly text: DateTime | undefined;
  readonly moment: Moment | undefined;
  readonly isReckoned: boolean;
}

const noTime: RowTime = { text: undefined, moment: undefined, isReckoned: false };

/**
 * A reading for every value of every row, in the order of the rows. null-data stands for the value of
 * the row before, in the clock's column for one period later; a delta counts from the row before.
 * `orLater`: capture objects and periods may come from frames that follow; `given`: what the columns
 * are where no frame says it.
 */
export function readRows(
  value: AttributeValue,
  objects: MeterObjects,
  frame: number,
  orLater: boolean,
  given?: GivenColumns,
): Reading[] {
  const { data, logicalName } = value;
  if (data.type !== "array" && data.type !== "compact-array") return [];
  const rows = data.value.map((row) => (row.type === "structure" ? row.value : [row]));
  const known = columnsOf(value, objects, frame, orLater, given);
  // Where rows have other widths than the columns, nothing tells which value belongs to which.
  const fits = known !== undefined && rows.every((row) => row.length === known.length);
  const columns = fits ? known : undefined;
  // Nearly every profile has the clock for its first column.
  const clock = columns?.findIndex(isClockTime) ?? (rows.every(beginsWithTime) ? 0 : -1);
  const buffer: Buffer = {
    profile: logicalName,
    columns,
    clock,
    status: columns?.findIndex(isStatus) ?? -1,
    step: stepOf(rows, clock, objects.period(logicalName, frame, orLater)),
  };
  const readings: Reading[] = [];
  let before: readonly Data[] = [];
  let time = noTime;
  for (const [i, row] of rows.entries()) {
    // A time is not repeated: what null-data means there is one period later.
    const values = row.map((each, column) =>
      column === clock ? each : continueFrom(before[column], each),
    );
    time = timeOf(row[buffer.clock], time, buffer.step);
    readings.push(
      ...readRow(values, i + 1, time, buffer, (name) => {
        return objects.scalerUnit(name, frame, orLater)?.fact;
      }),
    );
    before = values;
  }
  return readings;
}

function readRow(
  values: readonly Data[],
  number: number,
  time: RowTime,
  { profile, columns, clock, status }: Buffer,
  scalerOf: (logicalName: Uint8Array) => Reading["scalerUnit"],
): Reading[] {
  const readings: Reading[] = [];
  for (const [column, data] of values.entries()) {
    if (!isSimple(data) || column === status) continue;
    if (column === clock && data.type === "null-data") continue;
    const object = columns?.[column];
    const { classId = 7, logicalName = profile, attribute = 2 } = object ?? {};
    if (isSecretAttribute(classId, attribute)) continue;
    const isNumber = object !== undefined && isScaled(classId, attribute) && object.dataIndex === 0;
    const scalerUnit = isNumber ? scalerOf(logicalName) : undefined;
    readings.push({
      classId,
      logicalName,
      attribute,
      data,
      scalerUnit,
      scaledBy: scalerUnit === undefined ? undefined : "trace",
      time: time.text,
      row: {
        profile,
        number,
        column: column + 1,
        isTimeReckoned: time.isReckoned,
        status: values[status],
      },
    });
  }
  return readings;
}

/** The value that null-data repeats, and a delta counts from. */
function continueFrom(before: Data | undefined, data: Data): Data {
  if (before === undefined) return data;
  if (data.type === "null-data") return before;
  if (!data.type.startsWith("delta-") || typeof data.value !== "number") return data;
  if (before.type === "long64" || before.type === "long64-unsigned") {
    return { type: before.type, value: before.value + BigInt(data.value) };
  }
  if (typeof before.value !== "number") return data;
  return { ...before, value: before.value + data.value } as Data;
}

function timeOf(clock: Data | undefined, before: RowTime, step: number | undefined): RowTime {
  const text = readDateTime(clock);
  if (text !== undefined && clock !== undefined) {
    return { text, moment: readMoment(clock), isReckoned: false };
  }
  if (clock?.type !== "null-data" || before.moment === undefined || step === undefined) {
    return noTime;
  }
  const { moment } = before;
  const later = { ...moment, localSeconds: moment.localSeconds + step };
  return { text: formatLater(moment, step), moment: later, isReckoned: true };
}

/** The capture period, with the sign of the order that the rows with a time show. */
function stepOf(
  rows: readonly (readonly Data[])[],
  clock: number,
  period: number | undefined,
): number | undefined {
  if (period === undefined || period === 0 || clock < 0) return undefined;
  const moments = rows.flatMap((row) => readMoment(row[clock] ?? noValue) ?? []);
  const first = moments[0]?.localSeconds ?? 0;
  const last = moments.at(-1)?.localSeconds ?? 0;
  return last < first ? -period : period;
}

const noValue: Data = { type: "null-data", value: null };

function beginsWithTime([first]: readonly Data[]): boolean {
  return readDateTime(first) !== undefined;
}

/** Status registers of profiles, and the internal operating status that some makers capture. */
function isStatus({ logicalName }: ObjectDefinition): boolean {
  return logicalName[2] === 96 && (logicalName[3] === 10 || logicalName[3] === 5);
}
