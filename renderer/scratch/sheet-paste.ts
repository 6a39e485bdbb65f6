/** Pasting into the sheet: an endless line of hex would make every key wait for all of it. */
import type { editor, IDisposable } from "monaco-editor/editor";
import { tell } from "../state/window.js";
import { foldHex } from "./fold-hex.js";

const folding =
  "The hex was one endless line; it is put into rows of 32 bytes. Frames that are damaged may be cut otherwise than in one line.";

/** Puts hex that is pasted as one endless line into rows, says so, and takes it back if that is wished. */
export function foldPastes(code: editor.IStandaloneCodeEditor): IDisposable {
  const box = code.getContainerDomNode();
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const folded = foldHex(text);
    if (folded === null) return;
    event.preventDefault();
    event.stopPropagation();
    put(code, folded);
    tell(folding, "info", {
      label: "Keep One Line",
      run: () => {
        code.trigger("sheet", "undo", null);
        put(code, text);
      },
    });
  };
  // Before the editor: its own way would lay out the endless line first.
  box.addEventListener("paste", onPaste, { capture: true });
  return { dispose: () => box.removeEventListener("paste", onPaste, { capture: true }) };
}

/** In the place of what is selected, as one step; the caret behind it is seen. */
function put(code: editor.IStandaloneCodeEditor, text: string): void {
  const selection = code.getSelection();
  if (selection === null) return;
  code.pushUndoStop();
  code.executeEdits("paste", [{ range: selection, text, forceMoveMarkers: true }]);
  code.pushUndoStop();
  const end = code.getSelection()?.getEndPosition();
  if (end === undefined) return;
  code.setPosition(end);
  code.revealPosition(end);
}
