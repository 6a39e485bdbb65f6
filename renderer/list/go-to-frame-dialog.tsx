import "./go-to-frame-dialog.css";
import { useState } from "react";
import {
  Button,
  Dialog,
  Heading,
  Input,
  Label,
  Modal,
  ModalOverlay,
  TextField,
} from "react-aria-components";
import { useActiveDocument } from "../state/analyzer.js";
import { closeDialog, tellFault, useWindow } from "../state/window.js";
import { focusList } from "./list-focus.js";
import { goToFrame } from "./list-navigation.js";

/** Asks for the number of a frame, and goes there. */
export function GoToFrameDialog() {
  const isOpen = useWindow(({ dialog }) => dialog === "go-to-frame");
  return (
    <ModalOverlay
      className="go-to-frame__overlay"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && closeDialog()}
    >
      <Modal className="go-to-frame">
        <Dialog>
          <GoToFrameForm />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function GoToFrameForm() {
  const document = useActiveDocument();
  const [text, setText] = useState("");
  const frames = document?.frames ?? 0;
  const number = Number(text.trim());
  const isFrame = /^\s*\d+\s*$/.test(text) && number >= 1 && number <= frames;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFrame || document === undefined) return;
        closeDialog();
        goToFrame(document.id, number).catch(tellFault);
        focusList();
      }}
    >
      <Heading slot="title" className="go-to-frame__title">
        Go to frame
      </Heading>
      <TextField autoFocus value={text} onChange={setText} isInvalid={text !== "" && !isFrame}>
        <Label className="go-to-frame__label">Number, 1 to {frames.toLocaleString()}</Label>
        <Input className="go-to-frame__input" inputMode="numeric" />
      </TextField>
      <p className="go-to-frame__fault" role="status">
        {text !== "" && !isFrame ? `There is no frame ${text.trim()}.` : ""}
      </p>
      <div className="go-to-frame__buttons">
        <Button type="button" className="go-to-frame__button" onPress={closeDialog}>
          Cancel
        </Button>
        <Button
          type="submit"
          className="go-to-frame__button go-to-frame__button--main"
          isDisabled={!isFrame}
        >
          Go
        </Button>
      </div>
    </form>
  );
}
