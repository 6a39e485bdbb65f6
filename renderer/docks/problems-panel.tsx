import { ChevronDown, ChevronRight, CircleAlert, CircleX, Info } from "lucide-react";
import { useState } from "react";
import type { DocumentState, ProblemGroup, Severity } from "../../analyzer/protocol/index.js";
import { applyFilterFromMenu } from "../filter/filter-actions.js";
import { goToFrame } from "../list/list-navigation.js";
import { explainTopic, tellFault } from "../state/window.js";
import { useAnswer, versionOf } from "./use-answer.js";

const icons = { error: CircleX, warning: CircleAlert, note: Info, info: Info } as const;
const severities: readonly Severity[] = ["error", "warning", "note", "info"];

/** Everything that is wrong with a document, by kind. */
export function ProblemsPanel({ document }: { readonly document: DocumentState }) {
  const { answer, fault } = useAnswer("problems", { document: document.id }, versionOf(document));
  const [open, setOpen] = useState<string | null>(null);
  const [least, setLeast] = useState<Severity>("note");
  if (fault !== null) return <p className="dock__empty">{fault}</p>;
  if (answer === undefined) return <p className="dock__empty">Counting…</p>;
  const shown = answer.filter(
    ({ severity }) => severities.indexOf(severity) <= severities.indexOf(least),
  );
  return (
    <div className="problems">
      <div className="dock__tools">
        <label>
          Show{" "}
          <select
            className="select"
            value={least}
            onChange={({ target }) => setLeast(target.value as Severity)}
          >
            <option value="error">errors</option>
            <option value="warning">errors and warnings</option>
            <option value="note">notes, too</option>
            <option value="info">everything</option>
          </select>
        </label>
        <span className="dock__quiet">F2 goes to the next error or warning</span>
      </div>
      {shown.length === 0 && (
        <p className="dock__empty">
          Nothing is wrong as far as Obiscope can see. Errors, warnings and notes of all frames
          would stand here.
        </p>
      )}
      <ul className="problems__list">
        {shown.map((group) => (
          <Group
            key={group.code}
            group={group}
            isOpen={open === group.code}
            onToggle={() => setOpen(open === group.code ? null : group.code)}
            document={document}
          />
        ))}
      </ul>
    </div>
  );
}

function Group({
  group,
  isOpen,
  onToggle,
  document,
}: {
  readonly group: ProblemGroup;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly document: DocumentState;
}) {
  const { code, severity, message, clause, check, frames, first } = group;
  const Icon = icons[severity];
  // Pressed again, it shows everything again.
  const filter = `diag.code == "${code}"`;
  const isShown = document.filter.shown === filter;
  return (
    <li className="problems__group" data-severity={severity}>
      <div className="problems__line">
        <button type="button" className="problems__head" aria-expanded={isOpen} onClick={onToggle}>
          <span className="problems__arrow" aria-hidden="true">
            {isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
          </span>
          <Icon size={13} aria-hidden="true" />
          <span className="problems__severity">{severity}</span>
          <span className="problems__count">{frames}</span>
          <span className="problems__message">{message}</span>
          <code className="dock__quiet">{code}</code>
        </button>
        <button
          type="button"
          className="link-button"
          onClick={() => {
            const [frame] = first;
            if (frame !== undefined) goToFrame(document.id, frame).catch(tellFault);
          }}
        >
          first: {first[0]}
        </button>
        <button
          type="button"
          className="link-button"
          aria-pressed={isShown}
          onClick={() => applyFilterFromMenu(document.id, isShown ? "" : filter)}
        >
          {isShown ? "show all frames" : "show only these"}
        </button>
        <button type="button" className="link-button" onClick={() => explainTopic(code)}>
          explain
        </button>
      </div>
      {isOpen && (
        <div className="problems__more">
          {check !== null && <p>{check}</p>}
          {clause !== null && <p className="dock__quiet">{clause}</p>}
          <p>
            Frames:{" "}
            {first.map((frame) => (
              <button
                key={frame}
                type="button"
                className="link-button"
                onClick={() => goToFrame(document.id, frame).catch(tellFault)}
              >
                {frame}
              </button>
            ))}
            {frames > first.length && ` and ${frames - first.length} more`}
          </p>
        </div>
      )}
    </li>
  );
}
