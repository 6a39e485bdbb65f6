/** What clients are told of a document, often. */
import { basename } from "node:path";
import type { DocumentState, Progress } from "../protocol/index.js";
import type { RowCounts } from "./counts.js";
import type { OpenDocument } from "./open-document.js";

/** `counts`: maybe those of a moment ago. */
export function viewState(document: OpenDocument, counts: RowCounts): DocumentState {
  const { trace, shown, keptNotes } = document;
  const { id, name, sources, kind, options, keysBeside, sheet } = document.description;
  const { severities, ciphered } = counts;
  return {
    id,
    name,
    sources: sources.map((source) => ("text" in source ? { ...source, text: "" } : source)),
    kind,
    textVersion: sheet?.content.version ?? null,
    options,
    status: sheet === null || sheet.refused === null ? trace.status : "failed",
    fault: trace.fault ?? sheet?.refused ?? null,
    progress: progressOf(document),
    frames: trace.length,
    shown: shown.length,
    generation: trace.generation,
    filter: { shown: shown.filter, pending: shown.pending?.text ?? null },
    severities,
    conversations: trace.index.conversations.length,
    ciphered,
    marked: trace.notes.marked,
    canUndo: trace.notes.canUndo,
    canRedo: trace.notes.canRedo,
    keysBeside: keysBeside === null ? null : basename(keysBeside),
    notes: { file: keptNotes.file, fault: keptNotes.fault },
  };
}

function progressOf({ trace, shown, loaded }: OpenDocument): Progress | null {
  if (trace.deciphering !== null) return { what: "deciphering", ...trace.deciphering };
  const { pending } = shown;
  if (pending !== null) return { what: "filtering", done: pending.scanned, total: trace.length };
  return trace.status === "loading" ? { what: "loading", ...loaded } : null;
}
