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

/** What the user has noted, where the frame is one of an open document. */
export interface NotedRows {
  isMarked(row: number): boolean;
  isIgnored(row: number): boolean;
  comment(row: number): string | undefined;
}

/** The values in a row; undefined where the columns alone do not tell. */
export type ColumnReader = (
  index: CaptureIndex,
  row: number,
  notes: NotedRows | undefined,
) => readonly FilterValue[] | undefined;

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
  readonly columns: ColumnReader | undefined;
  /** Values beside those of the tree. */
  readonly frame:
    | ((frame: Frame, names: ObjectNames, notes: NotedRows | undefined) => readonly FilterValue[])
    | undefined;
}
