/** Lines of CSV: a separator that the text itself shows, quotes, remarks behind `#`. */

/** A line that is no CSV. `line` counts from 1. */
export class CsvError extends Error {
  readonly line: number;

  constructor(line: number, expected: string) {
    super(expected);
    this.line = line;
  }
}

export interface CsvLine {
  /** From 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

const separators = [";", "\t", ","] as const;

/**
 * The lines that are neither empty nor a remark, blanks around fields taken off. The separator is
 * what the first of them has: a semicolon, a tabulator or a comma. Throws `CsvError` where quotes do
 * not end on their line.
 */
export function readCsvLines(text: string): CsvLine[] {
  const lines: CsvLine[] = [];
  let separator: string | undefined;
  const bare = text.startsWith("\ufeff") ? text.slice(1) : text;
  for (const [index, content] of bare.split(/\r\n|\r|\n/).entries()) {
    if (/^\s*(?:#|$)/.test(content)) continue;
    separator ??= separatorOf(content);
    lines.push({ line: index + 1, fields: splitFields(content, separator, index + 1) });
  }
  return lines;
}

function separatorOf(content: string): string {
  const unquoted = content.replace(/"(?:[^"]|"")*"/g, "");
  return separators.find((separator) => unquoted.includes(separator)) ?? ",";
}

function splitFields(content: string, separator: string, line: number): string[] {
  const fields: string[] = [];
  const field = new RegExp(
    `\\s*(?:"((?:[^"]|"")*)"[ \\t]*|([^"${separator}]*))(?:${separator}|$)`,
    "y",
  );
  for (;;) {
    const start = field.lastIndex;
    const match = field.exec(content);
    if (match === null) throw new CsvError(line, "quotes must open and close around a whole field");
    const [all, quoted, plain = ""] = match;
    fields.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"').trim());
    field.lastIndex = start + all.length;
    if (!all.endsWith(separator)) return fields;
  }
}
