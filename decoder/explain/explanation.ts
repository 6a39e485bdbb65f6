/** What is told about a topic: data, for a terminal or a window to lay out. */
import type { ObisName } from "../cosem/obis/obis-name.js";

export type ExplanationKind =
  | "field"
  | "diagnostic"
  | "format" // what is registered under a prefix
  | "class"
  | "attribute"
  | "method"
  | "obis"
  | "unit"
  | "enumeration"; // a value or a bit that has a name

export interface Explanation {
  readonly kind: ExplanationKind;
  /** The shortest topic that gives this explanation: `hdlc.fcs`, `class 7`, `1-0:1.8.0*255`. */
  readonly topic: string;
  /** In words: `FCS`, `Profile generic`, `Active energy import (+A)`. */
  readonly title: string;
  /** In a sentence, where the title does not tell. */
  readonly meaning: string | undefined;
  readonly facts: readonly Fact[];
  /**
   * What is in it: the values and bits that have names, members of a structure with their types, value
   * groups of an object, attributes and methods of a class, fields of a format.
   */
  readonly values: readonly ExplainedValue[];
  /** Other topics, each of which has an explanation. */
  readonly related: readonly string[];
}

/** `{ label: "clause", text: "IEC 62056-5-3, Data-Access-Result" }`. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** `{ value: "13", text: "scope-of-access-violated" }`. */
export interface ExplainedValue {
  readonly value: string;
  readonly text: string;
  /** How deep it is within those before it, for members of members; 0 where it is left out. */
  readonly depth?: number;
}

/** Who names objects: an `ObjectDictionary`, or the standard alone. */
export interface NamesOfObjects {
  find(logicalName: Uint8Array, classId?: number): ObisName;
}

export interface ExplainOptions {
  /** The standard alone unless given. */
  readonly names?: NamesOfObjects;
}

/** The facts whose text is known. */
export function facts(texts: Readonly<Record<string, string | number | undefined>>): Fact[] {
  return Object.entries(texts).flatMap(([label, text]) =>
    text === undefined ? [] : [{ label, text: String(text) }],
  );
}
