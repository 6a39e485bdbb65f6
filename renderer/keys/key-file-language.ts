/** Completion, hovers and underlined faults for one key file in Monaco. The text stays in its model. */
import type { editor, IDisposable } from "monaco-editor/editor";
import type { Monaco } from "../editor/load-monaco.js";
import {
  completeKeyFile,
  type KeyFileCompletion,
  type KeyFileSurroundings,
} from "./key-file-completion.js";
import { findKeyFileFaults } from "./key-file-faults.js";
import { hoverInKeyFile } from "./key-file-hover.js";
import type { Span } from "./placed-json.js";

/** Lines from 1; messages quote nothing of the text. */
export interface FaultInEditor {
  readonly severity: "error" | "warning";
  readonly line: number;
  readonly message: string;
}

const owner = "key-file";
/** Long enough not to call a name wrong while it is being typed. In milliseconds. */
const pause = 200;

/**
 * Teaches an editor of JSON what a key file is. `onFaults` is told what is wrong after every change.
 * Returns what ends it.
 */
export function followKeyFile(
  code: editor.IStandaloneCodeEditor,
  monaco: Monaco,
  surroundings: () => KeyFileSurroundings,
  onFaults: (faults: readonly FaultInEditor[]) => void,
): () => void {
  const model = code.getModel();
  if (model === null) return () => {};
  const rangeOf = ({ start, end }: Span) => {
    const from = model.getPositionAt(start);
    const to = model.getPositionAt(end);
    return new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column);
  };

  const check = () => {
    const faults = findKeyFileFaults(model.getValue(), surroundings().sets);
    const markers = faults.map(({ start, end, severity, message }) => ({
      ...placeOf(rangeOf({ start, end })),
      severity: severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      message,
    }));
    monaco.editor.setModelMarkers(model, owner, markers);
    onFaults(
      markers.map(({ startLineNumber, message }, place) => ({
        severity: faults[place]?.severity ?? "error",
        line: startLineNumber,
        message,
      })),
    );
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const parts: readonly IDisposable[] = [
    model.onDidChangeContent(() => {
      clearTimeout(timer);
      timer = setTimeout(check, pause);
    }),
    monaco.languages.registerCompletionItemProvider("json", {
      triggerCharacters: ['"', ":", " ", "{"],
      provideCompletionItems: (asked, position) => {
        if (asked !== model) return null;
        const offset = model.getOffsetAt(position);
        const { at, items } = completeKeyFile(model.getValue(), offset, surroundings());
        const range = rangeOf(at);
        return {
          suggestions: items.map((item, place) => suggestionOf(monaco, item, range, place)),
        };
      },
    }),
    monaco.languages.registerHoverProvider("json", {
      provideHover: (asked, position) => {
        if (asked !== model) return null;
        const { sets } = surroundings();
        const hover = hoverInKeyFile(model.getValue(), model.getOffsetAt(position), sets);
        if (hover === undefined) return null;
        const contents = [`**${hover.title}**`, ...hover.lines].map((value) => ({ value }));
        return { range: rangeOf(hover.at), contents };
      },
    }),
  ];
  check();
  return () => {
    clearTimeout(timer);
    for (const part of parts) part.dispose();
    monaco.editor.setModelMarkers(model, owner, []);
  };
}

/** Puts the caret to where the first fault is. */
export function goToFault(code: editor.IStandaloneCodeEditor, monaco: Monaco): void {
  const resource = code.getModel()?.uri;
  if (resource === undefined) return;
  const [first] = monaco.editor
    .getModelMarkers({ owner, resource })
    .toSorted(
      (a, b) =>
        b.severity - a.severity ||
        a.startLineNumber - b.startLineNumber ||
        a.startColumn - b.startColumn,
    );
  if (first === undefined) return;
  const range = monaco.Range.lift(placeOf(first));
  code.setSelection(range);
  code.revealRangeInCenterIfOutsideViewport(range);
  code.focus();
}

function suggestionOf(
  monaco: Monaco,
  { snippet, label, words, kind, detail, meaning, goesOn }: KeyFileCompletion,
  range: InstanceType<Monaco["Range"]>,
  place: number,
) {
  const kinds = monaco.languages.CompletionItemKind;
  return {
    label,
    kind: { name: kinds.Property, value: kinds.Value, set: kinds.Snippet }[kind],
    insertText: snippet,
    // A snippet within a snippet would take its tabs.
    ...(snippet.includes("$")
      ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet }
      : {}),
    filterText: words,
    detail,
    documentation: meaning,
    // In the order of the table.
    sortText: String(place).padStart(3, "0"),
    range,
    ...(goesOn ? { command: { id: "editor.action.triggerSuggest", title: "" } } : {}),
  };
}

function placeOf({ startLineNumber, startColumn, endLineNumber, endColumn }: PlaceInModel) {
  return { startLineNumber, startColumn, endLineNumber, endColumn };
}

type PlaceInModel = Readonly<
  Record<"startLineNumber" | "startColumn" | "endLineNumber" | "endColumn", number>
>;
