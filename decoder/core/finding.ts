import type { DiagnosticDefinition } from "./diagnostics.js";

/** What the conversation has found in a frame: more than the frame's own bytes tell. */
export interface Finding {
  readonly definition: DiagnosticDefinition;
  readonly detail?: string;
  /** What of the frame it is about; the whole frame where it is left out. */
  readonly about?: "apdu";
}
