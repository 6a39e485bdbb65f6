import type { PageDetail, PageField, PageSource } from "../html-detail.js";
import { element } from "./elements.js";
import { fieldsOfBytes, listFields, pathOf, type ShownField } from "./fields.js";
import { HexView } from "./hex-view.js";
import { TreeView } from "./tree-view.js";

/** An opened frame: its tree, and the bytes that the tree speaks of. */
export class FrameView {
  readonly element = element("div", "detail");
  readonly #sources: readonly PageSource[];
  readonly #tree: TreeView;
  readonly #hex: readonly HexView[];
  readonly #words = element("p", "words");
  #pinned: ShownField | null = null;

  constructor({ tree, sources }: PageDetail, names: readonly PageField[], id: string) {
    this.#sources = sources;
    const fields = listFields(tree, names);
    const listener = {
      look: (field: ShownField | null) => this.#look(field),
      pin: (field: ShownField | null) => this.#pin(field),
    };
    this.#tree = new TreeView(fields, id, listener);
    this.#hex = sources.map((source, number) => {
      const length = source.bytes.length / 2;
      return new HexView(source, fieldsOfBytes(fields, number, length), listener);
    });
    this.#words.setAttribute("role", "status");
    const bytes = element("div", "sources");
    bytes.append(...this.#hex.map((hex) => hex.element));
    this.element.append(this.#tree.element, bytes, this.#words);
    this.element.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#pin(null);
    });
    this.#show(null);
  }

  /** Under the pointer or in the focus; null for no longer. */
  #look(field: ShownField | null): void {
    this.#show(field ?? this.#pinned);
  }

  /** Keeps a field lit; once more lets it go. */
  #pin(field: ShownField | null): void {
    this.#pinned = field === this.#pinned ? null : field;
    this.#tree.pin(this.#pinned);
    this.#show(this.#pinned);
  }

  #show(field: ShownField | null): void {
    this.#tree.light(field);
    for (const hex of this.#hex) hex.clear();
    if (field !== null) {
      this.#hex[field.source]?.light(field.start, field.end, "lit");
      this.#lightOrigins(field.source, field.start, field.end);
    }
    this.#words.textContent = field === null ? "" : describe(field);
  }

  /** Bytes that others were made of: deciphered, put together. */
  #lightOrigins(source: number, start: number, end: number): void {
    for (const piece of this.#sources[source]?.origin ?? []) {
      const from = Math.max(start, piece.start);
      const to = Math.min(end, piece.end);
      // Sources come from earlier ones: whatever a page says, this ends.
      if (from >= to || piece.source >= source) continue;
      const shift = piece.offset - piece.start;
      this.#hex[piece.source]?.light(from + shift, to + shift, "origin");
      this.#lightOrigins(piece.source, from + shift, to + shift);
    }
  }
}

function describe(field: ShownField): string {
  const { start, end, mask, isDerived, text } = field;
  const value = text === "" ? "" : ` = ${text}`;
  const count = end - start;
  const bits = mask === 0 ? "" : `, bits 0x${(mask >>> 0).toString(16)}`;
  const place = isDerived
    ? "derived"
    : `${count} ${count === 1 ? "byte" : "bytes"} at 0x${start.toString(16).padStart(4, "0")}${bits}`;
  return `${pathOf(field)}${value} (${field.id}; ${place})`;
}
