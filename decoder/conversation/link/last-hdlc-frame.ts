import type { Timestamp } from "../../chunk.js";
import { printOf } from "../byte-print.js";
import { nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";

/** No client repeats a command faster; echoes and doubled recordings come at once. */
const doubledWithin = 0.1e9;

/**
 * The frame before, damaged or not: what the next one is compared with. Of its bytes only a print is
 * kept: they are a view, which would keep the whole piece of the capture in memory.
 */
export class LastHdlcFrame {
  #number: number | undefined;
  #time: Timestamp | null = null;
  #damaged = false;
  #length = 0;
  #print = 0;

  /** Undefined before the first. */
  get number(): number | undefined {
    return this.#number;
  }

  get time(): Timestamp | null {
    return this.#time;
  }

  /** Takes the next frame; whether it is the same bytes once more, and at once. */
  follow({ number, time, damaged, bytes }: ObservedFrame): boolean {
    const print = printOf(bytes);
    const isSame =
      this.#number !== undefined &&
      !this.#damaged &&
      this.#length === bytes.length &&
      this.#print === print;
    const delay = isSame ? nanosecondsBetween(this.#time, time) : undefined;
    this.#number = number;
    this.#time = time;
    this.#damaged = damaged;
    this.#length = bytes.length;
    this.#print = print;
    return delay !== undefined && delay >= 0 && delay < doubledWithin;
  }
}
