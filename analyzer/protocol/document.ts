import type { Severity } from "../../decoder/index.js";
import type { SourceReference } from "./source-reference.js";

/** How the bytes of a document are read; what is left out is found by content. */
export interface ReadingOptions {
  readonly framing?: string;
  /** As on the command line: `tcp.port==7001=hdlc`. */
  readonly decodeAs?: readonly string[];
}

/** What fills or changes the rows at the moment. */
export interface Progress {
  readonly what: "loading" | "filtering" | "deciphering";
  readonly done: number;
  /** Null where only the end will tell. */
  readonly total: number | null;
}

/** What is shown of the rows. */
export interface FilterState {
  /** The filter whose rows are shown; empty for all. */
  readonly shown: string;
  /** One that is being evaluated; its rows are shown when it is done. */
  readonly pending: string | null;
}

/** An open trace, without its rows. Sent whole whenever something in it has changed. */
export interface DocumentState {
  readonly id: string;
  readonly name: string;
  readonly sources: readonly SourceReference[];
  readonly kind: "capture" | "scratch";
  /** Of a scratch sheet: what the client called the text whose rows these are. */
  readonly textVersion: string | null;
  readonly options: ReadingOptions;
  /** `live`: its file is being written, and rows come as they are recorded. */
  readonly status: "loading" | "live" | "ready" | "failed";
  /** Why it could not be opened, or not be read to its end. */
  readonly fault: string | null;
  readonly progress: Progress | null;
  /** Frames of the capture, and those that the filter shows. */
  readonly frames: number;
  readonly shown: number;
  /** Changes whenever rows that were given before may look or stand otherwise now. */
  readonly generation: number;
  readonly filter: FilterState;
  /** Frames by the most severe finding of each. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly conversations: number;
  readonly ciphered: CipheredCount;
  readonly marked: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** A key file that lies beside the capture; null where there is none. */
  readonly keysBeside: string | null;
  /** Where marks and comments are kept; null where they cannot be written, `fault` of it beside. */
  readonly notes: { readonly file: string | null; readonly fault: string | null };
}

/** Ciphered APDUs by what became of them. */
export interface CipheredCount {
  readonly opened: number;
  readonly noKey: number;
  readonly failed: number;
}
