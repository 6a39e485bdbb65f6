import type { Timestamp } from "../decoder/index.js";

/**
 * A time that was kept as numbers. A class of its own: doubles out of a column or a file have another
 * representation than the numbers of a reader, and if both had one shape, V8 would rework every time
 * that the reader makes from then on (7 % of an index pass).
 */
export class KeptTime implements Timestamp {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly dated: boolean;

  constructor(seconds: number, nanoseconds: number, dated: boolean) {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.dated = dated;
  }
}
