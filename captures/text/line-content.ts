import type { Direction, Timestamp } from "../../decoder/chunk.js";
import type { LabelMemory } from "./label-words.js";

/** Bytes of a line with what the line says of them. */
export interface LinePiece {
  readonly bytes: Uint8Array;
  /** Where the bytes stand in the line (byte-places.ts); null where nobody asked. */
  readonly places: Uint32Array | null;
  readonly time: Timestamp | null;
  readonly direction: Direction | null;
  /**
   * An arrow said the direction; `monitor`: one that follows the time, as serial monitors print it
   * before every line.
   */
  readonly arrow: "mark" | "monitor" | null;
  /** Words beside the bytes. */
  readonly comment: string | null;
  /** Neither time nor mark nor words before the bytes: they may go on from the line before. */
  readonly bare: boolean;
  /** What stands between the bytes; lines of one block have the same. */
  readonly separator: string;
  /** Hex digits left over before and behind the bytes. */
  readonly leadingDigit: number | null;
  readonly oddDigit: number | null;
  /** The next line goes on: a `-` or `\` at the end, or a list of this base that is not closed. */
  readonly goesOn: "mark" | 10 | 16 | null;
  /** One byte of a line of its own, as logic analysers export them. */
  readonly row: boolean;
  /** The number that counts the lines. */
  readonly counter: number | null;
}

/** A piece that says nothing but its bytes. */
export const plainPiece = {
  places: null,
  time: null,
  direction: null,
  arrow: null,
  comment: null,
  bare: false,
  separator: "",
  leadingDigit: null,
  oddDigit: null,
  goesOn: null,
  row: false,
  counter: null,
} as const;

/** What a line is. */
export type LineContent =
  | { readonly kind: "blank" }
  | { readonly kind: "bytes"; readonly pieces: readonly LinePiece[] }
  | {
      readonly kind: "words";
      readonly time: Timestamp | null;
      readonly direction: Direction | null;
      readonly arrow: "mark" | "monitor" | null;
      /** A time, a mark, and nothing else: it belongs to the next line. */
      readonly onlyMarks: boolean;
      /** It ends with a colon, or explains the next line behind `//`. */
      readonly heading: boolean;
    };

/** What the lines before tell of this one. */
export interface LineContext {
  /** Separator of the bytes in the line directly before, or `any`; null where that holds none. */
  readonly separatorBefore: string | null;
  /** A time or a heading stands directly before. */
  readonly announced: boolean;
  /** The line before goes on in this one. */
  readonly joins: LinePiece["goesOn"];
  /** A hex digit was left over in the line before. */
  readonly digitBefore: boolean;
  /** Number of the line before. */
  readonly counterBefore: number | null;
  /** The log writes bytes as `7E:A0:07`. */
  readonly colons: boolean;
  /** It is asked where the bytes stand. */
  readonly placed: boolean;
  readonly labels: LabelMemory;
}
