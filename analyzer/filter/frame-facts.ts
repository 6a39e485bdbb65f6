import type { SpanNode } from "../../decoder/core/recorder.js";
import type { Frame } from "../../decoder/frame.js";
import type { ObjectNames } from "../../decoder/index.js";
import type { CaptureIndex } from "../capture-index.js";
import { type FilterField, type NotedRows, type Occurrence, valueless } from "./filter-field.js";

interface Given {
  readonly frame: Frame;
  /** The fields of its tree that the filter names, without children. */
  readonly nodes: readonly SpanNode[];
  readonly names: ObjectNames;
  /** Where the frame is a row of an index. */
  readonly index?: CaptureIndex;
  readonly notes?: NotedRows | undefined;
}

/** What is known of one frame while a filter is decided on it. */
export class FrameFacts {
  readonly index: CaptureIndex | undefined;
  readonly notes: NotedRows | undefined;
  readonly #given: Given;
  readonly #known = new Map<FilterField, readonly Occurrence[]>();

  constructor(given: Given) {
    this.#given = given;
    this.index = given.index;
    this.notes = given.notes;
  }

  /** The row of the frame in its index. */
  get row(): number {
    return this.#given.frame.number - 1;
  }

  /** What the field has in the frame. */
  of(field: FilterField): readonly Occurrence[] {
    let values = this.#known.get(field);
    if (values === undefined) {
      values = this.#read(field);
      this.#known.set(field, values);
    }
    return values;
  }

  #read({ tree, frame: read }: FilterField): readonly Occurrence[] {
    const { frame, nodes, names, notes } = this.#given;
    const own = read?.(frame, names, notes) ?? [];
    if (tree.length === 0) return own;
    const values: Occurrence[] = [...own];
    for (const { field, value } of nodes) {
      if (tree.includes(field)) values.push(value ?? valueless);
    }
    return values;
  }
}
