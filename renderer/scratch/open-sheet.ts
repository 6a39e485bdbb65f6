/** Opens the scratch sheet, and what stands on it as a capture. */
import { activate, ask, useAnalyzer } from "../state/analyzer.js";
import { openSources } from "../state/open.js";
import { sessionOf, textOfBefore } from "./sheet-session.js";

const name = "Scratch sheet";

/** Looks at the sheet that is open, or at a new one with the text of the one that was closed last. */
export async function openSheet(): Promise<void> {
  const open = useAnalyzer.getState().documents.find(({ kind }) => kind === "scratch");
  if (open !== undefined) {
    activate(open.id);
    return;
  }
  const { documents } = await ask("open", {
    sources: [{ kind: "scratch", text: textOfBefore(), name }],
    merge: false,
    options: {},
  });
  const [id] = documents;
  if (id !== undefined) activate(id);
}

/** Opens the text of a sheet as a document of its own, which stays as it is. */
export async function openAsCapture(document: string): Promise<void> {
  const { text } = sessionOf(document);
  await openSources([{ kind: "text", text, name: "Pasted text" }]);
}
