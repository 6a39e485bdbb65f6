/** Closing a document; that of a running capture is asked about once. */
import type { CaptureState, DocumentState } from "../../analyzer/protocol/index.js";
import { activate, ask, useAnalyzer } from "../state/analyzer.js";
import { openDialog } from "../state/window.js";

/** Whether a capture runs now. */
export function isRunning(capture: CaptureState | null): boolean {
  return capture !== null && capture.phase !== "ended";
}

/** Whether a document shows what a capture records. */
export function isOfCapture({ sources }: DocumentState, capture: CaptureState | null): boolean {
  return sources.some((source) => source.kind === "path" && source.path === capture?.file);
}

/** Closes a document. What a capture fills is looked at, and closed when the user has said so. */
export async function closeDocument(document: DocumentState): Promise<void> {
  const { capture } = useAnalyzer.getState();
  if (isRunning(capture) && isOfCapture(document, capture)) {
    activate(document.id);
    openDialog("close-capture");
  } else await ask("close", { document: document.id });
}
