import {
  formatLogicalName,
  formatShortTime,
  formatTimestamp,
  nameOfReading,
  type ReadingRow,
  readCaptureReadings,
  type Timestamp,
} from "../analyzer/index.js";
import { eachCapture } from "./each-capture.js";
import { ExitCode } from "./exit.js";
import { readingsHelp } from "./help.js";
import type { Output } from "./output.js";
import { parseReadingsOptions } from "./readings-options.js";
import { type Cell, type ColumnDefinition, type RowFormat, RowWriter } from "./row-writer.js";

const columns: readonly ColumnDefinition[] = [
  { name: "source", width: 0 },
  { name: "frame", width: 6, right: true },
  { name: "time", width: 30 },
  { name: "seen", width: 0 },
  { name: "meter", width: 16 },
  { name: "class", width: 0 },
  { name: "obis", width: 16 },
  { name: "attribute", width: 0 },
  { name: "raw", width: 0 },
  { name: "scaler", width: 0 },
  { name: "value", width: 0 },
  { name: "unit", width: 0 },
  { name: "text", width: 18, right: true },
  { name: "name", width: 40 },
  { name: "status", width: 0 },
  { name: "scaled-by", width: 0 },
  { name: "profile", width: 0 },
  { name: "row", width: 0 },
  { name: "column", width: 0 },
  { name: "time-reckoned", width: 0 },
  { name: "habit", width: 0 },
];

/** `obiscope readings [options] FILE...` */
export async function readingsCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseReadingsOptions("readings", args);
  if (options === "help") {
    output.text.text(readingsHelp);
    return ExitCode.done;
  }
  const writer = new RowWriter(output.text, options.format, columns);
  const code = await eachCapture(options, output, async ({ file, source, onProgress }) => {
    const { decoder, names, columns: given, isWanted } = options;
    const reading = { ...decoder, names, columns: given, isWanted, onProgress };
    for await (const rows of readCaptureReadings(source, reading)) {
      for (const row of rows) {
        writer.write(toCells(row, file, options.format));
        if (output.isFull) await output.flush();
      }
    }
  });
  writer.finish();
  await output.flush();
  return code;
}

function toCells(reading: ReadingRow, file: string, format: RowFormat): readonly Cell[] {
  const { classId, logicalName, attribute, row, time, seen } = reading;
  const status = row?.status?.value;
  return [
    file,
    reading.frame,
    time ?? (format === "table" ? markSeen(seen) : null),
    seen === null ? null : formatTimestamp(seen),
    reading.meter,
    classId ?? null,
    formatLogicalName(logicalName),
    attribute,
    reading.raw,
    reading.scaler ?? null,
    reading.value,
    reading.unit ?? null,
    reading.text,
    nameOfReading(reading),
    typeof status === "number" || typeof status === "string" ? status : null,
    reading.scale ?? null,
    row === undefined ? null : formatLogicalName(row.profile),
    row?.number ?? null,
    row?.column ?? null,
    row?.isTimeReckoned === true ? true : null,
    reading.habit ?? null,
  ];
}

/** Tables have one column for times: that of the capture stands for the meter's, and says so. */
function markSeen(seen: Timestamp | null): string | null {
  return seen === null ? null : `${formatShortTime(seen)} (seen)`;
}
