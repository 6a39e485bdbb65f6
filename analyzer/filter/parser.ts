/** From words to an expression. */
import { EmbeddedActionsParser, EOF, type IToken } from "chevrotain";
import {
  type Expression,
  type FieldName,
  FilterError,
  type Literal,
  type Operator,
  type Place,
  type Slice,
} from "./syntax.js";
import {
  And,
  AndWord,
  allTokens,
  CloseBrace,
  CloseBracket,
  CloseParenthesis,
  Comma,
  Comparison,
  ComparisonWord,
  In,
  Not,
  NotWord,
  OpenBrace,
  OpenBracket,
  OpenParenthesis,
  Or,
  OrWord,
  placeOf,
  readWords,
  Text,
  Word,
} from "./tokens.js";

const operators: Readonly<Record<string, Operator>> = {
  "==": "==",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  contains: "contains",
  matches: "matches",
};

class FilterParser extends EmbeddedActionsParser {
  constructor() {
    super(allTokens, { maxLookahead: 2 });
    this.performSelfAnalysis();
  }

  readonly expression = this.RULE("expression", (): Expression => {
    const operands = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(Or) }, { ALT: () => this.CONSUME(OrWord) }]);
      operands.push(this.SUBRULE2(this.conjunction));
    });
    return joined("or", operands);
  });

  private readonly conjunction = this.RULE("conjunction", (): Expression => {
    const operands = [this.SUBRULE(this.negation)];
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(And) }, { ALT: () => this.CONSUME(AndWord) }]);
      operands.push(this.SUBRULE2(this.negation));
    });
    return joined("and", operands);
  });

  private readonly negation: () => Expression = this.RULE("negation", (): Expression => {
    return this.OR([
      {
        ALT: () => {
          this.OR1([{ ALT: () => this.CONSUME(Not) }, { ALT: () => this.CONSUME(NotWord) }]);
          const operand = this.SUBRULE(this.negation);
          return { kind: "not", operand } as const;
        },
      },
      {
        ALT: () => {
          this.CONSUME(OpenParenthesis);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(CloseParenthesis);
          return inner;
        },
      },
      { ALT: () => this.SUBRULE(this.test) },
    ]);
  });

  private readonly test = this.RULE("test", (): Expression => {
    const field = this.SUBRULE(this.field);
    let test: Expression = { kind: "exists", field };
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            const operator = this.OR1([
              { ALT: () => this.CONSUME(Comparison) },
              { ALT: () => this.CONSUME(ComparisonWord) },
            ]);
            const value = this.SUBRULE(this.literal);
            test = this.ACTION(() => ({
              kind: "compare",
              field,
              operator: operators[operator.image.toLowerCase()] ?? "==",
              operatorPlace: placeOf(operator),
              value,
            }));
          },
        },
        {
          ALT: () => {
            this.CONSUME(In);
            this.CONSUME(OpenBrace);
            const values: Literal[] = [];
            this.AT_LEAST_ONE_SEP({
              SEP: Comma,
              DEF: () => {
                values.push(this.SUBRULE2(this.literal));
              },
            });
            this.CONSUME(CloseBrace);
            test = { kind: "in", field, values };
          },
        },
      ]);
    });
    return test;
  });

  private readonly field = this.RULE("field", (): FieldName => {
    const word = this.CONSUME(Word);
    let slice: Slice | undefined;
    this.OPTION(() => {
      const open = this.CONSUME(OpenBracket);
      const range = this.CONSUME2(Word);
      const close = this.CONSUME(CloseBracket);
      slice = this.ACTION(() => readSlice(range, open, close));
    });
    return this.ACTION(() => ({ name: word.image, ...placeOf(word), slice }));
  });

  private readonly literal = this.RULE("literal", (): Literal => {
    return this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(Text);
          return this.ACTION(() => ({
            ...unquote(token),
            isQuoted: true,
            ...placeOf(token),
          }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(Word);
          return this.ACTION(() => ({ text: token.image, isQuoted: false, ...placeOf(token) }));
        },
      },
    ]);
  });
}

function joined(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands };
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  '"': '"',
};

/** A backslash that escapes nothing is one: `"\\d+"` and `"\\\\d+"` are the same expression. */
function unquote({ image, startOffset }: IToken): Pick<Literal, "text" | "offsets"> {
  const offsets: number[] = [];
  let text = "";
  for (let at = 1; at < image.length - 1; at++) {
    const escaped = image[at] === "\\" ? escapes[image[at + 1] ?? ""] : undefined;
    offsets.push(startOffset + at);
    text += escaped ?? image[at];
    if (escaped !== undefined) at += 1;
  }
  return { text, offsets };
}

/** `0:3` offset and length, `1-2` first and last, `4` one, `:4` the first four, `2:` from there on. */
function readSlice(token: IToken, open: IToken, close: IToken): Slice {
  const place = { start: open.startOffset, end: close.startOffset + 1 };
  const { image } = token;
  const byLength = /^(-?\d{1,6})?:(\d{1,6})?$/.exec(image);
  if (byLength !== null) {
    const [, offset = "0", length] = byLength;
    return {
      ...place,
      offset: Number(offset),
      length: length === undefined ? undefined : Number(length),
    };
  }
  const single = /^-?\d{1,6}$/.exec(image);
  if (single !== null) return { ...place, offset: Number(image), length: 1 };
  const [, first, last] = /^(\d{1,6})-(\d{1,6})$/.exec(image) ?? [];
  if (first !== undefined && last !== undefined && Number(last) >= Number(first)) {
    return { ...place, offset: Number(first), length: Number(last) - Number(first) + 1 };
  }
  throw new FilterError(`[${image}] is no range: [0:3], [1-2], [4] and [:4] are`, place);
}

let parser: FilterParser | undefined;

/** Nesting beyond this is no filter that anybody has written. */
const deepest = 200;

/** Reads a filter. Throws `FilterError`, which names the first word that does not fit. */
export function parseFilter(text: string): Expression {
  const tokens = readWords(text);
  refuseDepth(tokens);
  parser ??= new FilterParser();
  parser.input = tokens;
  const expression = parser.expression();
  const [error] = parser.errors;
  if (error === undefined) return expression;
  const { token } = error;
  const isEnd = token.tokenType === EOF;
  const place: Place = isEnd
    ? { start: text.trimEnd().length, end: text.trimEnd().length }
    : placeOf(token);
  throw new FilterError(describeExpectation(tokens, isEnd ? undefined : token), place);
}

function refuseDepth(tokens: readonly IToken[]): void {
  let depth = 0;
  for (const token of tokens) {
    const opens =
      token.tokenType === OpenParenthesis || token.tokenType === Not || token.tokenType === NotWord;
    if (opens) depth += 1;
    else if (token.tokenType === CloseParenthesis) depth -= 1;
    if (depth > deepest) throw new FilterError("the filter is nested too deep", placeOf(token));
  }
}

/** What would have fitted in the place of a word, or behind the last one. */
function describeExpectation(tokens: readonly IToken[], wrong: IToken | undefined): string {
  const found = wrong === undefined ? "the filter ends" : `'${wrong.image}' stands`;
  const before = tokens[wrong === undefined ? tokens.length - 1 : tokens.indexOf(wrong) - 1];
  const type = before?.tokenType;
  if (type === Comparison || type === ComparisonWord || type === Comma || type === OpenBrace) {
    return `${found} where a value is expected`;
  }
  if (type === In) return `${found} where {...} is expected`;
  if (type === OpenBracket) return `${found} where a range is expected, as 0:3`;
  const closed = type === Word || type === Text || type === CloseParenthesis || type === CloseBrace;
  if (closed || type === CloseBracket) {
    return wrong === undefined
      ? "a closing parenthesis, bracket or brace is missing at the end"
      : `${found} where && or || or an operator is expected`;
  }
  return `${found} where the name of a field is expected`;
}
