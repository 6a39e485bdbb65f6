/** What is told of scratch sheets: texts that are decoded while somebody writes them. */
import type { Severity } from "../../decoder/index.js";

/** A text was decoded; the rows of the document are its rows now. */
export interface SheetDecoded {
  readonly generation: number;
  readonly rows: number;
  /** From the request to the rows. */
  readonly milliseconds: number;
  /** Why it was not decoded, in a sentence. */
  readonly refused: string | null;
}

/** Where the bytes of a frame stand in the text. */
export interface SheetPlaces {
  /** The text that is spoken of, as the client called it. */
  readonly version: string;
  /** Of the frame itself, source 0, and of the packets that carried it. */
  readonly sources: readonly {
    readonly source: number;
    /**
     * Two numbers a byte: its first character and the one behind its last, in UTF-16 units of the
     * text; both -1 for a byte that no characters spell.
     */
    readonly places: readonly number[];
  }[];
}

/** The byte that characters spell; the first of two frames that share it. */
export interface SheetByte {
  readonly version: string;
  readonly place: { readonly number: number; readonly byte: number } | null;
}

/** Something that is wrong in the text. */
export interface SheetProblem {
  /** Null for characters that no frame has anything of. */
  readonly number: number | null;
  readonly severity: Severity;
  readonly message: string;
  readonly code: string;
  /** What to look at next. */
  readonly check: string | null;
  /** Characters of the text, in UTF-16 units; the same number twice where no place is known. */
  readonly start: number;
  readonly end: number;
}

export interface SheetProblems {
  readonly version: string;
  readonly problems: readonly SheetProblem[];
}
