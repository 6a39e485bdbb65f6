import type { Frame } from "../../decoder/frame.js";
import { compareSeverity, type Severity, type TextBuffer } from "../../decoder/index.js";
import type { ExportFormat } from "../protocol/export-format.js";
import { createCsvWriter } from "./csv-writer.js";
import type { CreateWriter, ExportOptions, FrameNotes, FrameWriter } from "./export-options.js";
import { createHtmlWriter } from "./html-writer.js";
import { createJsonWriter } from "./json-writer.js";
import { createTextWriter } from "./text-writer.js";
import { createXmlWriter } from "./xml-writer.js";

const writers: Readonly<Record<ExportFormat, CreateWriter>> = {
  text: createTextWriter,
  json: createJsonWriter,
  ndjson: createJsonWriter,
  csv: createCsvWriter,
  xml: createXmlWriter,
  html: createHtmlWriter,
};

/**
 * Writes frames in one of the formats, one after the other, in memory that does not grow with them.
 * The caller goes through the frames, empties `out` whenever it likes, and may stop at any time. Frames
 * of HTML, and of others with `tree`, must have been dissected with their trees (see `needsTree`).
 */
export class FrameExporter {
  /** The most severe diagnostic of all frames so far. */
  worst: Severity = "info";
  /** Frames written so far. */
  frames = 0;
  readonly #writer: FrameWriter;
  #notes: FrameNotes | undefined;
  readonly #showsTree: boolean;

  constructor(out: TextBuffer, options: ExportOptions) {
    this.#writer = writers[options.format](out, options);
    this.#showsTree = options.tree || options.format === "html";
  }

  begin(): void {
    this.#writer.begin();
  }

  /** The frames that follow are of this capture, and these are the user's notes of them. */
  capture(name: string, notes?: FrameNotes): void {
    this.#notes = notes;
    this.#writer.capture(name);
  }

  frame(frame: Frame): void {
    for (const { definition } of frame.diagnostics) {
      if (compareSeverity(definition.severity, this.worst) > 0) this.worst = definition.severity;
    }
    const note = this.#notes?.get(frame.number);
    this.#writer.frame(this.#shown(frame, note?.comment), note?.isMarked === true);
    this.frames += 1;
  }

  end(): void {
    this.#writer.end();
  }

  /** Without a tree that a filter alone has needed, and with the user's comment. */
  #shown(frame: Frame, comment: string | undefined): Frame {
    const hidesTree = frame.tree !== undefined && !this.#showsTree;
    if (!hidesTree && comment === undefined) return frame;
    return {
      ...frame,
      tree: hidesTree ? undefined : frame.tree,
      comment: comment ?? frame.comment,
    };
  }
}
