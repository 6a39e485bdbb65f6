import type { Field } from "./fields.js";

/** What a leaf can hold. Byte strings are views into their source. */
export type SpanValue = number | bigint | string | boolean | Uint8Array | undefined;

/** A node of the tree: a field, where its bytes stand, and what they say. */
export interface SpanNode {
  readonly field: Field;
  /** Index of the byte source in the frame's `sources`. */
  readonly source: number;
  readonly start: number;
  end: number;
  value: SpanValue;
  /** A remark beside the value: `wrong, expected 0x1234`. */
  note: string | undefined;
  /** Not in the bytes but derived from them; shown in brackets. */
  readonly generated: boolean;
  children: SpanNode[] | undefined;
}

/**
 * Takes note of what a cursor reads. Decoders call it through the cursor; they check `recording`
 * before they build a text that only a tree would show.
 */
export interface Recorder {
  readonly recording: boolean;
  /** What was recorded, the outermost nodes: secrets are taken out of them. */
  readonly nodes: readonly SpanNode[];
  /** Number of groups that are open. */
  readonly depth: number;
  open(field: Field, source: number, start: number): void;
  close(end: number): void;
  /** Gives the innermost open group a value or a remark. */
  describe(value: SpanValue, note: string | undefined): void;
  leaf(field: Field, source: number, start: number, end: number, value: SpanValue): void;
  /** The bit fields of the number that was recorded last. */
  bits(fields: readonly Field[], value: number): void;
  /** A remark on the leaf that was recorded last. */
  note(text: string): void;
  generated(field: Field, source: number, start: number, end: number, value: SpanValue): void;
}

/** Records nothing: for the passes that only need values. */
export class NullRecorder implements Recorder {
  readonly recording = false;
  readonly nodes: readonly SpanNode[] = [];
  depth = 0;
  open(): void {
    this.depth += 1;
  }
  close(): void {
    this.depth -= 1;
  }
  describe(): void {}
  leaf(): void {}
  bits(): void {}
  note(): void {}
  generated(): void {}
}

/** Records a tree of spans: for the frame that a person looks at, and for exports. */
export class SpanTree implements Recorder {
  readonly recording = true;
  readonly roots: SpanNode[] = [];
  readonly nodes: readonly SpanNode[] = this.roots;
  readonly #open: SpanNode[] = [];
  #siblings: SpanNode[] = this.roots;
  #last: SpanNode | undefined;

  get depth(): number {
    return this.#open.length;
  }

  open(field: Field, source: number, start: number): void {
    const node = createNode(field, source, start, start, undefined, false);
    const children: SpanNode[] = [];
    node.children = children;
    this.#siblings.push(node);
    this.#open.push(node);
    this.#siblings = children;
  }

  close(end: number): void {
    const node = this.#open.pop();
    if (node === undefined) throw new Error("a group is closed that was not opened");
    node.end = end;
    this.#siblings = this.#open[this.#open.length - 1]?.children ?? this.roots;
    this.#last = node;
  }

  describe(value: SpanValue, note: string | undefined): void {
    const node = this.#open[this.#open.length - 1];
    if (node === undefined) return;
    if (value !== undefined) node.value = value;
    if (note !== undefined) node.note = note;
  }

  leaf(field: Field, source: number, start: number, end: number, value: SpanValue): void {
    const node = createNode(field, source, start, end, value, false);
    this.#siblings.push(node);
    this.#last = node;
  }

  bits(fields: readonly Field[], value: number): void {
    const parent = this.#last;
    if (parent === undefined) return;
    const children: SpanNode[] = [];
    for (const field of fields) {
      const bits = (value & (field.mask ?? 0)) >>> field.shift;
      children.push(createNode(field, parent.source, parent.start, parent.end, bits, false));
    }
    parent.children = children;
  }

  note(text: string): void {
    if (this.#last !== undefined) this.#last.note = text;
  }

  generated(field: Field, source: number, start: number, end: number, value: SpanValue): void {
    this.#siblings.push(createNode(field, source, start, end, value, true));
  }
}

/** A node as it is while nothing was said of it but its value. */
export function createNode(
  field: Field,
  source: number,
  start: number,
  end: number,
  value: SpanValue,
  generated: boolean,
): SpanNode {
  return { field, source, start, end, value, note: undefined, generated, children: undefined };
}
