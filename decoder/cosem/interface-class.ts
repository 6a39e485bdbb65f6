/**
 * Interface classes: how their facts are written down. One definition has every version that was
 * published. IEC 62056-6-2, COSEM interface classes; DLMS UA 1000-1, Blue Book, for later ones.
 */
import type { ValueRule } from "./value-rule.js";

export interface InterfaceClass {
  readonly id: number;
  /** The standard's name: `Profile generic`. */
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly meaning: string;
  /** By version number. */
  readonly versions: Readonly<Record<number, ClassVersion>>;
}

export interface ClassVersion {
  /** By attribute number, from 2 on: logical_name is attribute 1 of every class. */
  readonly attributes: Readonly<Record<number, ClassAttribute>>;
  /** By method number. */
  readonly methods: Readonly<Record<number, ClassMethod>>;
}

export interface ClassAttribute {
  /** The standard's name: `scaler_unit`. */
  readonly name: string;
  /** A static attribute is set up, a dynamic one changes by itself. */
  readonly kind: "static" | "dynamic";
  readonly rule: ValueRule;
  /** What it says, in a sentence, where the name does not tell. */
  readonly meaning?: string;
}

export interface ClassMethod {
  /** The standard's name: `remote_disconnect`. */
  readonly name: string;
  /** The parameter. */
  readonly rule: ValueRule;
  readonly meaning?: string;
}

/** A static attribute. */
export function fixed(name: string, rule: ValueRule, meaning?: string): ClassAttribute {
  return { name, kind: "static", rule, ...(meaning === undefined ? {} : { meaning }) };
}

/** A dynamic attribute. */
export function dynamic(name: string, rule: ValueRule, meaning?: string): ClassAttribute {
  return { name, kind: "dynamic", rule, ...(meaning === undefined ? {} : { meaning }) };
}

export function method(name: string, rule: ValueRule, meaning?: string): ClassMethod {
  return { name, rule, ...(meaning === undefined ? {} : { meaning }) };
}
