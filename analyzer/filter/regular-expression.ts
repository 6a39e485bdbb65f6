/** Regular expressions in a filter. */
import { compileAutomaton } from "./expression-automaton.js";
import { ExpressionError } from "./expression-syntax.js";
import { FilterError, type Literal } from "./syntax.js";

/** Beyond this the text is cut before it is tried: its states may all be new to an odd expression. */
const longestText = 10_000;

/** A test of texts, whatever their case. Throws `FilterError`, which names the characters that are wrong. */
export function compileExpression(literal: Literal): (text: string) => boolean {
  try {
    const fits = compileAutomaton(literal.text);
    return (value) => fits(value.length > longestText ? value.slice(0, longestText) : value);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const message = `this is no regular expression: ${error.message}`;
    throw new FilterError(message, placeIn(literal, error));
  }
}

/** Where characters of the literal's text stand in the filter. */
function placeIn(literal: Literal, { start, end }: ExpressionError) {
  const first = literal.offsets?.[start];
  const last = literal.offsets?.[end - 1];
  if (first === undefined || last === undefined || last < first) return literal;
  return { start: first, end: Math.max(last + 1, literal.offsets?.[end] ?? 0) };
}
