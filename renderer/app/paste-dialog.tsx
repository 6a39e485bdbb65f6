import { useState } from "react";
import { Button } from "react-aria-components";
import { openSources } from "../state/open.js";
import { closeDialog } from "../state/window.js";
import { DialogFrame } from "./modal.js";

/** Takes hex or a log out of a mail or a forum, and opens it as a capture. */
export function PasteDialog() {
  const [text, setText] = useState("");
  const open = () => {
    closeDialog();
    void openSources([{ kind: "text", text, name: "Pasted text" }]);
  };
  return (
    <DialogFrame title="Paste hex or a log" isWide>
      <textarea
        className="text-field keys__file"
        aria-label="Hex or a log"
        placeholder={
          "7E A0 0A 00 02 00 23 21 93 …\nor lines with times, directions and hex, in any of the usual shapes"
        }
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: it is what the dialog was opened for
        autoFocus
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim() !== "")
            open();
        }}
      />
      <div className="modal__actions">
        <Button className="button button--main" isDisabled={text.trim() === ""} onPress={open}>
          Decode
        </Button>
      </div>
    </DialogFrame>
  );
}
