import type { Frame } from "../../decoder/frame.js";
import type { ObjectNames, TextBuffer, TextOptions } from "../../decoder/index.js";
import type { ExportFormat } from "../protocol/export-format.js";

/** What the user has noted of frames, by their numbers: marks, and comments before those of the capture. */
export interface FrameNotes {
  get(
    frame: number,
  ): { readonly isMarked?: boolean; readonly comment?: string | undefined } | undefined;
}

export interface ExportOptions {
  readonly format: ExportFormat;
  /** The field tree of every frame: in text, JSON and XML. HTML always has it, CSV never. */
  readonly tree: boolean;
  readonly names: ObjectNames;
  /** Colours of a terminal, for text. */
  readonly paint?: TextOptions["paint"];
  /** Says before the frames of each capture which one it is, where the format has no other place for it. */
  readonly hasHeadings?: boolean;
  /** What HTML is headed with. */
  readonly title?: string;
}

/** Writes frames in one format, one after the other. */
export interface FrameWriter {
  /** What stands before all frames. */
  begin(): void;
  /** The frames that follow are of this capture. */
  capture(name: string): void;
  frame(frame: Frame, isMarked: boolean): void;
  /** What stands behind them. */
  end(): void;
}

/** Makes the writer of a format. */
export type CreateWriter = (out: TextBuffer, options: ExportOptions) => FrameWriter;

/** Whether frames must be dissected with their trees for such an export. */
export function needsTree({ format, tree }: Pick<ExportOptions, "format" | "tree">): boolean {
  return format === "html" || (tree && format !== "csv");
}
