/** A log with everything that the commands for readings and objects tell apart. */
import { read, writeLog } from "../analyzer/session-log.js";

/** What a meter calls itself: CSV has to quote it. */
export const meterName = 'AB"C, 1';

/**
 * Frame 2: the logical device name. Frame 4: 1-0:1.8.0*255 is 123456, and in frame 6 its scaler 3 and
 * unit 30 (Wh). Frame 8: the clock, 2026-01-02, a Friday, 03:04:05, deviation -60. Frame 10: 0-0:96.1.0*255
 * is the text `=1+1`, two characters of which a spreadsheet would take for a formula.
 */
export function readingsLog(): string {
  const name = Buffer.from(meterName).toString("hex");
  return writeLog([
    ...read(0, 1, "0-0:42.0.0*255", 2, `09 07 ${name}`),
    ...read(1000, 3, "1-0:1.8.0*255", 2, "06 0001e240"),
    ...read(2000, 3, "1-0:1.8.0*255", 3, "02 02 0f 03 16 1e"),
    ...read(3000, 8, "0-0:1.0.0*255", 2, "09 0c 07ea0102 05 030405 00 ffc4 00"),
    ...read(4000, 1, "0-0:96.1.0*255", 2, "0a 04 3d312b31"),
  ]);
}

/** The records of a text in CSV as RFC 4180 has it, read by its grammar. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let at = 0; at < text.length; at = field.lastIndex) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null)
      throw new Error(`no field of RFC 4180 at ${at}: ${text.slice(at, at + 40)}`);
    const [, quoted, plain = "", end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}
