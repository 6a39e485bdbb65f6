import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { DialogFrame } from "../app/modal.js";
import { ask } from "../state/analyzer.js";
import { closeDialog, tell, tellFault } from "../state/window.js";

/** All keys as a key file: those that are there stand in it as words. */
export function KeyFileDialog() {
  const [text, setText] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    ask("key-template", {}).then((answer) => setText(answer.text), tellFault);
  }, []);
  const save = async () => {
    try {
      const { sets } = await ask("replace-keys", { text: text ?? "" });
      setText("");
      closeDialog();
      tell(`The ring has ${sets} key sets.`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <DialogFrame title="Key file" isWide>
      <p>
        A key that is there stands as a word, “kept 1/authenticationKey”: leave it to keep the key,
        put hex in its place to change it, take a set away to remove it.
      </p>
      <textarea
        className="text-field keys__file"
        aria-label="Key file"
        spellCheck={false}
        value={text ?? ""}
        onChange={({ target }) => setText(target.value)}
      />
      {fault !== null && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <div className="modal__actions">
        <Button className="button" onPress={closeDialog}>
          Cancel
        </Button>
        <Button className="button button--main" onPress={() => void save()}>
          Save
        </Button>
      </div>
    </DialogFrame>
  );
}
