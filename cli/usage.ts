import { UsageError } from "./exit.js";

/** Runs a parser of node:util and turns its complaint into a usage error. */
export function refuseBadOptions<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The value if it is one of `allowed`; a usage error that lists them otherwise. */
export function oneOf<Word extends string>(
  option: string,
  value: string,
  allowed: readonly Word[],
): Word {
  const word = allowed.find((candidate) => candidate === value);
  if (word === undefined) {
    throw new UsageError(`${option} takes ${allowed.join(", ")}; '${value}' is none of them`);
  }
  return word;
}
