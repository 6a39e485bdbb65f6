import type { DocumentState } from "../../analyzer/protocol/index.js";

/** A capture that is being filled, as an engine tells of it. */
export function growingDocument(
  frames: number,
  rest: Partial<DocumentState> & Pick<DocumentState, "name" | "sources" | "status">,
): DocumentState {
  return {
    id: "live",
    kind: "capture",
    textVersion: null,
    options: {},
    fault: null,
    progress: null,
    frames,
    shown: frames,
    generation: 1,
    filter: { shown: "", pending: null },
    severities: { info: 0, note: 0, warning: 0, error: 0 },
    conversations: 0,
    ciphered: { opened: 0, noKey: 0, failed: 0 },
    marked: 0,
    canUndo: false,
    canRedo: false,
    keysBeside: null,
    notes: { file: null, fault: null },
    ...rest,
  };
}
