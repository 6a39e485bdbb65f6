/** Regular expressions that users write. */
import { FilterError, type Literal } from "./syntax.js";

/** Beyond this the text is cut before it is tried. */
const longestText = 4096;
const longestExpression = 1000;

/**
 * A test of texts, whatever their case. A repetition within a repetition, which can take for ever on
 * some texts, is refused. Throws `FilterError`.
 */
export function compileExpression(literal: Literal): (text: string) => boolean {
  const { text } = literal;
  if (text.length > longestExpression) {
    throw new FilterError(`an expression has ${longestExpression} characters at most`, literal);
  }
  if (repeatsRepetition(text)) {
    throw new FilterError(
      "a repetition within a repetition can take for ever; write it without",
      literal,
    );
  }
  let expression: RegExp;
  try {
    expression = new RegExp(text, "iu");
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : "";
    throw new FilterError(`this is no regular expression: ${reason}`, literal);
  }
  return (value) => expression.test(value.slice(0, longestText));
}

/** Whether a group that holds `*`, `+` or `{n,}` is repeated itself. */
function repeatsRepetition(text: string): boolean {
  /** For each open group: whether it holds a repetition. */
  const groups: boolean[] = [];
  let isClass = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (isClass) isClass = sign !== "]";
    else if (sign === "[") isClass = true;
    else if (sign === "(") groups.push(false);
    else if (sign === ")") {
      const holds = groups.pop() ?? false;
      const isRepeated = /^(\*|\+|\{\d+,)/.test(text.slice(at + 1));
      if (holds && isRepeated) return true;
      if ((holds || isRepeated) && groups.length > 0) groups[groups.length - 1] = true;
    } else if (/^(\*|\+|\{\d+,)/.test(text.slice(at, at + 12)) && groups.length > 0) {
      groups[groups.length - 1] = true;
    }
  }
  return false;
}
