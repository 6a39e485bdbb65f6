/** Bytes that a line seems to hold, before it is judged whether they are meant as bytes. */
export interface FoundBytes {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  /**
   * `certain`: the notation is used for bytes only. `plain`: hex digits and letters. `number` and
   * `word`: may be a decimal number or an English word as well.
   */
  readonly nature: "certain" | "plain" | "number" | "word";
  readonly groups: number;
  /** All groups are one byte. */
  readonly pairs: boolean;
  /** What stands between the groups; `quotes` and `brackets` where a language writes bytes. */
  readonly separator: string;
  /** Value of a hex digit that is left over behind the last byte. */
  readonly oddDigit: number | null;
  /** A list that is not closed: the number base of what follows in the next line. */
  readonly openBase: 10 | 16 | null;
  /** Where the bytes stand in the line; null for plain hex, and where nobody asked. */
  readonly places: Uint32Array | null;
}
