import { Bookmark, CircleAlert, CircleX, Lock, Unplug } from "lucide-react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { LineMonitor } from "../capture/line-monitor.js";
import { useAnalyzer } from "../state/analyzer.js";
import { useSelection } from "../state/selection.js";
import { openDialog, openDock } from "../state/window.js";

const count = (number: number) => number.toLocaleString("en");
/** What the document comes to, and what is on its way. */
export function StatusBar({ document }: { readonly document: DocumentState | undefined }) {
  const connection = useAnalyzer((state) => state.connection);
  const { frames } = useSelection(document?.id);
  return (
    <footer className="status-bar">
      {connection !== "open" && (
        <span className="status-bar__lost" role="alert">
          <Unplug size={13} aria-hidden="true" />
          {connection === "lost" ? "The analyzer does not answer; trying again…" : "Connecting…"}
        </span>
      )}
      <LineMonitor />
      {document !== undefined && (
        <>
          <button
            type="button"
            className="status-bar__item"
            onClick={() => openDock("problems")}
            title="Frames by the worst that is wrong with each; all of it is in the panel"
          >
            <Worst severities={document.severities} />
          </button>
          {document.ciphered.noKey + document.ciphered.failed > 0 && (
            <button type="button" className="status-bar__item" onClick={() => openDialog("keys")}>
              <Lock size={13} aria-hidden="true" />
              {count(document.ciphered.noKey + document.ciphered.failed)} not deciphered
            </button>
          )}
          <span className="status-bar__item" data-testid="counts">
            {document.filter.shown === ""
              ? `${count(document.frames)} ${document.frames === 1 ? "frame" : "frames"}`
              : `${count(document.shown)} of ${count(document.frames)} frames`}
          </span>
          {frames.length > 1 && (
            <span className="status-bar__item">{count(frames.length)} selected</span>
          )}
          {document.marked > 0 && (
            <span className="status-bar__item">
              <Bookmark size={12} aria-hidden="true" />
              {count(document.marked)} marked
            </span>
          )}
          {document.notes.fault !== null && (
            <span className="status-bar__fault">{document.notes.fault}</span>
          )}
          {document.fault !== null && <span className="status-bar__fault">{document.fault}</span>}
          <span className="status-bar__gap" />
          <ProgressOf document={document} />
        </>
      )}
    </footer>
  );
}

/** Frames are counted, not findings: the panel tells those. */
function Worst({ severities }: { readonly severities: DocumentState["severities"] }) {
  const { error, warning } = severities;
  if (error + warning === 0) return "No errors or warnings";
  return (
    <>
      {error > 0 && (
        <>
          <CircleX size={13} data-severity="error" aria-hidden="true" />
          {framesOf(error)} with errors
        </>
      )}
      {warning > 0 && (
        <>
          <CircleAlert size={13} data-severity="warning" aria-hidden="true" />
          {error > 0 ? count(warning) : framesOf(warning)} with warnings
        </>
      )}
    </>
  );
}

const framesOf = (number: number) => (number === 1 ? "1 frame" : `${count(number)} frames`);

const words = { loading: "Reading", filtering: "Filtering", deciphering: "Deciphering" } as const;

function ProgressOf({ document: { progress } }: { readonly document: DocumentState }) {
  if (progress === null) return null;
  const { what, done, total } = progress;
  const label = `${words[what]}${total === null ? "" : ` ${Math.floor((100 * done) / Math.max(1, total))} %`}`;
  return (
    <span className="status-bar__item">
      {label}
      <progress
        aria-label={words[what]}
        max={total ?? undefined}
        value={total === null ? undefined : done}
      />
    </span>
  );
}
