/** Regular expressions as users write them, taken apart. The syntax is that of JavaScript, as far as it goes. */

/** Decides a character by its code. */
export type CharacterTest = (code: number) => boolean;

export type Boundary = "start" | "end" | "word" | "no-word";

export type ExpressionPart =
  | { readonly kind: "character"; readonly test: CharacterTest }
  | { readonly kind: "boundary"; readonly boundary: Boundary }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly ExpressionPart[] }
  | {
      readonly kind: "repetition";
      readonly part: ExpressionPart;
      readonly least: number;
      /** Undefined: any number. */
      readonly most: number | undefined;
    };

/** The expression cannot be understood; `start` and `end` are characters of it. */
export class ExpressionError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

const deepest = 50;
const mostRepetitions = 1000;

export function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f
  );
}

const isDigit: CharacterTest = (code) => code >= 0x30 && code <= 0x39;
const isSpace: CharacterTest = (code) => /\s/.test(String.fromCharCode(code));
const endsLine: CharacterTest = (code) =>
  code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;

const classes: Readonly<Record<string, CharacterTest>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWordCharacter,
  W: (code) => !isWordCharacter(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };

/** The same letter, whatever its case. */
function sameLetter(wanted: number): CharacterTest {
  const cases = casesOf(wanted);
  return (code) => cases.includes(code);
}

function casesOf(code: number): number[] {
  const text = String.fromCharCode(code);
  const cases = [text, text.toLowerCase(), text.toUpperCase()];
  return cases.filter((one) => one.length === 1).map((one) => one.charCodeAt(0));
}

/** Takes an expression apart. Throws `ExpressionError`. */
export function parseExpression(text: string): ExpressionPart {
  const reader = new ExpressionReader(text);
  return reader.read();
}

class ExpressionReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ExpressionPart {
    const part = this.#readChoice();
    if (this.#at < this.#text.length) this.#fail("there is no ( for this )", this.#at);
    return part;
  }

  #readChoice(): ExpressionPart {
    const parts = [this.#readSequence()];
    while (this.#take("|")) parts.push(this.#readSequence());
    return { kind: "choice", parts };
  }

  #readSequence(): ExpressionPart {
    const parts: ExpressionPart[] = [];
    for (;;) {
      const sign = this.#text[this.#at];
      if (sign === undefined || sign === "|" || sign === ")") return { kind: "sequence", parts };
      parts.push(this.#readRepeated());
    }
  }

  #readRepeated(): ExpressionPart {
    const start = this.#at;
    const part = this.#readPart();
    const bounds = this.#readBounds();
    if (bounds === undefined) return part;
    if (part.kind === "boundary") this.#fail("a boundary cannot be repeated", start);
    // Reluctant or not: it fits all the same.
    this.#take("?");
    if (this.#readBounds() !== undefined) this.#fail("this repeats a repetition", this.#at - 1);
    return { kind: "repetition", part, ...bounds };
  }

  #readBounds(): { readonly least: number; readonly most: number | undefined } | undefined {
    if (this.#take("*")) return { least: 0, most: undefined };
    if (this.#take("+")) return { least: 1, most: undefined };
    if (this.#take("?")) return { least: 0, most: 1 };
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (counted === null) return undefined;
    const start = this.#at;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const upper = counted[2] === undefined ? least : counted[3] ? Number(counted[3]) : undefined;
    if (least > mostRepetitions || (upper ?? 0) > mostRepetitions) {
      this.#fail(`more than ${mostRepetitions} repetitions are not counted`, start);
    }
    if (upper !== undefined && upper < least) this.#fail("the bounds are out of order", start);
    return { least, most: upper };
  }

  #readPart(): ExpressionPart {
    const start = this.#at;
    const sign = this.#text[start] ?? "";
    this.#at += 1;
    switch (sign) {
      case "^":
        return { kind: "boundary", boundary: "start" };
      case "$":
        return { kind: "boundary", boundary: "end" };
      case ".":
        return { kind: "character", test: (code) => !endsLine(code) };
      case "(":
        return this.#readGroup(start);
      case "[":
        return { kind: "character", test: this.#readClass(start) };
      case "\\":
        return this.#readEscaped(start);
      case "*":
      case "+":
      case "?":
        return this.#fail(`nothing stands before ${sign} that it could repeat`, start);
      case "{":
        if (/^\d+(,\d*)?\}/.test(this.#text.slice(this.#at))) {
          return this.#fail("nothing stands before { that it could repeat", start);
        }
        break;
      default:
    }
    return { kind: "character", test: sameLetter(sign.charCodeAt(0)) };
  }

  #readGroup(start: number): ExpressionPart {
    const mark = /^\?(:|<[A-Za-z_]\w*>|<?[=!]|)/.exec(this.#text.slice(this.#at))?.[0];
    if (mark !== undefined && /[=!]$/.test(mark)) {
      this.#fail("looking ahead and back is not possible here", start, start + 1 + mark.length);
    }
    if (mark === "?") this.#fail("(? is followed by : or by a name", start, start + 2);
    this.#at += mark?.length ?? 0;
    this.#depth += 1;
    if (this.#depth > deepest) this.#fail("the expression is nested too deep", start);
    const part = this.#readChoice();
    this.#depth -= 1;
    if (!this.#take(")")) this.#fail("there is no ) for this (", start);
    return part;
  }

  #readEscaped(start: number): ExpressionPart {
    const sign = this.#text[this.#at] ?? "";
    if (sign === "b" || sign === "B") {
      this.#at += 1;
      return { kind: "boundary", boundary: sign === "b" ? "word" : "no-word" };
    }
    const escaped = this.#readEscape(start);
    const test = typeof escaped === "number" ? sameLetter(escaped) : escaped;
    return { kind: "character", test };
  }

  /** What stands behind a backslash: a character, or several. */
  #readEscape(start: number): number | CharacterTest {
    const sign = this.#text[this.#at] ?? "";
    if (sign === "") this.#fail("nothing stands behind the \\", start);
    this.#at += 1;
    const known = classes[sign] ?? controls[sign];
    if (known !== undefined) return known;
    if (/[1-9]/.test(sign)) this.#fail("a group cannot be referred to here", start, start + 2);
    if (sign === "x" || sign === "u") {
      const digits = sign === "x" ? 2 : 4;
      const hex = this.#text.slice(this.#at, this.#at + digits);
      if (!/^[0-9a-f]+$/i.test(hex) || hex.length < digits) {
        this.#fail(`\\${sign} needs ${digits} hexadecimal digits`, start, start + 2);
      }
      this.#at += digits;
      return Number.parseInt(hex, 16);
    }
    if (/[A-Za-z0-9]/.test(sign)) this.#fail(`\\${sign} means nothing`, start, start + 2);
    return sign.charCodeAt(0);
  }

  #readClass(start: number): CharacterTest {
    const isOther = this.#take("^");
    const tests: CharacterTest[] = [];
    for (;;) {
      const at = this.#at;
      if (this.#take("]")) break;
      const first = this.#readMember(start);
      const isRange = this.#text[this.#at] === "-" && this.#text[this.#at + 1] !== "]";
      if (!isRange || typeof first !== "number") {
        tests.push(typeof first === "number" ? sameLetter(first) : first);
        continue;
      }
      this.#at += 1;
      const last = this.#readMember(start);
      if (typeof last !== "number" || last < first) {
        this.#fail("the range is out of order", at, this.#at);
      }
      tests.push((code) => casesOf(code).some((one) => one >= first && one <= last));
    }
    const isMember: CharacterTest = (code) => tests.some((test) => test(code));
    return isOther ? (code) => !isMember(code) : isMember;
  }

  #readMember(start: number): number | CharacterTest {
    const at = this.#at;
    const sign = this.#text[at];
    if (sign === undefined) return this.#fail("there is no ] for this [", start);
    this.#at += 1;
    if (sign !== "\\") return sign.charCodeAt(0);
    if (!this.#take("b")) return this.#readEscape(at);
    return 8;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #fail(message: string, start: number, end = start + 1): never {
    throw new ExpressionError(message, start, Math.min(end, this.#text.length));
  }
}
