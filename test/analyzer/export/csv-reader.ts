/** A reader of CSV by the grammar of RFC 4180, and strict about it. */

/** Records of fields. Throws where the text is not in the form of the RFC. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [field, end] = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    fields.push(field);
    if (text[end] === ",") {
      at = end + 1;
      continue;
    }
    if (text.slice(end, end + 2) !== "\r\n") throw new Error(`no line end at ${end}`);
    records.push(fields);
    fields = [];
    at = end + 2;
  }
  if (fields.length > 0) throw new Error("the last record has no end");
  return records;
}

function readPlain(text: string, start: number): [string, number] {
  let end = start;
  while (end < text.length && !",\r\n".includes(text[end] ?? "")) {
    if (text[end] === '"') throw new Error(`a quote in a plain field at ${end}`);
    end += 1;
  }
  return [text.slice(start, end), end];
}

function readQuoted(text: string, start: number): [string, number] {
  let field = "";
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') {
      field += text[at];
    } else if (text[at + 1] === '"') {
      field += '"';
      at += 1;
    } else return [field, at + 1];
  }
  throw new Error(`the quote at ${start} is not closed`);
}
