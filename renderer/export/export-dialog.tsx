import "./export-dialog.css";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import {
  type DocumentState,
  type ExportFormat,
  ProtocolError,
  type Request,
} from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { findShell } from "../shell.js";
import { ask } from "../state/analyzer.js";
import { useSelection } from "../state/selection.js";
import { closeDialog, tell } from "../state/window.js";

const formats: readonly (readonly [format: ExportFormat, label: string, meaning: string])[] = [
  ["html", "HTML", "One page, no network needed: tree and bytes linked"],
  ["text", "Annotated text", "A line for each frame, and under it what is wrong with it"],
  ["json", "JSON", "An array with an object for each frame"],
  ["ndjson", "JSON lines", "One object a line, for programs"],
  ["csv", "CSV", "A row for each frame, for spreadsheets"],
  ["xml", "XML", "An element for each frame, with what its JSON holds"],
];
const withTree: ReadonlySet<ExportFormat> = new Set(["text", "json", "ndjson", "xml"]);

type Scope = "shown" | "marked" | "selected";

/** Writes frames to a file: which of them, and as what. */
export function ExportDialog({ document }: { readonly document: DocumentState }) {
  const selected = useSelection(document.id).frames;
  const [format, setFormat] = useState<ExportFormat>("html");
  const [chosenScope, setScope] = useState<Scope>(selected.length > 1 ? "selected" : "shown");
  const [tree, setTree] = useState(true);
  const { progress, fault, start, cancel } = useExport();
  const isFiltered = document.filter.shown !== "";
  const scopes: readonly (readonly [scope: Scope, label: string, count: number])[] = [
    ["shown", isFiltered ? "Frames that the filter shows" : "All frames", document.shown],
    ["marked", isFiltered ? "Marked frames among them" : "Marked frames", document.marked],
    ["selected", "Selected frames", selected.length],
  ];
  const run = () => {
    const frames = chosenScope === "selected" ? [...selected] : chosenScope;
    void start({ document: document.id, format, tree, frames });
  };
  const isRunning = progress !== null;
  return (
    <DialogFrame title={`Export from ${document.name}`}>
      <fieldset className="export__group" disabled={isRunning}>
        <legend>Frames</legend>
        {scopes.map(([scope, label, count]) => (
          <label key={scope} className="export__choice">
            <input
              type="radio"
              name="scope"
              checked={chosenScope === scope}
              disabled={count === 0}
              onChange={() => setScope(scope)}
            />
            <span>{label}</span>
            {/* Of a filter's frames the marked ones are counted by the analyzer alone. */}
            {(scope !== "marked" || !isFiltered) && (
              <span className="export__count">{count.toLocaleString()}</span>
            )}
          </label>
        ))}
      </fieldset>
      <fieldset className="export__group" disabled={isRunning}>
        <legend>Format</legend>
        {formats.map(([one, label, meaning]) => (
          <label key={one} className="export__choice">
            <input
              type="radio"
              name="format"
              checked={format === one}
              onChange={() => setFormat(one)}
            />
            <span className="export__format">{label}</span>
            <span className="export__meaning">{meaning}</span>
          </label>
        ))}
        <label className="export__choice export__tree">
          <input
            type="checkbox"
            checked={withTree.has(format) ? tree : format === "html"}
            disabled={!withTree.has(format)}
            onChange={({ target }) => setTree(target.checked)}
          />
          <span>With every field of every frame</span>
        </label>
      </fieldset>
      <div className="export__outcome" role="status">
        {fault}
        {progress !== null && (
          <>
            {`Writing frame ${progress.done.toLocaleString()} of ${progress.total.toLocaleString()}`}
            <progress aria-label="Writing frames" max={progress.total} value={progress.done} />
          </>
        )}
      </div>
      <div className="modal__actions">
        <Button className="button" onPress={isRunning ? cancel : closeDialog}>
          Cancel
        </Button>
        <Button
          className="button button--main"
          isDisabled={isRunning || scopes.find(([scope]) => scope === chosenScope)?.[2] === 0}
          onPress={run}
        >
          Export
        </Button>
      </div>
    </DialogFrame>
  );
}

interface ExportProgress {
  readonly done: number;
  readonly total: number;
}

/** An export on its way; one that is cancelled, or whose dialog is closed, leaves no file. */
function useExport() {
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [fault, setFault] = useState("");
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async (request: Request<"export">): Promise<void> => {
    const running = new AbortController();
    abort.current = running;
    setFault("");
    setProgress({ done: 0, total: 1 });
    try {
      const { download, name, frames } = await ask("export", request, {
        signal: running.signal,
        onProgress: (done, total) => setProgress({ done, total }),
      });
      abort.current = null;
      if (await findShell().save(download, name)) {
        tell(`Exported ${frames === 1 ? "one frame" : `${frames} frames`}: ${name}`);
      }
      closeDialog();
    } catch (error) {
      const isCancelled = error instanceof ProtocolError && error.code === "cancelled";
      if (!isCancelled) setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setProgress(null);
    }
  };
  return { progress, fault, start, cancel: () => abort.current?.abort() };
}
