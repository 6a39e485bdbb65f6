/** Which frames are looked at, kept for the page when it is loaded again in the same window. */
import { useAnalyzer } from "./analyzer.js";
import { useSelections } from "./selection.js";

const storageKey = "obiscope.frames";

interface KeptFrame {
  /** Of the document: its number alone may be another capture's by now. */
  readonly name: string;
  readonly frame: number;
}

type KeptFrames = Readonly<Record<string, KeptFrame>>;

let keptFrames: KeptFrames = read();

/** The frame of a document that was looked at last; null where there is none. */
export function keptFrame(document: string, name: string): number | null {
  const kept = keptFrames[document];
  return kept?.name === name ? kept.frame : null;
}

useSelections.subscribe(({ byDocument }, before) => {
  const next: Record<string, KeptFrame> = { ...keptFrames };
  for (const id of Object.keys(before.byDocument)) if (!(id in byDocument)) delete next[id];
  for (const { id, name } of useAnalyzer.getState().documents) {
    const selection = byDocument[id];
    if (selection === undefined || selection.frame === before.byDocument[id]?.frame) continue;
    if (selection.frame !== null && !selection.byItself)
      next[id] = { name, frame: selection.frame };
  }
  keep(next);
});

function keep(next: KeptFrames): void {
  const text = JSON.stringify(next);
  if (text === JSON.stringify(keptFrames)) return;
  keptFrames = next;
  try {
    sessionStorage.setItem(storageKey, text);
  } catch {
    // A browser that keeps nothing for pages: the first row is looked at again.
  }
}

function read(): KeptFrames {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, one]) => isKeptFrame(one)));
  } catch {
    return {};
  }
}

function isKeptFrame(one: unknown): one is KeptFrame {
  if (typeof one !== "object" || one === null || !("name" in one) || !("frame" in one))
    return false;
  return typeof one.name === "string" && Number.isInteger(one.frame) && Number(one.frame) > 0;
}
