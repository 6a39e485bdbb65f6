/** What an exported page knows of each frame beside its line: JSON in the page, read when it is opened. */
import type { Layer } from "../protocol/layer.js";

/**
 * A field of the tree. `field` is its place in the page's list of fields; `place` twice the number of
 * its source, and one more where it is derived and not in the bytes. Empty ends are left out.
 */
export type PageNode = readonly [
  field: number,
  start: number,
  end: number,
  text?: string,
  place?: number,
  children?: readonly PageNode[],
];

export interface PageSource {
  readonly kind: string;
  /** In hex. */
  readonly bytes: string;
  /** Where pieces of them stood. */
  readonly origin?: readonly {
    readonly start: number;
    readonly end: number;
    readonly source: number;
    readonly offset: number;
  }[];
}

export interface PageDetail {
  readonly tree: readonly PageNode[];
  readonly sources: readonly PageSource[];
}

/** One of the fields that the page has; `mask`: its bits in the number that it is a part of, or 0. */
export type PageField = readonly [id: string, name: string, layer: Layer | null, mask: number];
