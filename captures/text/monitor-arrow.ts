import type { CaptureItem } from "../capture.js";

/** So many items, or so many bytes in them, are held back until it is clear what arrows mean. */
const MOST_ITEMS = 256;
const MOST_BYTES = 1 << 20;

interface Held {
  readonly item: CaptureItem;
  readonly monitor: boolean;
}

/**
 * Decides what the arrow in `14:26:17.366 -> 68FAFA...` means. Serial monitors print it before
 * every line, and then it is no direction; where other arrows occur as well, it is one. Items are
 * held back until another arrow comes, or enough lines without one.
 */
export class MonitorArrows {
  #held: Held[] = [];
  #bytes = 0;
  #meaning: "unknown" | "monitor" | "direction" = "unknown";

  /** Takes an item and hands out those that are clear, in order. */
  push(item: CaptureItem, arrow: "mark" | "monitor" | null): CaptureItem[] {
    if (arrow === "mark" && this.#meaning !== "direction") {
      const before = this.#release("direction");
      before.push(item);
      return before;
    }
    const monitor = arrow === "monitor";
    if (this.#meaning !== "unknown" || (!monitor && this.#held.length === 0)) {
      return [monitor && this.#meaning === "monitor" ? withoutDirection(item) : item];
    }
    this.#held.push({ item, monitor });
    this.#bytes += item.kind === "chunk" ? item.chunk.bytes.length : 64;
    const enough = this.#held.length >= MOST_ITEMS || this.#bytes >= MOST_BYTES;
    return enough ? this.#release("monitor") : [];
  }

  finish(): CaptureItem[] {
    return this.#held.length === 0 ? [] : this.#release("monitor");
  }

  #release(meaning: "monitor" | "direction"): CaptureItem[] {
    const held = this.#held;
    this.#held = [];
    this.#meaning = meaning;
    return held.map(({ item, monitor }) =>
      monitor && meaning === "monitor" ? withoutDirection(item) : item,
    );
  }
}

function withoutDirection(item: CaptureItem): CaptureItem {
  if (item.kind !== "chunk") return item;
  return { ...item, chunk: { ...item.chunk, direction: null } };
}
