import {
  formatLogicalName,
  type MeterObject,
  type ObjectNames,
  readCaptureObjects,
} from "../analyzer/index.js";
import { eachCapture } from "./each-capture.js";
import { ExitCode } from "./exit.js";
import { objectsHelp } from "./help.js";
import type { Output } from "./output.js";
import { parseReadingsOptions } from "./readings-options.js";
import { type Cell, type ColumnDefinition, RowWriter } from "./row-writer.js";

const columns: readonly ColumnDefinition[] = [
  { name: "source", width: 0 },
  { name: "meter", width: 16 },
  { name: "class", width: 5, right: true },
  { name: "version", width: 7, right: true },
  { name: "obis", width: 17 },
  { name: "value", width: 22, right: true },
  { name: "name", width: 44 },
  { name: "access", width: 10 },
  { name: "time", width: 0 },
  { name: "frame", width: 0 },
  { name: "listed", width: 0 },
  { name: "frames", width: 0 },
];

/** `obiscope objects [options] FILE...` */
export async function objectsCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseReadingsOptions("objects", args);
  if (options === "help") {
    output.text.text(objectsHelp);
    return ExitCode.done;
  }
  const writer = new RowWriter(output.text, options.format, columns);
  const { decoder, names, columns: given, isWanted } = options;
  const code = await eachCapture(options, output, async ({ file, source, onProgress }) => {
    const reading = { ...decoder, names, columns: given, isWanted, onProgress };
    for (const { meter, objects } of await readCaptureObjects(source, reading)) {
      for (const object of objects) writer.write(toCells(file, meter, object, names));
    }
  });
  writer.finish();
  await output.flush();
  return code;
}

function toCells(
  file: string,
  meter: string,
  object: MeterObject,
  names: ObjectNames,
): readonly Cell[] {
  const { classId, logicalName, version, access, values, isListed, frames } = object;
  const value = values.get(2) ?? [...values.values()][0];
  return [
    file,
    meter,
    classId ?? null,
    version ?? null,
    formatLogicalName(logicalName),
    value?.text ?? null,
    names.find(logicalName, classId).name,
    access === "" ? null : access,
    value?.time ?? null,
    value?.frame ?? null,
    isListed,
    frames,
  ];
}
