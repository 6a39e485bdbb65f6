import { element } from "./elements.js";
import type { ShownField } from "./fields.js";

/** Who is told of the field that is looked at, and of the one that is to stay lit. */
export interface FieldListener {
  readonly look: (field: ShownField | null) => void;
  readonly pin: (field: ShownField | null) => void;
}

/** Fields with more children than this are closed at first: rows of profiles. */
const mostChildren = 60;

/** The fields of a frame as a tree; arrow keys move in it as in Wireshark's. */
export class TreeView {
  readonly element = element("div", "tree");
  readonly #fields: readonly ShownField[];
  readonly #listener: FieldListener;
  readonly #rows = new Map<ShownField, HTMLElement>();
  readonly #fieldOf = new Map<Element, ShownField>();
  readonly #closed = new Set<ShownField>();
  #lit: HTMLElement | null = null;
  #pinned: HTMLElement | null = null;
  /** The one tab stop. */
  #current: ShownField | undefined;

  constructor(fields: readonly ShownField[], id: string, listener: FieldListener) {
    this.#fields = fields;
    this.#listener = listener;
    this.#current = fields[0];
    for (const field of fields) if (field.children.length > mostChildren) this.#closed.add(field);
    this.element.setAttribute("role", "tree");
    this.element.setAttribute("aria-label", `Fields of frame ${id.slice(1)}`);
    this.element.append(...fields.map((field) => this.#row(field)));
    this.#arrange();
    this.element.addEventListener("mouseover", ({ target }) => listener.look(this.#find(target)));
    this.element.addEventListener("mouseleave", () => listener.look(null));
    this.element.addEventListener("focusin", ({ target }) => listener.look(this.#find(target)));
    this.element.addEventListener("focusout", () => listener.look(null));
    this.element.addEventListener("click", (event) => this.#click(event));
    this.element.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Lights a field, or what holds it where that is closed. */
  light(field: ShownField | null): void {
    this.#lit?.classList.remove("lit");
    this.#lit = field === null ? null : (this.#rows.get(this.#visible(field)) ?? null);
    this.#lit?.classList.add("lit");
  }

  /** Opens what holds a field, and shows that it stays lit. */
  pin(field: ShownField | null): void {
    this.#pinned?.removeAttribute("aria-selected");
    this.#pinned = field === null ? null : (this.#rows.get(field) ?? null);
    if (field === null) return;
    for (let above = field.parent; above !== null; above = above.parent) this.#closed.delete(above);
    this.#current = field;
    this.#arrange();
    this.#pinned?.setAttribute("aria-selected", "true");
    this.#pinned?.scrollIntoView({ block: "nearest" });
  }

  #row(field: ShownField): HTMLElement {
    const row = element("div", `field${field.isDerived ? " derived" : ""}`);
    row.setAttribute("role", "treeitem");
    row.setAttribute("aria-level", String(field.depth + 1));
    row.style.setProperty("--depth", String(field.depth));
    const twist = element("span", "twist");
    twist.setAttribute("aria-hidden", "true");
    const name = element("span", "name", field.name);
    if (field.layer !== null && field.depth === 0) name.classList.add(`l-${field.layer}`);
    row.append(twist, name, element("span", "value", field.text));
    this.#rows.set(field, row);
    this.#fieldOf.set(row, field);
    return row;
  }

  /** Shows and hides rows as fields are open or closed. */
  #arrange(): void {
    for (const field of this.#fields) {
      const row = this.#rows.get(field);
      if (row === undefined) continue;
      row.hidden = this.#visible(field) !== field;
      row.tabIndex = field === this.#current ? 0 : -1;
      if (field.children.length > 0) {
        row.setAttribute("aria-expanded", String(!this.#closed.has(field)));
      }
    }
  }

  /** The field itself, or the outermost closed one that holds it. */
  #visible(field: ShownField): ShownField {
    let visible = field;
    for (let above = field.parent; above !== null; above = above.parent) {
      if (this.#closed.has(above)) visible = above;
    }
    return visible;
  }

  #find(target: EventTarget | null): ShownField | null {
    const row = target instanceof Element ? target.closest(".field") : null;
    return row === null ? null : (this.#fieldOf.get(row) ?? null);
  }

  #click({ target }: MouseEvent): void {
    const field = this.#find(target);
    if (field === null) return;
    if (target instanceof Element && target.classList.contains("twist")) this.#toggle(field);
    else this.#listener.pin(field);
  }

  #toggle(field: ShownField, close = !this.#closed.has(field)): void {
    if (field.children.length === 0) return;
    if (close) this.#closed.add(field);
    else this.#closed.delete(field);
    this.#arrange();
  }

  #press(event: KeyboardEvent): void {
    const field = this.#find(event.target);
    if (field === null) return;
    const open = this.#fields.filter((one) => this.#visible(one) === one);
    const at = open.indexOf(field);
    const isOpen = field.children.length > 0 && !this.#closed.has(field);
    switch (event.key) {
      case "ArrowDown":
        this.#focus(open[at + 1]);
        break;
      case "ArrowUp":
        this.#focus(open[at - 1]);
        break;
      case "Home":
        this.#focus(open[0]);
        break;
      case "End":
        this.#focus(open.at(-1));
        break;
      case "ArrowRight":
        if (isOpen) this.#focus(field.children[0]);
        else this.#toggle(field, false);
        break;
      case "ArrowLeft":
        if (isOpen) this.#toggle(field, true);
        else this.#focus(field.parent ?? undefined);
        break;
      case "Enter":
      case " ":
        this.#listener.pin(field);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #focus(field: ShownField | undefined): void {
    if (field === undefined) return;
    this.#current = field;
    this.#arrange();
    this.#rows.get(field)?.focus();
  }
}
