/** What a pack's text says, read when it is first asked for. */
import { CsvError, readCsvLines } from "./csv-lines.js";
import { type ObisPattern, parseObisPattern } from "./obis-pattern.js";
import { type ObjectLine, readObjectFile } from "./object-file.js";
import type { Pack } from "./pack.js";
import { PatternTable } from "./pattern-table.js";

/** What a number means in the objects of a pattern: an event in a log, a bit in a register. */
export interface NumberedText {
  readonly pattern: ObisPattern;
  readonly number: number;
  readonly text: string;
}

export class PackTables {
  readonly pack: Pack;
  #objects: PatternTable<ObjectLine> | undefined;
  #events: PatternTable<NumberedText> | undefined;
  #bits: PatternTable<NumberedText> | undefined;

  constructor(pack: Pack) {
    this.pack = pack;
  }

  get objects(): PatternTable<ObjectLine> {
    this.#objects ??= new PatternTable(readObjectFile(this.pack.objects ?? "", this.pack.name));
    return this.#objects;
  }

  get events(): PatternTable<NumberedText> {
    this.#events ??= new PatternTable(readNumberedTexts(this.pack.events ?? ""));
    return this.#events;
  }

  get bits(): PatternTable<NumberedText> {
    this.#bits ??= new PatternTable(readNumberedTexts(this.pack.bits ?? ""));
    return this.#bits;
  }
}

/** Lines `code,number,text` of a pack. Throws `CsvError`, which names the line. */
export function readNumberedTexts(text: string): NumberedText[] {
  return readCsvLines(text).map(({ line, fields }) => {
    const [code = "", number = "", meaning = ""] = fields;
    const pattern = parseObisPattern(code);
    if (pattern === undefined || !/^\d{1,5}$/.test(number) || meaning === "" || fields.length > 3) {
      throw new CsvError(line, "a code, a number and a text are expected");
    }
    return { pattern, number: Number(number), text: meaning };
  });
}
