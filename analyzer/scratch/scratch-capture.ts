/**
 * A text as a capture: mails, forum posts and logs that somebody pastes and edits. It is decoded
 * like a file, and every byte of every frame is known by the characters that spell it.
 */
import type { CaptureProblem } from "../../captures/capture.js";
import { readPastedText } from "../../captures/text/pasted-text.js";
import { captureFault } from "../../decoder/capture-faults.js";
import type { DiagnosticDefinition } from "../../decoder/core/diagnostics.js";
import { FrameCutter, type FramingOptions } from "../../decoder/frame-cutter.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import type { ReducerOptions } from "../../decoder/reducer.js";
import { CaptureIndex, type LinkFrames } from "../capture-index.js";
import { type PendingWords, readItems } from "../read-capture.js";
import { FramePlaces } from "./frame-places.js";
import { blankMisspelled, findMisspelledHex } from "./misspelled-hex.js";
import { PlacedText } from "./placed-text.js";
import { findProblems, type ScratchProblem } from "./scratch-problems.js";

/** Longer texts, in UTF-16 units, are files: they are not to be decoded while one types. */
export const longestScratch = 4 * 1024 * 1024;

export type ScratchOptions = FramingOptions & Omit<ReducerOptions, "tree">;

/** Why a text is not opened. */
export interface ScratchRefusal {
  readonly refused: string;
}

/** A row of the capture that is no frame: what is wrong there, or last words without a definition. */
export interface ScratchRemark {
  readonly definition: DiagnosticDefinition | undefined;
  readonly text: string;
}

export interface ScratchCapture {
  readonly text: string;
  /** Rows as opening the same text as a file gives them; misspelled hex ends its row of bytes. */
  readonly index: CaptureIndex;
  readonly links: LinkFrames;
  /** By their rows. */
  readonly remarks: ReadonlyMap<number, ScratchRemark>;
  /**
   * Where the bytes of source 0 of the row's frame stand: two numbers a byte, its first character
   * and the one behind its last, in UTF-16 units of the text; both 0xffffffff for a byte that no
   * characters spell. Empty for a remark of the capture.
   */
  places(row: number): Uint32Array;
  /** The same for the bytes of a packet that carried the frame: its source `carrier` + 1. */
  carrierPlaces(row: number, carrier: number): Uint32Array;
  /** The byte that the character at `offset` spells; the first of two frames that share it. */
  at(offset: number): { readonly row: number; readonly byte: number } | undefined;
  /**
   * What is wrong, and where in the text: misspelled hex, the findings of the rows in their order,
   * hex that no row has; at most `limit`. Rows with findings are dissected for it: a step for each row.
   */
  problems(limit: number): Generator<undefined, readonly ScratchProblem[]>;
}

/**
 * Decodes a text, in steps that take no time to speak of. A text without bytes has no rows; only one
 * that is too long is refused.
 */
export function* openScratch(
  text: string,
  options: ScratchOptions = {},
): Generator<undefined, ScratchCapture | ScratchRefusal> {
  if (text.length > longestScratch) {
    const found = `The text has ${text.length} characters, at most ${longestScratch} are decoded here`;
    return { refused: `${found}; save it to a file and open that` };
  }
  const rows: (LinkFrame | undefined)[] = [];
  const rowPlaces: Uint32Array[] = [];
  const links: LinkFrames = { get: (row) => rows[row] };
  const index = new CaptureIndex(links, options);
  const framePlaces = new FramePlaces();
  const cutter = new FrameCutter(options);
  const faults = new Map<number, CaptureProblem>();
  const remarks = new Map<number, ScratchRemark>();
  const addAll = function* (frames: readonly LinkFrame[]): Generator<undefined> {
    for (const link of frames) {
      rows.push(link);
      rowPlaces.push(framePlaces.take(link));
      index.add(link);
      yield;
    }
  };
  const addRemark = (definition: DiagnosticDefinition | undefined, words: string) => {
    remarks.set(rows.length, { definition, text: words });
    rows.push(undefined);
    rowPlaces.push(new Uint32Array(0));
    index.addRemark(definition);
  };
  const words: PendingWords = { comment: "" };
  const misspelled = findMisspelledHex(text);
  for (const items of readPastedText(blankMisspelled(text, misspelled))) {
    for (const item of items) {
      if (item.kind === "problem") {
        faults.set(rows.length, item);
        addRemark(captureFault(item.code), item.message);
        continue;
      }
      for (const entry of readItems([item], words)) {
        if (entry.kind !== "chunk") continue;
        framePlaces.add(entry);
        yield* addAll(cutter.push(entry.chunk));
      }
    }
    yield;
  }
  yield* addAll(cutter.finish());
  index.finish();
  if (words.comment !== "" && rows.length > 0) addRemark(undefined, words.comment);
  const placed = new PlacedText(text, rowPlaces);
  const carrierPlaces = (row: number, carrier: number) => {
    const bytes = rows[row]?.carriers[carrier]?.bytes;
    return (bytes && framePlaces.packet(bytes)) ?? new Uint32Array(0);
  };
  return {
    text,
    index,
    links,
    remarks,
    places: (row) => placed.places(row),
    carrierPlaces,
    at: (offset) => placed.at(offset),
    problems: (limit) =>
      findProblems(index, placed, { byRow: faults, misspelled, carrierPlaces }, limit),
  };
}
