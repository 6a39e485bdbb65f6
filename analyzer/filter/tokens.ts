/** The words of a display filter. Values without quotes are words: what they mean, the field says. */
import { createToken, type IToken, Lexer } from "chevrotain";
import { FilterError, type Place } from "./syntax.js";

/** Everything that is not a sign of the language: `hdlc.fcs`, `0x1f`, `7e:a0`, `1-0:1.8.0*255`. */
export const Word = createToken({ name: "Word", pattern: /[^\s()[\]{}!<>=&|,"]+/ });
export const Text = createToken({ name: "Text", pattern: /"(?:[^"\\]|\\.)*"/ });

const keyword = (name: string, pattern: RegExp) => createToken({ name, pattern, longer_alt: Word });

export const And = createToken({ name: "And", pattern: "&&" });
export const AndWord = keyword("AndWord", /and/i);
export const Or = createToken({ name: "Or", pattern: "||" });
export const OrWord = keyword("OrWord", /or/i);
export const Not = createToken({ name: "Not", pattern: "!" });
export const NotWord = keyword("NotWord", /not/i);
export const In = keyword("In", /in/i);
export const Comparison = createToken({ name: "Comparison", pattern: /==|!=|<=|>=|<|>/ });
export const ComparisonWord = keyword("ComparisonWord", /eq|ne|lt|le|gt|ge|contains|matches/i);
export const OpenParenthesis = createToken({ name: "OpenParenthesis", pattern: "(" });
export const CloseParenthesis = createToken({ name: "CloseParenthesis", pattern: ")" });
export const OpenBracket = createToken({ name: "OpenBracket", pattern: "[" });
export const CloseBracket = createToken({ name: "CloseBracket", pattern: "]" });
export const OpenBrace = createToken({ name: "OpenBrace", pattern: "{" });
export const CloseBrace = createToken({ name: "CloseBrace", pattern: "}" });
export const Comma = createToken({ name: "Comma", pattern: "," });
const Space = createToken({ name: "Space", pattern: /\s+/, group: Lexer.SKIPPED });

/** In the order in which they are tried. */
export const allTokens = [
  Space,
  And,
  Or,
  Comparison,
  Not,
  OpenParenthesis,
  CloseParenthesis,
  OpenBracket,
  CloseBracket,
  OpenBrace,
  CloseBrace,
  Comma,
  Text,
  AndWord,
  OrWord,
  NotWord,
  In,
  ComparisonWord,
  Word,
];

const lexer = new Lexer(allTokens, { positionTracking: "onlyOffset" });

/** The words of a text, and the first characters that are none. */
export function splitWords(text: string): {
  readonly tokens: readonly IToken[];
  readonly fault: Place | undefined;
} {
  const { tokens, errors } = lexer.tokenize(text);
  const [error] = errors;
  if (error === undefined) return { tokens, fault: undefined };
  // A quotation that does not end reaches to the end of the text.
  const end = text[error.offset] === '"' ? text.length : error.offset + error.length;
  return {
    tokens: tokens.filter((token) => token.startOffset < error.offset),
    fault: { start: error.offset, end },
  };
}

/** Throws `FilterError` at the first characters that mean nothing. */
export function readWords(text: string): IToken[] {
  const { tokens, fault } = splitWords(text);
  if (fault !== undefined) throw new FilterError(describeFault(text, fault), fault);
  return [...tokens];
}

function describeFault(text: string, { start }: Place): string {
  switch (text[start]) {
    case '"':
      return "the text in quotes does not end";
    case "=":
      return "= compares nothing; == does";
    case "&":
      return "& means nothing; && does";
    case "|":
      return "| means nothing; || does";
    default:
      return `'${text[start] ?? ""}' means nothing here`;
  }
}

export function placeOf(token: IToken): Place {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}
