/** Objects that users name themselves, in CSV or JSON; the packs' objects are written in the same way. */
import {
  JsonMembers,
  JsonTextError,
  type JsonValue,
  parseJsonText,
} from "../../security/json-text.js";
import { CsvError, type CsvLine, readCsvLines } from "./csv-lines.js";
import { expectedPattern, type ObisPattern, parseObisPattern, patternKey } from "./obis-pattern.js";
import { readUnitCode } from "./unit-code.js";

/** A name for the objects of a code or of a pattern. */
export interface ObjectLine {
  readonly pattern: ObisPattern;
  /** As it was written. */
  readonly code: string;
  /** `{B}` in it stands for the value of that group. */
  readonly name: string;
  readonly classId?: number;
  readonly unit?: number;
  readonly scaler?: number;
  /** The path of the file, or the name of the pack. */
  readonly origin: string;
  /** Where in it: `line 3`, `[2]`. */
  readonly place: string;
}

/** A file of objects that cannot be used. The message names the file, the place and what is expected there. */
export class ObjectFileError extends Error {
  readonly origin: string;
  /** `line 3`, `line 3, column 8`, `[2].class`. */
  readonly place: string;
  /** From 1, where it is known. */
  readonly line: number | undefined;

  constructor(origin: string, place: string, expected: string, line?: number) {
    super(`${origin}, ${place}: ${expected}`);
    this.origin = origin;
    this.place = place;
    this.line = line;
  }
}

const columns = ["code", "class", "name", "unit", "scaler"] as const;
type Column = (typeof columns)[number];

/** Words for the columns, in a header line and as names in JSON. */
const columnNames: ReadonlyMap<string, Column> = new Map([
  ...columns.map((column): [string, Column] => [column, column]),
  ["obis", "code"],
  ["classid", "class"],
  ["class_id", "class"],
]);

/** What a line says before it has been judged, by column; everything is text. */
type Draft = Readonly<Partial<Record<Column, string>>>;

/** Says where something is wrong: the column for JSON, which writes paths. */
type Refuse = (column: Column, expected: string) => never;

/**
 * The objects of a file, in its order. A text that begins with a bracket is JSON, an array of objects
 * with `obis` and `name` and maybe `class`, `unit`, `scaler`; any other is CSV, lines
 * `code,class,name,unit,scaler` of which the last two may be left out, or in the order of a header.
 * Throws `ObjectFileError`.
 */
export function readObjectFile(text: string, origin: string): ObjectLine[] {
  const lines = /^\ufeff?\s*[[{]/.test(text) ? readJson(text, origin) : readCsv(text, origin);
  refuseTwins(lines, origin);
  return lines;
}

function readCsv(text: string, origin: string): ObjectLine[] {
  const lines = csvLines(text, origin);
  const header = lines[0] === undefined ? undefined : readHeader(lines[0], origin);
  return lines.slice(header === undefined ? 0 : 1).map(({ line, fields }) => {
    const order = header ?? columns;
    const refuse = (expected: string): never => {
      throw new ObjectFileError(origin, `line ${line}`, expected, line);
    };
    if (fields.length > order.length) {
      refuse(
        `${order.length} fields at most are expected, not ${fields.length}; a name with a separator in it needs quotes`,
      );
    }
    const draft: Draft = Object.fromEntries(order.map((column, i) => [column, fields[i] ?? ""]));
    return readObject(draft, origin, `line ${line}`, (_, expected) => refuse(expected));
  });
}

function csvLines(text: string, origin: string): CsvLine[] {
  try {
    return readCsvLines(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ObjectFileError(origin, `line ${error.line}`, error.message, error.line);
  }
}

/** The order of columns that a header gives; undefined where the line is none. */
function readHeader({ line, fields }: CsvLine, origin: string): Column[] | undefined {
  const known = fields.map((field) => columnNames.get(field.toLowerCase()));
  if (!known.some((column) => column === "code")) return undefined;
  const order = known.filter((column) => column !== undefined);
  if (order.length < fields.length || new Set(order).size < order.length) {
    throw new ObjectFileError(
      origin,
      `line ${line}`,
      `the header may name each of ${columns.join(", ")} once and nothing else`,
      line,
    );
  }
  return order;
}

function readJson(text: string, origin: string): ObjectLine[] {
  const refuse = (place: string, expected: string): never => {
    throw new ObjectFileError(origin, place, expected);
  };
  const list = parseJson(text, origin);
  if (!Array.isArray(list)) return refuse("line 1", "an array of objects is expected");
  return list.map((value, i) => {
    if (!(value instanceof JsonMembers)) return refuse(`[${i}]`, "an object is expected");
    const draft: Partial<Record<Column, string>> = {};
    const keys = new Map<Column, string>();
    for (const [key, member] of value) {
      const column = columnNames.get(key.toLowerCase());
      const place = `[${i}].${key}`;
      if (column === undefined || keys.has(column)) {
        return refuse(place, `a member is one of obis, class, name, unit, scaler, each once`);
      }
      keys.set(column, key);
      if (member === null) continue;
      if (typeof member !== "string" && typeof member !== "number") {
        return refuse(place, "a text or a number is expected");
      }
      draft[column] = String(member).trim();
    }
    return readObject(draft, origin, `[${i}]`, (column, expected) =>
      refuse(`[${i}].${keys.get(column) ?? (column === "code" ? "obis" : column)}`, expected),
    );
  });
}

function parseJson(text: string, origin: string): JsonValue {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const { line, column } = error;
    const expected = error.message.replace(/^line \d+, column \d+: /, "");
    throw new ObjectFileError(origin, `line ${line}, column ${column}`, expected, line);
  }
}

function readObject(draft: Draft, origin: string, place: string, refuse: Refuse): ObjectLine {
  const { code = "", name = "" } = draft;
  const pattern = parseObisPattern(code) ?? refuse("code", expectedPattern);
  if (name === "") refuse("name", "a name is expected");
  const classId = readNumber(draft.class, 1, 65535, () =>
    refuse("class", "a class is a number from 1 to 65535, or nothing"),
  );
  const unit = readUnit(draft.unit, refuse);
  const scaler = readNumber(draft.scaler, -9, 9, () =>
    refuse("scaler", "a scaler is a whole number from -9 to 9, or nothing"),
  );
  return {
    pattern,
    code,
    name,
    ...(classId === undefined ? {} : { classId }),
    ...(unit === undefined ? {} : { unit }),
    ...(scaler === undefined ? {} : { scaler }),
    origin,
    place,
  };
}

function readUnit(text: string | undefined, refuse: Refuse): number | undefined {
  if (text === undefined || text === "") return undefined;
  return (
    readUnitCode(text) ??
    refuse(
      "unit",
      "a unit is its number or symbol without prefix (Wh with scaler 3 for kWh), or nothing",
    )
  );
}

function readNumber(
  text: string | undefined,
  least: number,
  most: number,
  refuse: () => never,
): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^[+-]?\d{1,5}$/.test(text)) refuse();
  const number = Number(text);
  return number >= least && number <= most ? number : refuse();
}

/** A code may be there once for each class: a second name for it would never be seen. */
function refuseTwins(lines: readonly ObjectLine[], origin: string): void {
  const seen = new Map<string, ObjectLine>();
  for (const object of lines) {
    const key = `${patternKey(object.pattern)} ${object.classId ?? ""}`;
    const first = seen.get(key);
    if (first !== undefined) {
      const line = /^line (\d+)$/.exec(object.place)?.[1];
      throw new ObjectFileError(
        origin,
        object.place,
        `${object.code} is already named in ${first.place}`,
        line === undefined ? undefined : Number(line),
      );
    }
    seen.set(key, object);
  }
}
