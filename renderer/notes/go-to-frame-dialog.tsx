import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { goToFrame } from "../list/list-view.js";
import { closeDialog, tellFault } from "../state/window.js";

/** Goes to a frame by its number. */
export function GoToFrameDialog({ document }: { readonly document: DocumentState }) {
  const [text, setText] = useState("");
  const number = Number(text);
  const isGood = Number.isInteger(number) && number >= 1 && number <= document.frames;
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (!isGood) return;
    closeDialog();
    goToFrame(document.id, number).catch(tellFault);
  };
  return (
    <DialogFrame title="Go to frame">
      <form onSubmit={go} className="notes__go">
        <input
          className="text-field"
          aria-label="Number of the frame"
          inputMode="numeric"
          placeholder={`1 to ${document.frames}`}
          // biome-ignore lint/a11y/noAutofocus: it is what the dialog was opened for
          autoFocus
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button className="button button--main" type="submit" isDisabled={!isGood}>
          Go
        </Button>
      </form>
    </DialogFrame>
  );
}
