/** Fields and sources by hand. */
import type { ByteSourceView, DetailNode } from "../../../analyzer/protocol/index.js";

/** A field over bytes of source 0, unless `more` says otherwise. */
export function node(
  field: string,
  [start, end]: readonly [number, number],
  children: readonly DetailNode[] = [],
  more: Partial<DetailNode> = {},
): DetailNode {
  return {
    field,
    name: field,
    display: "",
    literal: null,
    source: 0,
    start,
    end,
    mask: 0,
    generated: false,
    severity: null,
    frame: null,
    children,
    ...more,
  };
}

export function byteSource(
  id: number,
  length: number,
  origin: ByteSourceView["origin"] = [],
  more: Partial<ByteSourceView> = {},
): ByteSourceView {
  const kind = id === 0 ? "frame" : "decrypted";
  return { id, kind, bytes: "00".repeat(length), origin, from: null, ...more };
}
