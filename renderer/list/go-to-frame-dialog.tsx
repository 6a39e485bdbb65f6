import "./go-to-frame-dialog.css";
import { useState } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import { DialogFrame } from "../app/modal.js";
import { useActiveDocument } from "../state/analyzer.js";
import { closeDialog, tellFault } from "../state/window.js";
import { focusList } from "./list-focus.js";
import { goToFrame } from "./list-navigation.js";

/** Asks for the number of a frame, and goes there. */
export function GoToFrameDialog() {
  const document = useActiveDocument();
  const [text, setText] = useState("");
  const frames = document?.frames ?? 0;
  const number = Number(text.trim());
  const isFrame = /^\s*\d+\s*$/.test(text) && number >= 1 && number <= frames;
  const isWrong = text !== "" && !isFrame;
  return (
    <DialogFrame title="Go to frame">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isFrame || document === undefined) return;
          closeDialog();
          goToFrame(document.id, number).catch(tellFault);
          focusList();
        }}
      >
        <TextField autoFocus value={text} onChange={setText} isInvalid={isWrong}>
          <Label className="go-to-frame__label">Number, 1 to {frames.toLocaleString()}</Label>
          <Input className="text-field go-to-frame__input" inputMode="numeric" />
        </TextField>
        <p className="fault go-to-frame__fault" role="status">
          {isWrong ? `There is no frame ${text.trim()}.` : ""}
        </p>
        <div className="modal__actions">
          <Button type="button" className="button" onPress={closeDialog}>
            Cancel
          </Button>
          <Button type="submit" className="button button--main" isDisabled={!isFrame}>
            Go
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}
