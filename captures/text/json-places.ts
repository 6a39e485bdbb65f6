/** Where the values of a JSON text stand: `JSON.parse` does not tell. */

/** A value; numbers are characters of the text. */
export interface JsonPlace {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
  /** Of an object, by key; where a key comes twice, the last, as `JSON.parse` has it. */
  readonly members?: ReadonlyMap<string, JsonPlace>;
  /** Of an array. */
  readonly items?: readonly JsonPlace[];
}

/**
 * Finds the places of the value that begins at `start` and of all values in it, `depth` levels deep.
 * The text must be one that `JSON.parse` takes.
 */
export function placeJson(text: string, start: number, depth: number): JsonPlace {
  const opener = text[start];
  if (opener === '"') return { start, end: stringEnd(text, start) };
  if (opener !== "{" && opener !== "[") return { start, end: wordEnd(text, start) };
  if (depth <= 0) return { start, end: bracketEnd(text, start) };
  return opener === "{" ? placeObject(text, start, depth) : placeArray(text, start, depth);
}

/**
 * Where the characters of a string stand that begins with the quote at `start`: one number for each
 * UTF-16 unit of its value, and one for the closing quote.
 */
export function placesInString(text: string, start: number): Uint32Array {
  const end = stringEnd(text, start) - 1;
  const places = new Uint32Array(end - start);
  let count = 0;
  for (let at = start + 1; at < end; count += 1) {
    places[count] = at;
    if (text[at] === "\\") at += text[at + 1] === "u" ? 6 : 2;
    else at += 1;
  }
  places[count] = end;
  return places.subarray(0, count + 1);
}

function placeObject(text: string, start: number, depth: number): JsonPlace {
  const members = new Map<string, JsonPlace>();
  let at = skipSpace(text, start + 1);
  while (at < text.length && text[at] !== "}") {
    const keyEnd = stringEnd(text, at);
    const key: unknown = JSON.parse(text.slice(at, keyEnd));
    const value = placeJson(text, skipSpace(text, skipSpace(text, keyEnd) + 1), depth - 1);
    members.set(String(key), value);
    at = skipComma(text, value.end);
  }
  return { start, end: at + 1, members };
}

function placeArray(text: string, start: number, depth: number): JsonPlace {
  const items: JsonPlace[] = [];
  let at = skipSpace(text, start + 1);
  while (at < text.length && text[at] !== "]") {
    const item = placeJson(text, at, depth - 1);
    items.push(item);
    at = skipComma(text, item.end);
  }
  return { start, end: at + 1, items };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function skipComma(text: string, from: number): number {
  const at = skipSpace(text, from);
  return text[at] === "," ? skipSpace(text, at + 1) : at;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** A number, `true`, `false` or `null`. */
function wordEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !",]} \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function bracketEnd(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; ) {
    const mark = text.charAt(at);
    if (mark === "{" || mark === "[") open += 1;
    else if (mark === "}" || mark === "]") open -= 1;
    at = mark === '"' ? stringEnd(text, at) : at + 1;
    if (open === 0) return at;
  }
  return text.length;
}
