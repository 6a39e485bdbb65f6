/** Texts that stay when their editor goes, with their undo. */
import type { editor, Uri } from "monaco-editor/editor";
import { type Monaco, monacoIfLoaded } from "./load-monaco.js";

/** Where Monaco keeps the text of a name. */
export function uriOfKept(monaco: Monaco, name: string): Uri {
  return monaco.Uri.parse(`obiscope:/${name}`);
}

/** Null where it was not begun, or is forgotten. */
export function keptModel(monaco: Monaco, name: string): editor.ITextModel | null {
  return monaco.editor.getModel(uriOfKept(monaco, name));
}

/** Ends a text that was kept. */
export function forgetText(name: string): void {
  monacoIfLoaded()?.then(
    (monaco) => keptModel(monaco, name)?.dispose(),
    // Without Monaco there is no text in it.
    () => {},
  );
}
