import type { PageField, PageNode } from "../html-detail.js";

/** A field of an opened frame. */
export interface ShownField {
  readonly id: string;
  readonly name: string;
  readonly layer: string | null;
  readonly mask: number;
  readonly text: string;
  readonly source: number;
  readonly start: number;
  readonly end: number;
  /** Not in the bytes but derived from them. */
  readonly isDerived: boolean;
  readonly depth: number;
  readonly parent: ShownField | null;
  readonly children: ShownField[];
}

/** Every field of a frame, each before its children. */
export function listFields(
  nodes: readonly PageNode[],
  fields: readonly PageField[],
): readonly ShownField[] {
  const shown: ShownField[] = [];
  const visit = (list: readonly PageNode[], parent: ShownField | null) => {
    for (const [field, start, end, text = "", place = 0, children = []] of list) {
      const [id, name, layer, mask] = fields[field] ?? ["", "", null, 0];
      const one: ShownField = {
        id,
        name,
        layer: layer ?? parent?.layer ?? null,
        mask,
        text,
        source: place >> 1,
        start,
        end,
        isDerived: (place & 1) === 1,
        depth: parent === null ? 0 : parent.depth + 1,
        parent,
        children: [],
      };
      parent?.children.push(one);
      shown.push(one);
      visit(children, one);
    }
  };
  visit(nodes, null);
  return shown;
}

/** For every byte of a source the field that says most of it: the shortest, then the deepest. */
export function fieldsOfBytes(
  fields: readonly ShownField[],
  source: number,
  length: number,
): readonly (ShownField | undefined)[] {
  const best: (ShownField | undefined)[] = new Array(length).fill(undefined);
  for (const field of fields) {
    if (field.source !== source || field.isDerived) continue;
    const size = field.end - field.start;
    for (let at = field.start; at < Math.min(field.end, length); at++) {
      const known = best[at];
      const knownSize = known === undefined ? Number.POSITIVE_INFINITY : known.end - known.start;
      if (size < knownSize || (size === knownSize && field.depth > (known?.depth ?? 0))) {
        best[at] = field;
      }
    }
  }
  return best;
}

/** `HDLC › Frame format › Frame length`. */
export function pathOf(field: ShownField): string {
  return field.parent === null ? field.name : `${pathOf(field.parent)} › ${field.name}`;
}
