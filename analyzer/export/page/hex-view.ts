import type { PageSource } from "../html-detail.js";
import { element } from "./elements.js";
import { pathOf, type ShownField } from "./fields.js";
import type { FieldListener } from "./tree-view.js";

const rowLength = 16;
/** More are shown on request: each byte is two elements. */
const shownAtFirst = 4096;

/** The bytes of a source: offset, hex and characters; a byte lights with its field. */
export class HexView {
  readonly element = element("section", "source");
  readonly #bytes: readonly string[];
  readonly #fields: readonly (ShownField | undefined)[];
  readonly #listener: FieldListener;
  readonly #cells: HTMLElement[] = [];
  readonly #characters: HTMLElement[] = [];
  readonly #grid = element("div", "hex");
  #lit: HTMLElement[] = [];
  #current = 0;

  constructor(
    source: PageSource,
    fields: readonly (ShownField | undefined)[],
    listener: FieldListener,
  ) {
    this.#bytes = source.bytes.match(/../g) ?? [];
    this.#fields = fields;
    this.#listener = listener;
    const { length } = this.#bytes;
    const name = source.kind === "frame" ? "frame" : source.kind;
    const heading = `${name}, ${length} ${length === 1 ? "byte" : "bytes"}`;
    this.element.append(element("p", "what", heading), this.#grid);
    this.#grid.setAttribute("role", "grid");
    this.#grid.setAttribute("aria-label", `Bytes: ${heading}`);
    this.#fill(Math.min(length, shownAtFirst));
    const { element: section } = this;
    section.addEventListener("mouseover", ({ target }) => listener.look(this.#find(target)));
    section.addEventListener("mouseleave", () => listener.look(null));
    section.addEventListener("focusin", ({ target }) => listener.look(this.#find(target)));
    section.addEventListener("focusout", () => listener.look(null));
    section.addEventListener("click", ({ target }) => {
      const field = this.#find(target);
      if (field !== null) listener.pin(field);
    });
    section.addEventListener("keydown", (event) => this.#press(event));
  }

  light(start: number, end: number, className: "lit" | "origin"): void {
    for (let at = start; at < end; at++) {
      for (const cell of [this.#cells[at], this.#characters[at]]) {
        if (cell === undefined) continue;
        cell.classList.add(className);
        this.#lit.push(cell);
      }
    }
  }

  clear(): void {
    for (const cell of this.#lit) cell.classList.remove("lit", "origin");
    this.#lit = [];
  }

  /** Rows up to `end`, and a button for those behind it. */
  #fill(end: number): void {
    for (let start = this.#cells.length; start < end; start += rowLength) {
      this.#grid.append(this.#row(start, Math.min(start + rowLength, end)));
    }
    const rest = this.#bytes.length - end;
    if (rest === 0) return;
    const more = element("button", "more", `${rest} more bytes`);
    more.addEventListener("click", () => {
      more.remove();
      this.#fill(this.#bytes.length);
    });
    this.element.append(more);
  }

  #row(start: number, end: number): HTMLElement {
    const row = element("div", "bytes");
    row.setAttribute("role", "row");
    const offset = element("span", "offset", start.toString(16).padStart(4, "0"));
    offset.setAttribute("role", "rowheader");
    const characters = element("span", "characters");
    characters.setAttribute("aria-hidden", "true");
    row.append(offset);
    for (let at = start; at < end; at++) {
      row.append(this.#cell(at));
      const code = Number.parseInt(this.#bytes[at] ?? "", 16);
      const isShown = code >= 0x20 && code < 0x7f;
      const character = element("span", "", isShown ? String.fromCharCode(code) : "·");
      character.dataset["at"] = String(at);
      this.#characters.push(character);
      characters.append(character);
    }
    for (let at = end; at < start + rowLength; at++) row.append(element("span", "gap"));
    row.append(characters);
    return row;
  }

  #cell(at: number): HTMLElement {
    const field = this.#fields[at];
    const byte = this.#bytes[at] ?? "";
    const layer = field?.layer ?? null;
    const cell = element("span", `byte${layer === null ? "" : ` l-${layer}`}`, byte);
    cell.setAttribute("role", "gridcell");
    cell.dataset["at"] = String(at);
    cell.tabIndex = at === this.#current ? 0 : -1;
    const what = field === undefined ? "" : `: ${pathOf(field)}`;
    cell.setAttribute("aria-label", `${byte} at ${at}${what}`);
    this.#cells.push(cell);
    return cell;
  }

  #find(target: EventTarget | null): ShownField | null {
    return this.#fields[this.#place(target)] ?? null;
  }

  /** The byte that an element shows; -1 for none. */
  #place(target: EventTarget | null): number {
    const at = target instanceof HTMLElement ? target.dataset["at"] : undefined;
    return at === undefined ? -1 : Number(at);
  }

  #press(event: KeyboardEvent): void {
    const at = this.#place(event.target);
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      this.#listener.pin(this.#fields[at] ?? null);
      event.preventDefault();
      return;
    }
    const row = at - (at % rowLength);
    const places: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - rowLength,
      ArrowDown: at + rowLength,
      Home: row,
      End: Math.min(row + rowLength, this.#cells.length) - 1,
    };
    const next = this.#cells[places[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    this.#cells[this.#current]?.setAttribute("tabindex", "-1");
    this.#current = this.#place(next);
    next.tabIndex = 0;
    next.focus();
  }
}
