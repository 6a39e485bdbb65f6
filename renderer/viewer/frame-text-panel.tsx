import "./frame-text-panel.css";
import { Copy, Search } from "lucide-react";
import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { useAnswer } from "../docks/use-answer.js";
import { CodeEditor } from "../editor/code-editor.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { copyText } from "../state/clipboard.js";
import { useSelection } from "../state/selection.js";
import { changeLayout, layoutOf } from "../state/settings.js";
import { tellFault } from "../state/window.js";
import { lineOfApdu, type TextFormat, textFormats } from "./frame-text.js";

/** The frame that is looked at as JSON or XML: what programs get of it, and its APDU first. */
export function FrameTextPanel({ document }: { readonly document: DocumentState }) {
  const { frame } = useSelection(document.id);
  if (frame === null) {
    return <p className="dock__empty">Select a frame to see it as JSON or XML.</p>;
  }
  return <FrameText document={document} number={frame} />;
}

function FrameText({
  document,
  number,
}: {
  readonly document: DocumentState;
  readonly number: number;
}) {
  const settings = useAnalyzer((state) => state.settings);
  const format: TextFormat =
    layoutOf<string>(settings, "frame-text", "json") === "xml" ? "xml" : "json";
  const tree = layoutOf(settings, "frame-text-tree", false);
  const wanted = { document: document.id, number, format, tree };
  const { answer, fault } = useAnswer("frame-text", wanted, document.generation);
  const [code, setCode] = useState<editor.IStandaloneCodeEditor | null>(null);
  const text = answer?.text ?? "";
  useText(code, text);
  // What is chosen now: the text that is shown may still be the one before.
  const copy = async () => copyText((await ask("frame-text", wanted)).text);
  return (
    <div className="frame-text">
      <div className="dock__tools">
        <fieldset className="frame-text__formats">
          <legend className="visually-hidden">Format</legend>
          {textFormats.map(({ name, label }) => (
            <label key={name}>
              <input
                type="radio"
                name="frame-text-format"
                checked={name === format}
                onChange={() => changeLayout("frame-text", name)}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <label>
          <input
            type="checkbox"
            checked={tree}
            onChange={({ target }) => changeLayout("frame-text-tree", target.checked)}
          />
          with all fields
        </label>
        <span className="dock__gap" />
        <Button className="button" onPress={() => void copy().catch(tellFault)}>
          <Copy size={12} aria-hidden="true" /> Copy
        </Button>
        <Button
          className="button"
          isDisabled={code === null}
          onPress={() => {
            code?.focus();
            void code?.getAction("actions.find")?.run();
          }}
        >
          <Search size={12} aria-hidden="true" /> Find
        </Button>
      </div>
      {fault === null ? (
        <div className="frame-text__text">
          <CodeEditor
            value=""
            language={format}
            readOnly
            label={`Frame ${number} as ${format === "json" ? "JSON" : "XML"}`}
            onReady={(ready) => {
              setCode(ready);
              return () => setCode(null);
            }}
          />
        </div>
      ) : (
        <p className="dock__empty">{fault}</p>
      )}
    </div>
  );
}

/** Puts a text into the editor. Not as an edit: the texts of all frames before would be kept for undo. */
function useText(code: editor.IStandaloneCodeEditor | null, text: string): void {
  const shown = useRef("");
  useEffect(() => {
    const model = code?.getModel();
    if (!code || !model) {
      shown.current = "";
      return;
    }
    if (shown.current === text) return;
    shown.current = text;
    model.setValue(text);
    const line = lineOfApdu(text);
    if (line !== undefined) code.setScrollTop(code.getTopForLineNumber(line));
  }, [code, text]);
}
