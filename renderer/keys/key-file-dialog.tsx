import "./key-file-dialog.css";
import { CircleAlert, CircleCheck, CircleX } from "lucide-react";
import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { DialogFrame } from "../app/modal.js";
import { CodeEditor } from "../editor/code-editor.js";
import type { Monaco } from "../editor/load-monaco.js";
import { activeDocument, ask, useAnalyzer } from "../state/analyzer.js";
import { closeDialog, tell, tellFault } from "../state/window.js";
import { replacedWords } from "./key-effect-words.js";
import type { KnownTitle } from "./key-file-completion.js";
import { type FaultInEditor, followKeyFile, goToFault } from "./key-file-language.js";

interface Opened {
  readonly code: editor.IStandaloneCodeEditor;
  readonly monaco: Monaco;
}

/**
 * All keys as a key file: those that are there stand in it as words. What is typed is in the editor's
 * model alone, and goes with it.
 */
export function KeyFileDialog() {
  const [template, setTemplate] = useState<string | null>(null);
  const [faults, setFaults] = useState<readonly FaultInEditor[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isChanged, setChanged] = useState(false);
  const opened = useRef<Opened | null>(null);
  const titles = useKnownTitles();
  useEffect(() => {
    ask("key-template", {}).then(({ text }) => setTemplate(text), tellFault);
  }, []);

  const save = async () => {
    const model = opened.current?.code.getModel();
    if (!opened.current || !model) return;
    setRefusal(null);
    try {
      const { sets, effect } = await ask("replace-keys", { text: model.getValue() });
      closeDialog();
      tell(replacedWords(sets, effect));
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      goToFault(opened.current.code, opened.current.monaco);
    }
  };
  const follow = (code: editor.IStandaloneCodeEditor, monaco: Monaco) => {
    opened.current = { code, monaco };
    const end = followKeyFile(
      code,
      monaco,
      () => ({ sets: useAnalyzer.getState().keys.sets, titles: titles.current }),
      setFaults,
    );
    const changes = code.onDidChangeModelContent(() => {
      setChanged(true);
      setRefusal(null);
    });
    const action = code.addAction({
      id: "keys.save",
      label: "Save the Keys",
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS],
      run: save,
    });
    return () => {
      end();
      changes.dispose();
      action.dispose();
      opened.current = null;
    };
  };

  return (
    <DialogFrame title="Key file" isWide isKept={isChanged}>
      <p className="key-file__meaning">
        A key that is there stands as a word, “kept 1/authenticationKey”: leave it to keep the key,
        put hex in its place to change it, take a set away to remove it.
      </p>
      <div className="key-file__text">
        {template !== null && (
          <CodeEditor
            value={template}
            language="json"
            label="Key file"
            autoFocus
            onReady={follow}
          />
        )}
      </div>
      <div className="key-file__foot">
        {refusal === null ? (
          <Faults
            faults={faults}
            onGo={() => {
              if (opened.current !== null) goToFault(opened.current.code, opened.current.monaco);
            }}
          />
        ) : (
          <p className="fault key-file__faults" role="alert">
            {refusal}
          </p>
        )}
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

/** The worst fault in words; pressed, it leads there. */
function Faults({
  faults,
  onGo,
}: {
  readonly faults: readonly FaultInEditor[];
  readonly onGo: () => void;
}) {
  const worst = faults.find(({ severity }) => severity === "error") ?? faults[0];
  if (worst === undefined) {
    return (
      <p className="key-file__faults key-file__faults--none" role="status">
        <CircleCheck size={13} aria-hidden="true" /> No fault. Ctrl+Space shows what can stand here.
      </p>
    );
  }
  const Icon = worst.severity === "error" ? CircleX : CircleAlert;
  const others = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  return (
    <button
      type="button"
      className="key-file__faults"
      data-severity={worst.severity}
      onClick={onGo}
    >
      <Icon size={13} aria-hidden="true" /> Line {worst.line}: {worst.message}
      {others}
    </button>
  );
}

/** Titles of meters in the capture that is looked at. */
function useKnownTitles(): { readonly current: readonly KnownTitle[] } {
  const titles = useRef<readonly KnownTitle[]>([]);
  useEffect(() => {
    const document = activeDocument();
    if (document === undefined) return;
    ask("conversations", { document: document.id }).then((conversations) => {
      const meters = conversations.flatMap(({ meter }) => (meter === null ? [] : [meter]));
      titles.current = [...new Set(meters)]
        .filter((meter) => /^[0-9a-f]{16}$/.test(meter))
        .map((title) => ({ title, from: `in ${document.name}` }));
    }, tellFault);
  }, []);
  return titles;
}
