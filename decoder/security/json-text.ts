/** Strict JSON with positions in its errors, which never quote the text: it may hold secrets. */

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonMembers;

/** The members of an object. */
export class JsonMembers extends Map<string, JsonValue> {}

/** The text is not JSON. `offset` counts UTF-16 units from 0, `line` and `column` from 1. */
export class JsonTextError extends Error {
  readonly offset: number;
  readonly line: number;
  readonly column: number;

  constructor(text: string, offset: number, expected: string) {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    super(`line ${line}, column ${column}: ${expected}`);
    this.offset = offset;
    this.line = line;
    this.column = column;
  }
}

const depthLimit = 16;

/** The value of a JSON text; throws `JsonTextError` where it is none, or names a member twice. */
export function parseJsonText(text: string): JsonValue {
  const reader = new Reader(text.startsWith("\ufeff") ? ` ${text.slice(1)}` : text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonValue {
    this.#blanks();
    if (depth > depthLimit) this.#fail(this.#at, "the nesting is too deep");
    const first = this.#text[this.#at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    if (first === '"') return this.#string();
    return this.#word();
  }

  end(): void {
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail(this.#at, "the end of the text is expected");
  }

  #object(depth: number): JsonMembers {
    const members = new JsonMembers();
    this.#at += 1;
    if (this.#takes("}")) return members;
    for (;;) {
      this.#blanks();
      const start = this.#at;
      if (this.#text[start] !== '"') this.#fail(start, "the name of a member is expected");
      const name = this.#string();
      if (members.has(name)) this.#fail(start, "the member is there twice");
      if (!this.#takes(":")) this.#fail(this.#at, "a colon is expected");
      members.set(name, this.value(depth + 1));
      if (this.#takes("}")) return members;
      if (!this.#takes(",")) this.#fail(this.#at, "a comma or a closing brace is expected");
    }
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#at += 1;
    if (this.#takes("]")) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.#takes("]")) return items;
      if (!this.#takes(",")) this.#fail(this.#at, "a comma or a closing bracket is expected");
    }
  }

  #string(): string {
    const start = this.#at;
    const token = this.#match(/"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy);
    if (token === undefined) this.#fail(start, "the text in quotes does not end or is not allowed");
    return JSON.parse(token) as string;
  }

  #word(): JsonValue {
    const start = this.#at;
    const token = this.#match(
      /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])/y,
    );
    if (token === undefined) this.#fail(start, "a value is expected");
    return JSON.parse(token) as JsonValue;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    if (token !== undefined) this.#at += token.length;
    return token;
  }

  #takes(character: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #blanks(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  #fail(at: number, expected: string): never {
    throw new JsonTextError(this.#text, at, expected);
  }
}
