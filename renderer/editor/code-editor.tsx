import "./code-editor.css";
import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { themeName } from "./editor-theme.js";
import { keptModel, uriOfKept } from "./kept-text.js";
import { bytesFont, loadMonaco, type Monaco } from "./load-monaco.js";

export type EditorLanguage = "plaintext" | "json" | "xml";

export interface CodeEditorProps {
  /** Another value than the text that is there replaces it; undoable. */
  readonly value: string;
  readonly language?: EditorLanguage;
  readonly readOnly?: boolean;
  /** What a screen reader calls it. */
  readonly label: string;
  /** Shown while it is empty. */
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /**
   * The name of a text that stays when the editor goes, with its undo, until `forgetText`: `value` is
   * then only what it begins with.
   */
  readonly kept?: string;
  readonly wordWrap?: boolean;
  /**
   * Is given the whole text after every change by the user. Those who take long texts listen to the
   * model instead, by `onReady`, and read it when they have time.
   */
  readonly onChange?: (value: string) => void;
  /** For what only one caller needs. What it returns is called when the editor goes. */
  readonly onReady?: (
    editor: editor.IStandaloneCodeEditor,
    monaco: Monaco,
  ) => (() => void) | undefined;
}

type State = { readonly is: "loading" | "ready" } | { readonly is: "failed"; readonly why: string };

/**
 * A text in Monaco. Tab leaves it, as it leaves any other field. Until Monaco is there it says so, and
 * where Monaco cannot be loaded, why.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, language = "plaintext", readOnly = false, label, placeholder = "" } = props;
  const { wordWrap = false, kept } = props;
  const box = useRef<HTMLDivElement>(null);
  const code = useRef<editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(props);
  /** What the caller was given and has not handed back yet: older than the text, no news. */
  const told = useRef<string[]>([]);
  const [state, setState] = useState<State>({ is: "loading" });
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let end = () => {};
    let isOver = false;
    loadMonaco().then(
      (monaco) => {
        const element = box.current;
        if (isOver || element === null) return;
        end = createEditor(monaco, element, latest, code, (text) => {
          told.current = [...told.current.slice(-mostTold), text];
          latest.current.onChange?.(text);
        });
        setState({ is: "ready" });
      },
      (error: unknown) => {
        if (isOver) return;
        setState({ is: "failed", why: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      isOver = true;
      end();
    };
  }, []);

  const isReady = state.is === "ready";
  useEffect(() => {
    const model = code.current?.getModel();
    if (!isReady || !model || kept !== undefined) return;
    const echo = told.current.lastIndexOf(value);
    told.current.splice(0, echo + 1);
    if (echo >= 0 || model.getValue() === value) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
  }, [isReady, value, kept]);
  useEffect(() => {
    const model = code.current?.getModel();
    if (!isReady || !model || model.getLanguageId() === language) return;
    void loadMonaco().then((monaco) => {
      if (!model.isDisposed()) monaco.editor.setModelLanguage(model, language);
    });
  }, [isReady, language]);
  useEffect(() => {
    if (isReady) code.current?.updateOptions(optionsOf({ readOnly, label, placeholder, wordWrap }));
  }, [isReady, readOnly, label, placeholder, wordWrap]);

  return (
    <div className="code-editor" data-state={state.is}>
      <div ref={box} className="code-editor__box" />
      {state.is === "loading" && (
        <p className="code-editor__notice" role="status">
          Loading the editor…
        </p>
      )}
      {state.is === "failed" && (
        <div className="code-editor__notice" role="alert">
          <p>The editor cannot be loaded: {state.why}</p>
          {/* A module that could not be loaded is not asked for again in the same page. */}
          <button type="button" className="button" onClick={() => window.location.reload()}>
            Reload the window
          </button>
        </div>
      )}
    </div>
  );
}

const mostTold = 50;

type Changing = Required<Pick<CodeEditorProps, "readOnly" | "label" | "placeholder" | "wordWrap">>;

function optionsOf({ readOnly, label, placeholder, wordWrap }: Changing) {
  return {
    readOnly,
    ariaLabel: label,
    placeholder,
    wordWrap: wordWrap ? "on" : "off",
  } as const;
}

/** Makes the editor; returns what ends it. */
function createEditor(
  monaco: Monaco,
  element: HTMLElement,
  latest: { readonly current: CodeEditorProps },
  code: { current: editor.IStandaloneCodeEditor | null },
  tell: (value: string) => void,
): () => void {
  const { value, language = "plaintext", autoFocus = false, onReady, ...others } = latest.current;
  const { kept } = others;
  const { readOnly = false, label, placeholder = "", wordWrap = false } = others;
  const model =
    kept === undefined
      ? monaco.editor.createModel(value, language)
      : (keptModel(monaco, kept) ??
        monaco.editor.createModel(value, language, uriOfKept(monaco, kept)));
  const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
  const made = monaco.editor.create(element, {
    ...calm,
    ...motionOf(stillness.matches),
    ...optionsOf({ readOnly, label, placeholder, wordWrap }),
    model,
    theme: themeName,
    fontFamily: bytesFont(),
  });
  const settle = () => made.updateOptions(motionOf(stillness.matches));
  stillness.addEventListener("change", settle);
  const listening = model.onDidChangeContent(() => {
    if (latest.current.onChange !== undefined) tell(model.getValue());
  });
  code.current = made;
  const leave = onReady?.(made, monaco);
  if (autoFocus) made.focus();
  return () => {
    leave?.();
    code.current = null;
    stillness.removeEventListener("change", settle);
    listening.dispose();
    made.dispose();
    if (kept === undefined) model.dispose();
  };
}

function motionOf(isStill: boolean) {
  return {
    cursorBlinking: isStill ? "solid" : "blink",
    smoothScrolling: false,
  } as const;
}

/** As quiet as the rest of the window. */
const calm = {
  automaticLayout: true,
  // The window's Tab, with none of it kept for indenting: an editor is no trap.
  tabFocusMode: true,
  fixedOverflowWidgets: true,
  fontSize: 12,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 6,
  folding: true,
  glyphMargin: false,
  renderLineHighlight: "line",
  renderLineHighlightOnlyWhenFocus: true,
  occurrencesHighlight: "off",
  selectionHighlight: false,
  overviewRulerBorder: false,
  scrollBeyondLastLine: false,
  guides: { indentation: false },
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
  unusualLineTerminators: "off",
  padding: { top: 4, bottom: 4 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  hover: { delay: 250 },
  wordBasedSuggestions: "off",
  wrappingIndent: "none",
} as const;
