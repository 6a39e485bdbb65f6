/** Adds keys, and tells what they have opened. */
import type { Answer } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { tell } from "../state/window.js";
import { addedWords } from "./key-effect-words.js";

/** Adds those of a key file. Rejects with `ProtocolError` where it is none. */
export async function addKeys({ text }: { readonly text: string }): Promise<void> {
  tellOf(await ask("add-keys", { text }));
}

/** Adds those that lie beside a capture. Rejects with `ProtocolError`. */
export async function addKeysBeside(document: string): Promise<void> {
  tellOf(await ask("add-keys-beside", { document }));
}

function tellOf({ added, effect }: Answer<"add-keys">): void {
  tell(addedWords(added, effect, useAnalyzer.getState().documents.length));
}
