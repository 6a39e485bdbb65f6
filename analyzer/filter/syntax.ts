/** The parts of a display filter, each with the characters of the text that it stands in. */

export interface Place {
  readonly start: number;
  readonly end: number;
}

export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "matches";

/** A value as it is written: a word, or a text in quotes. */
export interface Literal extends Place {
  /** Of a quoted text: without its quotes, escapes resolved. */
  readonly text: string;
  readonly isQuoted: boolean;
  /** Of a quoted text: where each of its characters stands in the filter. */
  readonly offsets?: readonly number[];
}

/** `[0:3]`: offset and length; undefined length: to the end. Offsets below 0 count from the end. */
export interface Slice extends Place {
  readonly offset: number;
  readonly length: number | undefined;
}

export interface FieldName extends Place {
  readonly name: string;
  readonly slice: Slice | undefined;
}

export type Expression =
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "exists"; readonly field: FieldName }
  | {
      readonly kind: "compare";
      readonly field: FieldName;
      readonly operator: Operator;
      readonly operatorPlace: Place;
      readonly value: Literal;
    }
  | { readonly kind: "in"; readonly field: FieldName; readonly values: readonly Literal[] };

/** What is wrong with a filter, or questionable, and where. */
export interface FilterNotice extends Place {
  readonly message: string;
}

/** A filter cannot be understood. */
export class FilterError extends Error {
  override readonly name = "FilterError";
  readonly start: number;
  readonly end: number;

  constructor(message: string, { start, end }: Place) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
