/** A field as a filter knows it: where its values come from, and what kind of values they are. */
import type { Field, ValueTable } from "../../decoder/core/fields.js";
import type { Frame } from "../../decoder/frame.js";
import type { ObjectNames, Timestamp } from "../../decoder/index.js";
import type { CaptureIndex } from "../capture-index.js";

/**
 * `number`: also those beyond 2^53. `duration`: in nanoseconds. `time`: a moment. `severity`: the four
 * of them, in their order. `code`: a logical name of six bytes. `group`: only whether it is there.
 */
export type FilterType =
  | "number"
  | "bytes"
  | "string"
  | "boolean"
  | "duration"
  | "time"
  | "severity"
  | "code"
  | "any" // values of COSEM objects: numbers, texts, truth
  | "group";

/** One value of a field in a frame. */
export type FilterValue = number | bigint | string | boolean | Uint8Array | Timestamp;

/** A field that is there without a value that may be compared: a group, a secret. */
export const valueless: unique symbol = Symbol("valueless");

/** What a field has in a frame, once for each time that it occurs. */
export type Occurrence = FilterValue | typeof valueless;

/** What the user has noted, where the frame is one of an open document. */
export interface NotedRows {
  isMarked(row: number): boolean;
  isIgnored(row: number): boolean;
  comment(row: number): string | undefined;
}

/** The columns alone do not tell. */
export const leftOpen: unique symbol = Symbol("left open");

/** Reads the one value that a field has in a row; null or undefined where it has none. */
export type ColumnReader = (
  index: CaptureIndex,
  row: number,
  notes: NotedRows | undefined,
) => FilterValue | typeof leftOpen | null | undefined;

/**
 * Values that many rows share: those with the same key, which is the same object or text, have the
 * same values, and are decided once. Undefined: the row has none.
 */
export interface SharedColumn {
  readonly key: (index: CaptureIndex, row: number) => object | string | undefined;
  readonly values: (key: object | string) => readonly Occurrence[];
}

/** Reads values out of a frame. */
export type FrameReader = (
  frame: Frame,
  names: ObjectNames,
  notes: NotedRows | undefined,
) => readonly FilterValue[];

export interface FilterField {
  readonly id: string;
  readonly type: FilterType;
  /** As the reference page has it: `uint`, `duration`. */
  readonly writtenType: string;
  /** For people. */
  readonly name: string;
  readonly meaning: string | undefined;
  readonly clause: string | undefined;
  /** Words for its numbers. */
  readonly values: ValueTable | undefined;
  /** Words that it can be, where they are few. */
  readonly words: readonly string[] | undefined;
  /** Fields of the tree that have its values; none where only the frame or the columns tell. */
  readonly tree: readonly Field[];
  /** How the columns of an index tell its values; undefined where they do not. */
  readonly column: ColumnReader | SharedColumn | undefined;
  /** Whether a frame with these layers may have it at all; undefined: any frame may. */
  readonly isPossible: ((layers: readonly string[]) => boolean) | undefined;
  /** Values beside those of the tree. */
  readonly frame: FrameReader | undefined;
  /** Whether `frame` asks for the request that is answered, or for what is known of the meter. */
  readonly needsLinks: boolean;
}
