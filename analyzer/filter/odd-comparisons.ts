/** Comparisons that can be evaluated, and mean something else than whoever wrote them may think. */
import type { FilterField } from "./filter-field.js";
import type { Expression, FilterNotice } from "./syntax.js";
import { readNumber } from "./value-tests.js";

type Comparison = Extract<Expression, { kind: "compare" }>;

/** What is odd about a comparison; undefined for most. */
export function oddityOf(comparison: Comparison, field: FilterField): FilterNotice | undefined {
  const { operator, operatorPlace, value } = comparison;
  const { start, end } = value;
  if (operator === "!=" && field.id === "diag.code") {
    return { message: "fits frames that have findings, but not this one", ...operatorPlace };
  }
  if (field.id === "xdlms.service" && !isService(field, value.text) && isEquality(operator)) {
    return { message: `no APDU is named ${value.text}`, start, end };
  }
  const number = value.isQuoted ? undefined : readNumber(value.text);
  if (number === undefined || field.type !== "number") return undefined;
  const verdict = verdictOf(operator, Number(number), limitsOf(field));
  if (verdict !== undefined) {
    return { message: `${field.id} is ${verdict} ${operator} ${value.text}`, start, end };
  }
  const isNamed = field.values === undefined || field.values[Number(number)] !== undefined;
  if (operator === "==" && !isNamed) {
    return { message: `${field.id} has no word for ${value.text}`, start, end };
  }
  return undefined;
}

function isEquality(operator: Comparison["operator"]): boolean {
  return operator === "==" || operator === "!=";
}

/** An APDU, or one of its choices: `get-request-next`. */
function isService({ values }: FilterField, name: string): boolean {
  const number = readNumber(name);
  if (typeof number === "number") return values?.[number] !== undefined;
  const services = [...Object.values(values ?? {}), "unknown-apdu", "empty-apdu"];
  return services.some((service) => name === service || name.startsWith(`${service}-`));
}

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

/** What values a field of the tree can have at all. */
function limitsOf({ tree: [field], writtenType }: FilterField): Limits {
  const isWhole = writtenType === "uint" || writtenType === "int";
  const mask = field?.mask;
  const most =
    field !== undefined && mask !== undefined ? mask >>> field.shift : Number.POSITIVE_INFINITY;
  return { least: writtenType === "uint" ? 0 : Number.NEGATIVE_INFINITY, most, isWhole };
}

/** Whether all values, or none, stand in that relation to a number; undefined where it depends. */
function verdictOf(
  operator: Comparison["operator"],
  number: number,
  { least, most, isWhole }: Limits,
): "always" | "never" | undefined {
  const isOutside = number < least || number > most || (isWhole && !Number.isInteger(number));
  switch (operator) {
    case "==":
      return isOutside ? "never" : undefined;
    case "!=":
      return isOutside ? "always" : undefined;
    case "<":
      return number <= least ? "never" : number > most ? "always" : undefined;
    case "<=":
      return number < least ? "never" : number >= most ? "always" : undefined;
    case ">":
      return number >= most ? "never" : number < least ? "always" : undefined;
    case ">=":
      return number > most ? "never" : number <= least ? "always" : undefined;
    default:
      return undefined;
  }
}
