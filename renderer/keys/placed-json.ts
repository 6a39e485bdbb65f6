/**
 * JSON with the place of everything in it, read as far as it goes: while one types, a text is hardly
 * ever whole. What is wrong is told by its place, and never quoted, since the text may hold secrets.
 * Places are UTF-16 units of the text.
 */

export interface Span {
  readonly start: number;
  /** Behind the last unit. */
  readonly end: number;
}

export interface TextFault extends Span {
  readonly message: string;
}

export interface PlacedMember {
  readonly name: string;
  /** With its quotes. */
  readonly nameAt: Span;
  /** Undefined where there is none yet. */
  readonly value: PlacedValue | undefined;
}

interface Bracketed extends Span {
  /** Whether its closing bracket is there. */
  readonly isClosed: boolean;
}

export type PlacedValue =
  | (Bracketed & { readonly kind: "object"; readonly members: readonly PlacedMember[] })
  | (Bracketed & { readonly kind: "array"; readonly items: readonly PlacedValue[] })
  /** `start` and `end` are those of the quotes. */
  | (Span & { readonly kind: "string"; readonly text: string })
  | (Span & { readonly kind: "word"; readonly value: number | boolean | null });

export type PlacedObject = Extract<PlacedValue, { kind: "object" }>;

const depthLimit = 16;
const wordPattern =
  /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])/y;
const stringPattern = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
/** What is passed over as one piece where something else is expected. */
const strangePattern = /[^\s{}[\]",:]+|[:"]/y;

/** Reads a text; a fault for every place where it is not JSON, none where it is. */
export function readPlacedJson(text: string): {
  readonly value: PlacedValue | undefined;
  readonly faults: readonly TextFault[];
} {
  const reader = new Reader(text);
  return { value: reader.whole(), faults: reader.faults };
}

class Reader {
  readonly faults: TextFault[] = [];
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith("\ufeff") ? 1 : 0;
  }

  whole(): PlacedValue | undefined {
    const value = this.#value(0);
    this.#blanks();
    if (this.#at < this.#text.length && this.faults.length === 0) {
      this.#fault(this.#at, this.#text.length, "The key file ends before this.");
    }
    return value;
  }

  #value(depth: number): PlacedValue | undefined {
    this.#blanks();
    const first = this.#text[this.#at];
    if ((first === "{" || first === "[") && depth > depthLimit) {
      this.#fault(this.#at, this.#at + 1, "The nesting is too deep.");
      this.#at = this.#text.length;
      return undefined;
    }
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    if (first === '"') return this.#string();
    return this.#word();
  }

  #object(depth: number): PlacedObject {
    const start = this.#at;
    const members: PlacedMember[] = [];
    this.#at += 1;
    let isParted = true;
    for (;;) {
      this.#blanks();
      const next = this.#text[this.#at];
      if (next === "}" || next === "]" || next === undefined) {
        if (isParted && members.length > 0) this.#lastComma();
        const isClosed = this.#close(start, "}");
        return { kind: "object", start, end: this.#at, isClosed, members };
      }
      if (next === '"') {
        if (!isParted) this.#faultBefore("A comma is missing here.");
        members.push(this.#member(members, depth));
        isParted = this.#comma();
      } else if (next === ",") {
        this.#fault(this.#at, this.#at + 1, "There is a comma too many.");
        this.#at += 1;
      } else {
        this.#strange("A name in quotes is expected.");
      }
    }
  }

  #member(before: readonly PlacedMember[], depth: number): PlacedMember {
    const name = this.#string();
    const nameAt = { start: name.start, end: name.end };
    if (before.some((other) => other.name === name.text)) {
      this.#fault(name.start, name.end, "This is there twice.");
    }
    this.#blanks();
    if (this.#text[this.#at] !== ":") {
      this.#fault(name.start, name.end, "A colon and a value are expected behind the name.");
      return { name: name.text, nameAt, value: undefined };
    }
    this.#at += 1;
    return { name: name.text, nameAt, value: this.#value(depth + 1) };
  }

  #array(depth: number): PlacedValue {
    const start = this.#at;
    const items: PlacedValue[] = [];
    this.#at += 1;
    let isParted = true;
    for (;;) {
      this.#blanks();
      const next = this.#text[this.#at];
      if (next === "}" || next === "]" || next === undefined) {
        if (isParted && items.length > 0) this.#lastComma();
        const isClosed = this.#close(start, "]");
        return { kind: "array", start, end: this.#at, isClosed, items };
      }
      if (next === "," || next === ":") {
        const message = next === "," ? "There is a comma too many." : "A value is expected.";
        this.#fault(this.#at, this.#at + 1, message);
        this.#at += 1;
      } else {
        if (!isParted) this.#faultBefore("A comma is missing here.");
        const item = this.#value(depth + 1);
        if (item !== undefined) items.push(item);
        isParted = this.#comma();
      }
    }
  }

  #close(opened: number, bracket: "}" | "]"): boolean {
    if (this.#text[this.#at] === bracket) {
      this.#at += 1;
      return true;
    }
    // The other bracket is left to whom it belongs.
    this.#fault(opened, opened + 1, `The ${bracket} that closes this is missing.`);
    return false;
  }

  #string(): Extract<PlacedValue, { kind: "string" }> {
    const start = this.#at;
    const token = this.#match(stringPattern);
    if (token !== undefined) {
      return { kind: "string", start, end: this.#at, text: JSON.parse(token) as string };
    }
    // To the quote, or to the end of the line.
    const rest = this.#match(/"(?:[^"\\\r\n]|\\[^\r\n])*(")?/y) ?? "";
    if (rest === "") this.#at += 1;
    const isClosed = rest.length > 1 && rest.endsWith('"');
    this.#fault(
      start,
      this.#at,
      isClosed
        ? "There is a character in this text that must be written as an escape."
        : "The quote that closes this text is missing.",
    );
    const text = rest.slice(1, isClosed ? -1 : undefined);
    return { kind: "string", start, end: this.#at, text };
  }

  #word(): PlacedValue | undefined {
    const start = this.#at;
    const token = this.#match(wordPattern);
    if (token !== undefined) {
      const value = JSON.parse(token) as number | boolean | null;
      return { kind: "word", start, end: this.#at, value };
    }
    if (/[,}\]]/.test(this.#text[start] ?? "}")) this.#faultBefore("A value is expected.");
    else this.#strange("A value is expected: keys and texts stand in quotes.");
    return undefined;
  }

  #comma(): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== ",") return false;
    this.#at += 1;
    return true;
  }

  /** Passes over what nobody knows. */
  #strange(message: string): void {
    const start = this.#at;
    if (this.#match(strangePattern) === undefined) this.#at += 1;
    this.#fault(start, this.#at, message);
  }

  #lastComma(): void {
    const comma = this.#text.lastIndexOf(",", this.#at - 1);
    this.#fault(comma, comma + 1, "There is a comma too many.");
  }

  /** At the last character that is none of the blanks before. */
  #faultBefore(message: string): void {
    const end = this.#text.slice(0, this.#at).trimEnd().length;
    this.#fault(Math.max(0, end - 1), end, message);
  }

  #fault(start: number, end: number, message: string): void {
    this.faults.push({ start, end, message });
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    if (token !== undefined) this.#at += token.length;
    return token;
  }

  #blanks(): void {
    this.#match(/[ \t\r\n]*/y);
  }
}
