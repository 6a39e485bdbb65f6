import {
  compareSeverity,
  type Frame,
  type ObjectNames,
  type Severity,
  type TextBuffer,
  type TextOptions,
  writeFrame,
  writeFrameText,
} from "../analyzer/index.js";
import { paintForTerminal } from "./terminal.js";

/** How frames are shown. */
export interface RenderOptions {
  readonly format: "text" | "ndjson" | "json";
  readonly tree: boolean;
  /** With the colours of a terminal. */
  readonly painted: boolean;
  readonly names: ObjectNames;
}

/** What stands around the frames of an output. */
export const surroundings = {
  text: { begin: "", between: "", end: "" },
  ndjson: { begin: "", between: "", end: "" },
  json: { begin: "[\n", between: ",\n", end: "\n]\n" },
} as const;

/** Writes frames one after the other, and keeps in mind what they have shown. */
export class FrameRenderer {
  /** The most severe diagnostic of all frames so far. */
  worst: Severity = "info";
  readonly #format: RenderOptions["format"];
  readonly #textOptions: TextOptions;
  readonly #names: ObjectNames;
  readonly #tree: boolean;

  constructor({ format, tree, painted, names }: RenderOptions) {
    this.#format = format;
    this.#names = names;
    this.#tree = tree;
    const advised = new Set<string>();
    const shown = { tree, advised, names };
    this.#textOptions = painted ? { ...shown, paint: paintForTerminal } : shown;
  }

  /** Writes one frame of `file`. */
  render(out: TextBuffer, frame: Frame, file: string): void {
    this.#judge(frame);
    if (this.#format === "text") {
      writeFrameText(out, frame, this.#textOptions);
      return;
    }
    // A filter may have needed a tree that is not to be shown.
    const shown = this.#tree ? frame : { ...frame, tree: undefined };
    writeFrame(out, shown, file, { names: this.#names });
    if (this.#format === "ndjson") out.byte(0x0a);
  }

  #judge({ diagnostics }: Frame): void {
    for (const { definition } of diagnostics) {
      if (compareSeverity(definition.severity, this.worst) > 0) this.worst = definition.severity;
    }
  }
}
