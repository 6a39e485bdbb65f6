import type { Cursor } from "../core/cursor.js";
import { defineFields, type Field } from "../core/fields.js";
import { decodeLength } from "./length.js";

const F = defineFields("xdlms", {
  count: { name: "Number of elements", clause: "IEC 61334-6, SEQUENCE OF" },
});

/**
 * SEQUENCE OF in A-XDR: a count and that many elements, under a node of `field`. A count beyond
 * the bytes that are there ends in `core.truncated`: every element has a byte at least.
 */
export function decodeList<Element>(
  c: Cursor,
  field: Field,
  decodeElement: (c: Cursor) => Element,
): Element[] {
  c.open(field);
  const count = decodeLength(c, F.count);
  const list: Element[] = [];
  for (let i = 0; i < count; i++) list.push(decodeElement(c));
  c.close();
  return list;
}
