/** The counters that one sender has used with one key. */
import { equalBytes } from "../../core/bytes.js";

/** Counters that are remembered with their content, for each sender and key. */
const keptUses = 512;
const firstUses = 2;
/** A use in the table: its counter, the frame, and the prints of the content and of the frame. */
const width = 4;

/**
 * Memory is bounded: the last uses stand in one table of numbers that grows up to `keptUses` and is
 * then written over from the oldest on. A use in a record of its own would outlive very many frames,
 * and moving such records about costs more than all else here.
 */
export class CounterSequence {
  readonly sender: Uint8Array;
  readonly keyLabel: string;
  /** Undefined before the first. */
  #highest: number | undefined;
  /** The last frame that has used it. */
  lastFrame = 0;
  #uses = new Float64Array(firstUses * width);
  #count = 0;
  /** Where in the table the next use goes. */
  #next = 0;

  constructor(sender: Uint8Array, keyLabel: string) {
    // A copy: a view would keep the whole piece of the capture in memory that it is of.
    this.sender = Uint8Array.from(sender);
    this.keyLabel = keyLabel;
  }

  get highest(): number | undefined {
    return this.#highest;
  }

  isOf(sender: Uint8Array, keyLabel: string): boolean {
    return this.keyLabel === keyLabel && equalBytes(this.sender, sender);
  }

  /** Remembers a counter that `find` does not know. */
  remember(counter: number, frame: number, content: number, bytes: number): void {
    if (this.#next === this.#uses.length) this.#makeRoom();
    const uses = this.#uses;
    const at = this.#next;
    uses[at] = counter;
    uses[at + 1] = frame;
    uses[at + 2] = content;
    uses[at + 3] = bytes;
    this.#next = at + width;
    if (this.#count < keptUses) this.#count += 1;
    if (this.#highest === undefined || counter > this.#highest) this.#highest = counter;
  }

  /** Where the use of a counter stands; undefined where it is not known, or not any more. */
  find(counter: number): number | undefined {
    const uses = this.#uses;
    for (let at = (this.#count - 1) * width; at >= 0; at -= width) {
      if (uses[at] === counter) return at;
    }
    return undefined;
  }

  frameOf(use: number): number {
    return this.#uses[use + 1] ?? 0;
  }

  hasContent(use: number, content: number): boolean {
    return this.#uses[use + 2] === content;
  }

  hasBytes(use: number, bytes: number): boolean {
    return this.#uses[use + 3] === bytes;
  }

  #makeRoom(): void {
    if (this.#count === keptUses) {
      this.#next = 0;
      return;
    }
    const grown = new Float64Array(this.#uses.length * 4);
    grown.set(this.#uses);
    this.#uses = grown;
  }
}
