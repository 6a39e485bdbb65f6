/** What can be done with selected rows. */
import type { DocumentState, Request, Row } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";
import { type Selection, selectionOf } from "../state/selection.js";
import { tell, tellFault } from "../state/window.js";
import { goToFrame } from "./list-navigation.js";
import { rowCacheOf } from "./list-rows.js";

/** The row of a frame: one that is there, or fetched. */
export async function rowOf(document: string, number: number): Promise<Row> {
  const known = rowCacheOf(document).find(number);
  return known ?? (await ask("frame", { document, number })).row;
}

type Note = "isMarked" | "isIgnored" | "isReference";

/** Sets a note on all selected frames, or takes it off where the frame that is looked at has it. */
export async function toggleNote(
  document: DocumentState,
  { frame, frames }: Selection,
  note: Note,
): Promise<void> {
  if (frame === null) return;
  const row = await rowOf(document.id, frame);
  const set: Request<"annotate">["set"] = { [note]: !row[note] };
  await ask("annotate", { document: document.id, frames: [...frames], set });
}

/** Goes to the answer of a request, or to the request of an answer. */
export async function goToPartner(document: DocumentState): Promise<void> {
  const { frame } = selectionOf(document.id);
  if (frame === null) return;
  const row = await rowOf(document.id, frame);
  const partner = row.answers ?? row.answeredBy ?? row.completedIn;
  if (partner === null || partner === frame)
    tell(`Nothing is known that belongs to frame ${frame}.`);
  else await goToFrame(document.id, partner);
}

const copiedAtOnce = 1000;

export type CopyFormat = "text" | "json" | "xml" | "hex" | "line";

/** Copies the selected frames: as their lines, annotated text, JSON, XML, or bytes. */
export async function copyFrames(document: DocumentState, format: CopyFormat): Promise<void> {
  const { frames } = selectionOf(document.id);
  const copied = frames.slice(0, copiedAtOnce);
  try {
    const texts: string[] = [];
    for (const number of copied) texts.push(await textOf(document.id, number, format));
    await navigator.clipboard.writeText(joinTexts(texts, format));
    const left = frames.length - copied.length;
    tell(
      `Copied ${copied.length === 1 ? `frame ${copied[0]}` : `${copied.length} frames`}${
        left > 0 ? `; ${left} more are left out: export them instead` : ""
      }.`,
    );
  } catch (error) {
    tellFault(error);
  }
}

/** One text of several, in the same format. */
function joinTexts(texts: readonly string[], format: CopyFormat): string {
  if (texts.length > 1 && format === "json") return `[${texts.join(",\n")}]`;
  // Of a document with one frame: the declaration, the root, the frame, the end of the root.
  if (format === "xml")
    return texts.join("\n").replaceAll(/\n<\/frames>\n<\?xml.*\n<frames.*/g, "");
  return texts.join("\n");
}

async function textOf(document: string, number: number, format: CopyFormat): Promise<string> {
  switch (format) {
    case "line":
      return lineOf(await rowOf(document, number));
    case "hex": {
      const { sources } = await ask("frame", { document, number });
      return (sources[0]?.bytes ?? "").replace(/(..)(?=.)/g, "$1 ");
    }
    default:
      return (await ask("frame-text", { document, number, format })).text.trimEnd();
  }
}

function lineOf({ number, client, server, type, info, length }: Row): string {
  return [number, client ?? "", server ?? "", type, length, info].join("\t");
}
